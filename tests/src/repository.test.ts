import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { missingOptionalDependencies } from "./lockfile.ts";
import { filesUnder, published, readJson, root, unpublished } from "./workspace.ts";

type Json = Record<string, unknown>;
const rootManifest = readJson<Json>("package.json");
const manifests = new Map(
  published.map((name) => [name as string, readJson<Json>("packages", name, "package.json")]),
);
const object = (value: unknown): Json => (value ?? {}) as Json;

describe.each(published)("the package.json of %s", (name) => {
  const directory = join(root, "packages", name);
  const manifest = object(manifests.get(name));

  it("says what it is and where it comes from", () => {
    expect(manifest["name"]).toBe(`@mhgan/${name}`);
    expect(manifest["description"]).toMatch(/^\S.{20,}\.$/);
    expect(manifest["keywords"]).not.toEqual([]);
    expect(object(manifest["repository"])["directory"]).toBe(`packages/${name}`);
    expect(manifest["homepage"]).toContain(`/packages/${name}#readme`);
    expect(existsSync(join(directory, "README.md"))).toBe(true);
    expect(manifest["private"]).toBeUndefined();
  });

  it("carries the licence", () => {
    expect(manifest["license"]).toBe("MIT");
    expect(readFileSync(join(directory, "LICENSE"), "utf8")).toBe(
      readFileSync(join(root, "LICENSE"), "utf8"),
    );
  });

  it("exports sources to us, types and modules to everybody", () => {
    expect(manifest["type"]).toBe("module");
    // Only the Mish layer must be kept by bundlers: to import the door that has it makes it known to the loader of models.
    if (manifest["name"] === "@mhgan/gan-core")
      expect(manifest["sideEffects"]).toContain("./dist/tfjs/index.js");
    else expect(manifest["sideEffects"]).toBe(false);
    expect(object(manifest["exports"])["./package.json"]).toBe("./package.json");
    for (const [subpath, conditions] of Object.entries(object(manifest["exports"]))) {
      if (subpath === "./package.json") continue;
      // The order is the order of precedence: "types" before "default", which also serves require().
      expect(Object.keys(object(conditions))).toEqual(["@mhgan/source", "types", "default"]);
      const source = String(object(conditions)["@mhgan/source"]);
      expect(existsSync(join(directory, source))).toBe(true);
      const built = source.replace("./src/", "./dist/");
      expect(object(conditions)["types"]).toBe(built.replace(/\.ts$/, ".d.ts"));
      expect(object(conditions)["default"]).toBe(built.replace(/\.ts$/, ".js"));
    }
  });

  it("ships what is built and its sources, without tests", () => {
    expect(manifest["files"]).toEqual(
      expect.arrayContaining(["dist", "src", "!src/**/*.test.ts", "!src/**/golden", "!src/**/testing"]),
    );
    expect(manifest["publishConfig"]).toEqual({ access: "public", provenance: true });
    expect(manifest["engines"]).toEqual(rootManifest["engines"]);
    for (const hook of ["preinstall", "install", "postinstall", "prepare", "prepack", "prepublishOnly"])
      expect(object(manifest["scripts"])).not.toHaveProperty(hook);
  });

  it("has every task that turbo runs", () => {
    expect(Object.keys(object(manifest["scripts"]))).toEqual(
      expect.arrayContaining(["build", "build:js", "typecheck", "lint", "test"]),
    );
  });

  it("asks for the versions of our packages that are here", () => {
    for (const field of ["dependencies", "peerDependencies", "optionalDependencies"])
      for (const [dependency, range] of Object.entries(object(manifest[field])))
        if (dependency.startsWith("@mhgan/")) {
          const { version } = object(manifests.get(dependency.slice("@mhgan/".length)));
          expect([dependency, range]).toEqual([dependency, `^${version}`]);
        }
  });
});

describe("the other workspaces", () => {
  it.each(unpublished)("%s is private and is checked", (name) => {
    const manifest = readJson<Json>(name, "package.json");
    expect(manifest["private"]).toBe(true);
    expect(Object.keys(object(manifest["scripts"]))).toEqual(expect.arrayContaining(["typecheck", "lint"]));
  });
});

describe("the root package.json", () => {
  it("lists the workspaces that these tests know", () => {
    expect(rootManifest["workspaces"]).toEqual([
      "packages/*",
      "benchmarks",
      "examples",
      "examples/*",
      "tests",
    ]);
    expect(rootManifest["private"]).toBe(true);
  });

  it("starts only tasks that turbo knows", () => {
    const turbo = readJson<{ tasks: Json }>("turbo.json");
    const tasks = Object.keys(turbo.tasks).map((task) => task.replace(/^.*#/, ""));
    for (const script of Object.values(object(rootManifest["scripts"])).map(String)) {
      const run = /turbo run ([\w: -]+?)(?: --|$| &&)/.exec(script)?.[1];
      for (const task of run?.split(" ") ?? []) expect(tasks).toContain(task);
    }
  });
});

describe("the lockfile", () => {
  const lockfile = readJson<{ packages: Record<string, Json> }>("package-lock.json");
  const entries = Object.entries(lockfile.packages);

  it("names no server, so that any registry serves", () => {
    const named = entries.filter(([, entry]) => /^[a-z+]+:/.test(String(entry["resolved"] ?? "")));
    expect(named.map(([path]) => path)).toEqual([]);
  });

  it("pins every package that is not ours by its content", () => {
    const unpinned = entries.filter(
      ([path, entry]) => path.startsWith("node_modules/") && !entry["link"] && !entry["integrity"],
    );
    expect(unpinned.map(([path]) => path)).toEqual([]);
  });

  it("runs install scripts of nobody", () => {
    const allowed = object(rootManifest["allowScripts"]);
    const withScripts = entries
      .filter(([, entry]) => entry["hasInstallScript"])
      .map(([path]) => path.replace(/^.*node_modules\//, ""));
    expect([...new Set(withScripts)].filter((name) => allowed[name] !== false)).toEqual([]);
  });

  it("is complete on every platform", () => {
    expect(missingOptionalDependencies(lockfile.packages)).toEqual([]);
  });

  it("would be caught if it were not", () => {
    const packages = {
      "": {},
      "node_modules/tool": { optionalDependencies: { "tool-linux": "1", "tool-darwin": "1" } },
      "node_modules/tool-linux": {},
      "node_modules/a": { optionalDependencies: { b: "1" } },
      "node_modules/a/node_modules/b": {},
    };
    expect(missingOptionalDependencies(packages)).toEqual(["node_modules/tool needs tool-darwin 1"]);
  });
});

describe("changesets", () => {
  it("are configured for the packages that exist", () => {
    const config = readJson<{ linked: string[][]; fixed: string[][]; ignore: string[]; access: string }>(
      ".changeset/config.json",
    );
    const names = [...config.linked.flat(), ...config.fixed.flat(), ...config.ignore];
    expect(names.filter((name) => !manifests.has(name.replace("@mhgan/", "")))).toEqual([]);
    expect(config.access).toBe("public");
  });

  it("use only settings that their tool knows", () => {
    const schema = readJson<{ properties: Json }>("node_modules/@changesets/config/schema.json");
    const settings = Object.keys(readJson<Json>(".changeset/config.json"));
    const known = ["$schema", ...Object.keys(schema.properties)];
    expect(settings.filter((setting) => !known.includes(setting))).toEqual([]);
  });

  it.each(filesUnder(join(root, ".changeset"), ".md").filter((file) => file !== "README.md"))(
    "%s names published packages and a kind of change",
    (file) => {
      const text = readFileSync(join(root, ".changeset", file), "utf8");
      const [, front = "", summary = ""] = /^---\n(.*?)\n?---\n(.*)$/s.exec(text) ?? [];
      const bumps = Object.entries(object(parse(front)));
      expect(bumps.filter(([name]) => !manifests.has(name.replace("@mhgan/", "")))).toEqual([]);
      expect(bumps.filter(([, kind]) => !["patch", "minor", "major"].includes(String(kind)))).toEqual([]);
      expect(summary.trim()).not.toBe("");
    },
  );
});

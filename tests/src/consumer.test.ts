import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, normalize } from "node:path";
import { build } from "esbuild";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isTestFile } from "./import-rules.ts";
import { entriesOf, installedManifest, installTarballs, packAll, run, type Tarball } from "./tarballs.ts";
import { published, readJson, root } from "./workspace.ts";

/** These tests use the packages as a stranger does: the tarballs that npm would publish, in a folder of their own. */
const names = published.map((name) => `@mhgan/${name}`);
const patience = 240_000;

let temporary: string;
let tarballs: Map<string, Tarball>;

beforeAll(async () => {
  const unbuilt = published.filter((name) => !existsSync(join(root, "packages", name, "dist/index.d.ts")));
  if (unbuilt.length > 0) throw new Error(`run "npm run build" first: ${unbuilt.join(", ")} has no dist`);
  temporary = mkdtempSync(join(tmpdir(), "mhgan-consumer-"));
  tarballs = await packAll(temporary);
}, patience);

afterAll(() => {
  if (temporary !== undefined) rmSync(temporary, { recursive: true, force: true });
});

function tarball(name: string): Tarball {
  const found = tarballs.get(name);
  if (found === undefined) throw new Error(`npm pack made no tarball of ${name}`);
  return found;
}

/** A package and the packages of ours that it needs. */
function withDependencies(name: string): Tarball[] {
  const { dependencies = {} } = readJson<{ dependencies?: object }>(
    name.replace("@mhgan", "packages"),
    "package.json",
  );
  return [name, ...Object.keys(dependencies).filter((dependency) => names.includes(dependency))].map(tarball);
}

/** Whether an installation of the package, and of nothing but our packages, is complete. */
function standsAlone(name: string): boolean {
  type Meta = Record<string, { optional?: boolean }>;
  const manifest = readJson<Record<string, object | undefined>>(
    name.replace("@mhgan", "packages"),
    "package.json",
  );
  const meta = (manifest["peerDependenciesMeta"] ?? {}) as Meta;
  const required = Object.keys(manifest["peerDependencies"] ?? {}).filter((peer) => !meta[peer]?.optional);
  return [...required, ...Object.keys(manifest["dependencies"] ?? {})].every((needed) =>
    names.includes(needed),
  );
}

describe("a tarball", () => {
  it.each(names)("of %s holds what is needed and nothing else", (name) => {
    const { files } = tarball(name);
    for (const needed of [
      "package.json",
      "LICENSE",
      "README.md",
      "dist/index.js",
      "dist/index.js.map",
      "dist/index.d.ts",
      "src/index.ts",
    ])
      expect(files).toContain(needed);
    const misplaced = files.filter(
      (path) => !/^(package\.json|LICENSE|(README|CHANGELOG)\.md|(dist|src)\/.+)$/.test(path),
    );
    // The command brings a GAN and a judge.
    const models = name === "@mhgan/cli" ? misplaced.filter((path) => path.startsWith("models/")) : [];
    expect(misplaced).toEqual(models);
    expect(files.filter((path) => isTestFile(path) || /__|\.snap$|scratch/.test(path))).toEqual([]);
  });

  it.each(names)("of %s has source maps whose sources are in it", async (name) => {
    const { files } = tarball(name);
    const scripts = files.filter((path) => path.startsWith("dist/") && path.endsWith(".js"));
    for (const script of scripts) {
      const folder = join(root, name.replace("@mhgan", "packages"));
      const text = readFileSync(join(folder, script), "utf8");
      // A file that only re-exports has no code to map.
      if (!text.includes("sourceMappingURL")) continue;
      const map = JSON.parse(readFileSync(join(folder, `${script}.map`), "utf8")) as { sources: string[] };
      const missing = map.sources.filter(
        (source) => !files.includes(normalize(join(dirname(script), source))),
      );
      expect(missing).toEqual([]);
    }
  });

  it.each(names)("of %s does not repeat the types of another package", (name) => {
    const declared = (of: string): string[] => {
      const path = join(root, of.replace("@mhgan", "packages"), "dist/index.d.ts");
      const file = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.ES2022);
      return file.statements.flatMap((statement) => {
        const isNamed =
          ts.isInterfaceDeclaration(statement) ||
          ts.isTypeAliasDeclaration(statement) ||
          ts.isClassDeclaration(statement) ||
          ts.isFunctionDeclaration(statement);
        return isNamed && statement.name ? statement.name.text : [];
      });
    };
    const { dependencies = {} } = readJson<{ dependencies?: object }>(
      name.replace("@mhgan", "packages"),
      "package.json",
    );
    const ours = Object.keys(dependencies).filter((dependency) => names.includes(dependency));
    const theirs = new Set(ours.flatMap(declared));
    expect(declared(name).filter((type) => theirs.has(type))).toEqual([]);
  });

  it.each(names)("of %s satisfies publint", async (name) => {
    const file = readFileSync(tarball(name).path);
    const bytes = file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength) as ArrayBuffer;
    const { messages, pkg } = await publint({ pack: { tarball: bytes }, strict: true });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  it.concurrent.each(names)(
    "of %s satisfies attw",
    async (name) => {
      const attw = join(root, "node_modules/.bin/attw");
      await run(temporary, attw, [tarball(name).path, "--profile", "esm-only", "--no-color"]);
    },
    patience,
  );
});

/** What TypeScript says about a program that uses everything the packages export, as far as it concerns the packages. */
function typeErrors(directory: string, entries: readonly string[], options: ts.CompilerOptions): string[] {
  const consumer = join(directory, "consumer.ts");
  const lines = entries.map(
    (entry, index) =>
      `import * as module${index} from ${JSON.stringify(entry)};\nexport const value${index}: number = Object.keys(module${index}).length;\n`,
  );
  writeFileSync(consumer, lines.join(""));
  const program = ts.createProgram([consumer], {
    strict: true,
    noEmit: true,
    skipLibCheck: false,
    target: ts.ScriptTarget.ES2022,
    verbatimModuleSyntax: true,
    typeRoots: [join(root, "node_modules/@types")],
    ...options,
  });
  const concerned = program
    .getSourceFiles()
    .filter(({ fileName }) => fileName === consumer || fileName.includes("/node_modules/@mhgan/"));
  expect(concerned.length).toBeGreaterThan(entries.length);
  expect(
    concerned.filter(({ fileName }) => !fileName.endsWith(".d.ts")).map(({ fileName }) => fileName),
  ).toEqual([consumer]);
  return concerned
    .flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)])
    .map(
      ({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
    );
}

const node = { types: ["node"], lib: ["lib.es2022.d.ts"] };
const browser = { types: [], lib: ["lib.es2022.d.ts", "lib.dom.d.ts"] };
const nodeNext = { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext };
const bundler = { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler };

/** Imports and requires each entry in a Node of its own, and returns what each exports. */
async function exportsInNode(
  directory: string,
  entries: readonly string[],
): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const entry of entries) {
    const show = "console.log(JSON.stringify(Object.keys(module).sort()))";
    const imported = await run(directory, process.execPath, [
      "--input-type=module",
      "--eval",
      `const module = await import(${JSON.stringify(entry)}); ${show}`,
    ]);
    const required = await run(directory, process.execPath, [
      "--no-warnings",
      "--input-type=commonjs",
      "--eval",
      `{ const module = require(${JSON.stringify(entry)}); ${show} }`,
    ]);
    const names = JSON.parse(imported.stdout) as string[];
    expect((JSON.parse(required.stdout) as string[]).filter((name) => name !== "__esModule")).toEqual(names);
    found[entry] = names;
  }
  return found;
}

describe("a stranger", () => {
  const alone = names.filter(standsAlone);

  it("can use all but the command line with our packages alone", () => {
    expect(alone).toEqual(names.filter((name) => name !== "@mhgan/cli"));
  });

  it.concurrent.each(alone)(
    "installs %s without a network and uses it",
    async (name) => {
      const directory = join(temporary, name.replace("@mhgan/", "alone-"));
      const installed = withDependencies(name);
      await installTarballs(directory, installed, { offline: true });
      const arrived = readdirSync(join(directory, "node_modules")).filter((entry) => !entry.startsWith("."));
      expect(arrived).toEqual(["@mhgan"]);
      expect(readdirSync(join(directory, "node_modules/@mhgan")).sort()).toEqual(
        installed.map((tarball) => tarball.name.replace("@mhgan/", "")).sort(),
      );

      const found = await exportsInNode(directory, [name]);
      expect(found[name]).not.toEqual([]);
      expect(typeErrors(directory, [name], { ...nodeNext, ...node })).toEqual([]);
      expect(typeErrors(directory, [name], { ...bundler, ...browser })).toEqual([]);

      const { outputFiles, warnings } = await build({
        stdin: { contents: `export * from ${JSON.stringify(name)};`, resolveDir: directory },
        bundle: true,
        format: "esm",
        platform: "browser",
        write: false,
        logLevel: "silent",
      });
      expect(warnings).toEqual([]);
      expect(outputFiles).toHaveLength(1);
    },
    patience,
  );

  it.concurrent(
    "installs the command line, which brings the rest, and uses all of it",
    async () => {
      const directory = join(temporary, "cli");
      await installTarballs(directory, names.map(tarball), { offline: false });
      const entries = names.flatMap((name) => entriesOf(installedManifest(directory, name)));
      const found = await exportsInNode(directory, entries);
      expect(Object.entries(found).filter(([, exported]) => exported.length === 0)).toEqual([]);
      expect(typeErrors(directory, entries, { ...nodeNext, ...node })).toEqual([]);
      expect(typeErrors(directory, entries, { ...bundler, ...node })).toEqual([]);
      const { stdout } = await run(directory, "npx", ["--no-install", "mhgan", "--help"]);
      expect(stdout).toMatch(/^Usage: mhgan/);
    },
    patience,
  );
});

import { describe, expect, it } from "vitest";
import {
  borders,
  borderViolations,
  deepImports,
  globalRandomness,
  importCycles,
  importsOf,
  isTestFile,
  nodeOnlyCode,
  runtimeDependencies,
  undeclaredImports,
} from "./import-rules.ts";
import {
  type Manifest,
  published,
  readJson,
  readPackage,
  type SourcePackage,
  unpublished,
} from "./workspace.ts";

const rootManifest = readJson("package.json");
const packages = published.map((name) => readPackage(`packages/${name}`));
const workspaces = [...packages, ...unpublished.map(readPackage)];
const manifests = workspaces.map((source) => source.manifest);

/** Rows for `it.each`: the folder for the title, then the workspace. */
const named = (sources: readonly SourcePackage[]) =>
  sources.map((source) => [source.directory, source] as const);

describe("the borders between the packages", () => {
  it("are stated for every published package", () => {
    expect(packages.map((source) => source.manifest.name)).toEqual(Object.keys(borders));
    expect(packages.every((source) => source.files.has("src/index.ts"))).toBe(true);
  });

  it.each(named(packages))("%s imports no package to its right or below", (_directory, source) => {
    expect(borderViolations(source)).toEqual([]);
  });

  it.each(named(workspaces))("%s imports only what its package.json declares", (_directory, source) => {
    expect(undeclaredImports(source, rootManifest)).toEqual([]);
  });

  it.each(named(workspaces))("%s reaches into no other package", (_directory, source) => {
    expect(deepImports(source, manifests)).toEqual([]);
  });

  it.each(named(packages))("%s has no runtime dependency if it promises so", (_directory, source) => {
    expect(runtimeDependencies(source)).toEqual([]);
  });

  it.each(named(packages))("%s takes randomness as an argument", (_directory, source) => {
    expect(globalRandomness(source)).toEqual([]);
  });

  it.each(named(packages))("%s runs where it promises to", (_directory, source) => {
    expect(nodeOnlyCode(source)).toEqual([]);
  });

  it.each(named(workspaces))("%s has no import cycle", (_directory, source) => {
    expect(importCycles(source)).toEqual([]);
  });
});

/** A package that exists only here. */
function fake(
  name: string,
  files: Record<string, string>,
  manifest: Record<string, unknown> = {},
): SourcePackage {
  return {
    directory: `packages/${name}`,
    manifest: { name: `@mhgan/${name}`, ...manifest },
    files: new Map(Object.entries(files).map(([path, text]) => [`src/${path}`, text])),
  };
}

describe("the rules themselves", () => {
  it("see every way to import", () => {
    const text = `
      import a from "one";
      import type { B } from "two";
      import "three";
      export * from "four";
      export { x } from "five";
      const y = await import("six");
      type Z = import("seven").Z;
      import eight = require("eight");
      const nine = require("nine");
      const ten = await import(\`ten\`);
      const computed = await import(name);
      // import "a comment"
      const s = 'import "a string"';
    `;
    expect(importsOf("a.ts", text).map((found) => found.specifier)).toEqual([
      ..."one two three four five six seven eight nine ten".split(" "),
      undefined,
    ]);
    expect(importsOf("a.ts", text)[0]?.line).toBe(2);
  });

  it.each([
    ["mcmc", "calibration", false],
    ["metrics", "mcmc", false],
    ["datasets", "metrics", false],
    ["gan-core", "metrics", false],
    ["gan-core", "datasets", false],
    ["gan-core", "cli", false],
    ["gan-core", "mcmc", true],
    ["gan-core", "calibration", true],
    ["cli", "gan-core", true],
    ["cli", "datasets", true],
  ])("let %s import %s: %s", (from, to, allowed) => {
    expect(borderViolations(fake(from, { "a.ts": `import "@mhgan/${to}";` }))).toHaveLength(allowed ? 0 : 1);
    expect(borderViolations(fake(from, { "a.ts": `await import("@mhgan/${to}/x");` }))).toHaveLength(
      allowed ? 0 : 1,
    );
    for (const field of ["dependencies", "peerDependencies", "optionalDependencies", "devDependencies"])
      expect(borderViolations(fake(from, {}, { [field]: { [`@mhgan/${to}`]: "*" } }))).toHaveLength(
        allowed ? 0 : 1,
      );
  });

  it("refuse an import that is not declared", () => {
    const files = { "a.ts": `import "./b.ts"; import "node:fs"; import "@scope/deep/path";` };
    const root: Manifest = { name: "root", devDependencies: { vitest: "4" } };
    expect(undeclaredImports(fake("mcmc", files), root)).toEqual([
      "packages/mcmc/src/a.ts:1 imports @scope/deep, which its package.json does not declare",
    ]);
    for (const field of ["dependencies", "peerDependencies", "optionalDependencies"])
      expect(undeclaredImports(fake("mcmc", files, { [field]: { "@scope/deep": "1" } }), root)).toEqual([]);
    expect(
      undeclaredImports(fake("mcmc", files, { devDependencies: { "@scope/deep": "1" } }), root),
    ).toHaveLength(1);
    expect(undeclaredImports(fake("mcmc", { "a.ts": `import "vitest";` }), root)).toHaveLength(1);
    expect(undeclaredImports(fake("mcmc", { "a.test.ts": `import "vitest";` }), root)).toEqual([]);
    expect(undeclaredImports(fake("mcmc", { "a.ts": `import "fs";` }), root)).toHaveLength(1);
    expect(undeclaredImports(fake("mcmc", { "a.ts": `await import(name);` }), root)).toHaveLength(1);
    expect(undeclaredImports(fake("mcmc", { "a.test.ts": `await import(name);` }), root)).toEqual([]);
  });

  it("read the names that the backend loader computes", () => {
    const files = {
      "tfjs/backends/engines.ts": `const wasm = "@tensorflow/tfjs-backend-wasm"; await import(wasm);`,
    };
    const root: Manifest = { name: "root" };
    expect(undeclaredImports(fake("gan-core", files), root)).toEqual([
      "packages/gan-core/src/tfjs/backends/engines.ts:1 imports @tensorflow/tfjs-backend-wasm, which its package.json does not declare",
    ]);
    const peerDependencies = { "@tensorflow/tfjs-backend-wasm": "4" };
    expect(undeclaredImports(fake("gan-core", files, { peerDependencies }), root)).toEqual([]);
  });

  it("refuse a path into another package", () => {
    const mcmc: Manifest = { name: "@mhgan/mcmc", exports: { ".": {}, "./package.json": "./package.json" } };
    const check = (text: string): string[] => deepImports(fake("gan-core", { "deep/a.ts": text }), [mcmc]);
    expect(
      check(
        `import "@mhgan/mcmc"; import "@mhgan/mcmc/package.json"; import "../b.ts"; import "../../package.json";`,
      ),
    ).toEqual([]);
    expect(check(`import "@mhgan/mcmc/src/index.ts";`)).toHaveLength(1);
    expect(check(`export * from "@mhgan/mcmc/dist/index.js";`)).toHaveLength(1);
    expect(check(`await import("../../../mcmc/src/index.ts");`)).toHaveLength(1);
    const files = new Map([["src/a.ts", `import "../../packages/mcmc/src/threefry.ts";`]]);
    for (const directory of ["benchmarks", "examples", "packages/cli"])
      expect(deepImports({ directory, manifest: mcmc, files }, [mcmc])).toHaveLength(1);
  });

  it("refuse a runtime dependency of a package that promises none", () => {
    for (const field of ["dependencies", "peerDependencies", "optionalDependencies"]) {
      expect(runtimeDependencies(fake("metrics", {}, { [field]: { d3: "1" } }))).toHaveLength(1);
      expect(runtimeDependencies(fake("gan-core", {}, { [field]: { d3: "1" } }))).toEqual([]);
    }
    expect(runtimeDependencies(fake("metrics", {}, { devDependencies: { d3: "1" } }))).toEqual([]);
  });

  it("let a package name the optional peers that are its own, and only so", () => {
    const dependencies = { pngjs: "7" };
    const peerDependenciesMeta = { pngjs: { optional: true }, d3: { optional: true } };
    const check = (name: string, manifest: Record<string, unknown>): string[] =>
      runtimeDependencies(fake(name, {}, manifest));
    expect(check("datasets", { peerDependencies: dependencies, peerDependenciesMeta })).toEqual([]);
    expect(check("datasets", { peerDependencies: dependencies })).toHaveLength(1);
    expect(check("datasets", { dependencies, peerDependenciesMeta })).toHaveLength(1);
    expect(check("datasets", { peerDependencies: { d3: "1" }, peerDependenciesMeta })).toHaveLength(1);
    expect(check("metrics", { peerDependencies: dependencies, peerDependenciesMeta })).toHaveLength(1);
  });

  it("refuse Math.random, but not its name in a comment or a string", () => {
    const check = (text: string): string[] => globalRandomness(fake("cli", { "a.ts": text }));
    expect(check("const r = Math.random();")).toEqual(["packages/cli/src/a.ts:1 uses Math.random"]);
    expect(check("const f = { random: Math.random };")).toHaveLength(1);
    expect(check('Math["random"]();')).toHaveLength(1);
    expect(check("const { random } = Math;")).toHaveLength(1);
    expect(check("const { random: r } = Math;")).toHaveLength(1);
    expect(
      check("// Math.random\n/** Math.random() */ const a = 'Math.random()'; stream.random(); Math.log(1);"),
    ).toEqual([]);
  });

  it("refuse what only Node has in a package for any runtime", () => {
    const check = (text: string, path = "a.ts"): string[] => nodeOnlyCode(fake("mcmc", { [path]: text }));
    expect(check('import { readFileSync } from "node:fs";')).toHaveLength(1);
    expect(check('const fs = await import("fs");')).toHaveLength(1);
    expect(check("process.exit(1);")).toHaveLength(1);
    expect(check("const b = Buffer.from([1]);")).toHaveLength(1);
    expect(check("const p = globalThis.process;")).toHaveLength(1);
    expect(check('import "node:fs"; process.exit();', "a.test.ts")).toEqual([]);
    expect(check("state.process; const o = { process: 1 }; // process.exit and Buffer")).toEqual([]);
    expect(check("function f(process: number) { return process; }")).toEqual([]);
    expect(nodeOnlyCode(fake("cli", { "a.ts": 'import "node:fs"; process.exit();' }))).toEqual([]);
  });

  it("refuse a cycle of any length, and a file that imports itself", () => {
    const check = (files: Record<string, string>): string[] => importCycles(fake("mcmc", files));
    expect(check({ "a.ts": 'import "./b.ts";', "b.ts": 'import "./c.ts";', "c.ts": "" })).toEqual([]);
    expect(
      check({ "a.ts": 'import "./b.ts"; import "./c.ts";', "b.ts": 'import "./c.ts";', "c.ts": "" }),
    ).toEqual([]);
    expect(
      check({
        "a.ts": 'import "./b.ts";',
        "b.ts": 'export * from "./deep/c.ts";',
        "deep/c.ts": 'import "../a.ts";',
      }),
    ).toEqual(["packages/mcmc: src/a.ts → src/b.ts → src/deep/c.ts → src/a.ts"]);
    expect(check({ "a.ts": 'import type { A } from "./a.ts";' })).toHaveLength(1);
  });

  it("know a test file by its path", () => {
    expect(["src/a.test.ts", "src/testing/a.ts", "src/golden/a.ts"].every(isTestFile)).toBe(true);
    expect(["src/a.ts", "src/latest.ts", "src/contest/a.ts"].some(isTestFile)).toBe(false);
  });
});

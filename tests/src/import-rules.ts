import { builtinModules } from "node:module";
import { posix } from "node:path";
import ts from "typescript";
import type { Manifest, SourcePackage } from "./workspace.ts";

/** What a package may do. The table of ARCHITECTURE.md, as data. */
export interface Border {
  /** Packages of ours it may import. */
  readonly mayImport: readonly string[];
  /** "any": no Node module and no Node global in what is shipped. */
  readonly runtime: "any" | "node";
  /** Whether `dependencies`, `peerDependencies` and `optionalDependencies` must be empty, but for `optionalPeers`. */
  readonly dependencyFree: boolean;
  /** Packages that one function may ask its user to install; npm installs none of them. Default: none. */
  readonly optionalPeers?: readonly string[];
}

export const borders: Readonly<Record<string, Border>> = {
  "@mhgan/mcmc": { mayImport: [], runtime: "any", dependencyFree: true },
  "@mhgan/calibration": { mayImport: [], runtime: "any", dependencyFree: true },
  "@mhgan/metrics": { mayImport: [], runtime: "any", dependencyFree: true },
  "@mhgan/datasets": {
    mayImport: [],
    runtime: "node",
    dependencyFree: true,
    optionalPeers: ["pngjs", "jpeg-js"], // for folders of images; PNG and JPEG are too much to write anew
  },
  "@mhgan/gan-core": {
    mayImport: ["@mhgan/mcmc", "@mhgan/calibration"],
    runtime: "node",
    dependencyFree: false,
  },
  "@mhgan/cli": {
    mayImport: ["@mhgan/mcmc", "@mhgan/calibration", "@mhgan/metrics", "@mhgan/datasets", "@mhgan/gan-core"],
    runtime: "node",
    dependencyFree: false,
  },
};

const nodeModules = new Set(builtinModules);
const nodeGlobals = new Set(["process", "Buffer", "__dirname", "__filename", "require", "setImmediate"]);

/**
 * Files that may import a name computed at run time: a backend or a decoder is optional and a bundler must not look for it,
 * and a version is read from any package.json. In such a file every string that starts as one given counts as an import.
 */
const computedImports: Readonly<Record<string, readonly string[]>> = {
  "packages/gan-core/src/tfjs/backends/engines.ts": ["@tensorflow/", "webgpu"],
  "packages/gan-core/src/tfjs/backends/import-optional.ts": [],
  "packages/gan-core/src/onnx/onnx-runtime.ts": ["onnxruntime-"],
  "packages/cli/src/versions.ts": ["@"],
  // It looks for the optional packages of gan-core, from there.
  "packages/cli/src/probe-engines.ts": [],
  "packages/datasets/src/formats/images/decode-image.ts": ["pngjs", "jpeg-js"],
};

/** Files that serve tests only; package.json keeps them out of the tarball. */
export function isTestFile(path: string): boolean {
  return /\.test\.ts$|\.bench\.ts$|(^|\/)(testing|golden)\//.test(path);
}

interface Import {
  /** The specifier, or undefined where it is computed at run time. */
  readonly specifier: string | undefined;
  readonly line: number;
}

function parse(path: string, text: string): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true, ts.ScriptKind.TS);
}

function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

function lineOf(file: ts.SourceFile, node: ts.Node): number {
  return file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;
}

/** Every static, re-exporting, type-only, dynamic and CommonJS import of a file. */
export function importsOf(path: string, text: string): Import[] {
  const file = parse(path, text);
  const found: Import[] = [];
  const add = (node: ts.Node, specifier: ts.Node | undefined): void => {
    const text = specifier !== undefined && ts.isStringLiteralLike(specifier) ? specifier.text : undefined;
    found.push({ specifier: text, line: lineOf(file, node) });
  };
  walk(file, (node) => {
    if (ts.isImportDeclaration(node)) add(node, node.moduleSpecifier);
    else if (ts.isExportDeclaration(node) && node.moduleSpecifier) add(node, node.moduleSpecifier);
    else if (ts.isExternalModuleReference(node)) add(node, node.expression);
    else if (ts.isImportTypeNode(node))
      add(node, ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined);
    else if (ts.isCallExpression(node)) {
      const isImport = node.expression.kind === ts.SyntaxKind.ImportKeyword;
      const isRequire = ts.isIdentifier(node.expression) && node.expression.text === "require";
      if (isImport || isRequire) add(node, node.arguments[0]);
    }
  });
  return found;
}

/** The string literals of a file that start as one given, as if each were imported. */
function stringsFrom(starts: readonly string[], path: string, text: string): Import[] {
  const file = parse(path, text);
  const found: Import[] = [];
  walk(file, (node) => {
    if (ts.isStringLiteralLike(node) && starts.some((start) => node.text.startsWith(start)))
      found.push({ specifier: node.text, line: lineOf(file, node) });
  });
  return found;
}

/** `@scope/name/deep/path` → `@scope/name`. */
function packageNameOf(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

function namesIn(manifest: Manifest, ...fields: string[]): string[] {
  return fields.flatMap((field) => Object.keys((manifest[field] as object | undefined) ?? {}));
}

function exportsPath(manifest: Manifest, subpath: string): boolean {
  const exported = manifest["exports"];
  if (exported === undefined || exported === null || typeof exported !== "object") return subpath === ".";
  return Object.keys(exported).includes(subpath);
}

/** Finds the file that a relative specifier means, in the path table of the package. */
function resolveRelative(importer: string, specifier: string, files: ReadonlyMap<string, string>) {
  const target = posix.normalize(posix.join(posix.dirname(importer), specifier));
  const candidates = [target, target.replace(/\.js$/, ".ts"), `${target}.ts`, `${target}/index.ts`];
  return candidates.find((candidate) => files.has(candidate));
}

/** Rule: a package imports only the packages that its row of the table names, and depends on no other. */
export function borderViolations(source: SourcePackage): string[] {
  const border = borders[source.manifest.name];
  if (border === undefined) return [];
  const allowed = new Set([...border.mayImport, source.manifest.name]);
  const found: string[] = [];
  for (const [path, text] of source.files)
    for (const { specifier, line } of importsOf(path, text)) {
      const name = specifier?.startsWith("@mhgan/") ? packageNameOf(specifier) : undefined;
      if (name !== undefined && !allowed.has(name))
        found.push(`${source.directory}/${path}:${line} must not import ${name}`);
    }
  const fields = ["dependencies", "peerDependencies", "optionalDependencies", "devDependencies"];
  for (const name of namesIn(source.manifest, ...fields))
    if (name.startsWith("@mhgan/") && !allowed.has(name))
      found.push(`${source.directory}/package.json must not name ${name}`);
  return found;
}

/** Rule: what a file imports is declared. Test files may also use development dependencies, also those of the root. */
export function undeclaredImports(source: SourcePackage, rootManifest: Manifest): string[] {
  const runtime = namesIn(source.manifest, "dependencies", "peerDependencies", "optionalDependencies");
  const development = [
    ...namesIn(source.manifest, "devDependencies"),
    ...namesIn(rootManifest, "devDependencies"),
  ];
  const found: string[] = [];
  for (const [path, text] of source.files) {
    const mayUseTools = isTestFile(path) || source.manifest.private === true;
    const declared = new Set([source.manifest.name, ...runtime, ...(mayUseTools ? development : [])]);
    const scope = computedImports[`${source.directory}/${path}`];
    const imports = importsOf(path, text).filter(({ specifier }) => specifier !== undefined || !scope);
    if (scope !== undefined) imports.push(...stringsFrom(scope, path, text));
    for (const { specifier, line } of imports) {
      const where = `${source.directory}/${path}:${line}`;
      if (specifier === undefined) {
        if (!isTestFile(path)) found.push(`${where} imports a computed name, which nobody can check`);
      } else if (specifier.startsWith(".") || specifier.startsWith("node:")) continue;
      else if (nodeModules.has(specifier)) found.push(`${where} must write node:${specifier}`);
      else if (!declared.has(packageNameOf(specifier)))
        found.push(`${where} imports ${packageNameOf(specifier)}, which its package.json does not declare`);
    }
  }
  return found;
}

/** Rule: the first packages of the table install nothing but themselves. */
export function runtimeDependencies(source: SourcePackage): string[] {
  const border = borders[source.manifest.name];
  if (!border?.dependencyFree) return [];
  const meta = (source.manifest["peerDependenciesMeta"] ?? {}) as Record<string, { optional?: boolean }>;
  const needed = [
    ...namesIn(source.manifest, "dependencies", "optionalDependencies"),
    ...namesIn(source.manifest, "peerDependencies").filter(
      (name) => !(border.optionalPeers?.includes(name) && meta[name]?.optional),
    ),
  ];
  return needed.map(
    (name) => `${source.directory}/package.json must have no runtime dependency, got ${name}`,
  );
}

/** Rule: no file of a package reaches into another package, nor past what that package exports. */
export function deepImports(source: SourcePackage, manifests: readonly Manifest[]): string[] {
  const found: string[] = [];
  for (const [path, text] of source.files)
    for (const { specifier, line } of importsOf(path, text)) {
      if (specifier === undefined) continue;
      const where = `${source.directory}/${path}:${line}`;
      if (specifier.startsWith(".")) {
        const target = posix.normalize(posix.join(posix.dirname(path), specifier));
        if (target.startsWith("../")) found.push(`${where} leaves its package: ${specifier}`);
      } else if (specifier.startsWith("@mhgan/")) {
        const name = packageNameOf(specifier);
        const manifest = manifests.find((candidate) => candidate.name === name);
        const subpath = `.${specifier.slice(name.length)}`;
        if (manifest !== undefined && !exportsPath(manifest, subpath))
          found.push(`${where} imports ${specifier}, which ${name} does not export`);
      }
    }
  return found;
}

/** Rule: randomness is an argument. */
export function globalRandomness(source: SourcePackage): string[] {
  const found: string[] = [];
  for (const [path, text] of source.files) {
    const file = parse(path, text);
    walk(file, (node) => {
      const isMath = (value: ts.Node): boolean => ts.isIdentifier(value) && value.text === "Math";
      const uses =
        (ts.isPropertyAccessExpression(node) && isMath(node.expression) && node.name.text === "random") ||
        (ts.isElementAccessExpression(node) &&
          isMath(node.expression) &&
          ts.isStringLiteralLike(node.argumentExpression) &&
          node.argumentExpression.text === "random") ||
        (ts.isVariableDeclaration(node) &&
          node.initializer !== undefined &&
          isMath(node.initializer) &&
          ts.isObjectBindingPattern(node.name) &&
          node.name.elements.some(
            (element) => (element.propertyName ?? element.name).getText(file) === "random",
          ));
      if (uses) found.push(`${source.directory}/${path}:${lineOf(file, node)} uses Math.random`);
    });
  }
  return found;
}

/** Rule: packages for any runtime ship nothing that only Node has. */
export function nodeOnlyCode(source: SourcePackage): string[] {
  if (borders[source.manifest.name]?.runtime !== "any") return [];
  const found: string[] = [];
  for (const [path, text] of source.files) {
    if (isTestFile(path)) continue;
    const where = (line: number): string => `${source.directory}/${path}:${line}`;
    for (const { specifier, line } of importsOf(path, text))
      if (specifier?.startsWith("node:") || nodeModules.has(specifier ?? ""))
        found.push(`${where(line)} imports ${specifier}, but the package is for any runtime`);
    const file = parse(path, text);
    const declared = new Set<string>();
    walk(file, (node) => {
      const names = ts.isVariableDeclaration(node) || ts.isParameter(node) || ts.isFunctionDeclaration(node);
      if (names && node.name !== undefined && ts.isIdentifier(node.name)) declared.add(node.name.text);
    });
    walk(file, (node) => {
      if (!ts.isIdentifier(node) || !nodeGlobals.has(node.text) || declared.has(node.text)) return;
      const { parent } = node;
      const isGlobalThis =
        ts.isPropertyAccessExpression(parent) && parent.expression.getText(file) === "globalThis";
      const isOnlyAName =
        (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
        ((ts.isPropertyAssignment(parent) ||
          ts.isPropertySignature(parent) ||
          ts.isMethodSignature(parent) ||
          ts.isMethodDeclaration(parent) ||
          ts.isPropertyDeclaration(parent)) &&
          parent.name === node);
      if (isGlobalThis || !isOnlyAName)
        found.push(`${where(lineOf(file, node))} uses ${node.text}, but the package is for any runtime`);
    });
  }
  return found;
}

/** Rule: the files of a package import one another in one direction only. Each cycle is reported once. */
export function importCycles(source: SourcePackage): string[] {
  const graph = new Map<string, string[]>();
  for (const [path, text] of source.files)
    graph.set(
      path,
      importsOf(path, text).flatMap(({ specifier }) =>
        specifier?.startsWith(".") ? (resolveRelative(path, specifier, source.files) ?? []) : [],
      ),
    );
  const found: string[] = [];
  const done = new Set<string>();
  const stack: string[] = [];
  const visit = (path: string): void => {
    const start = stack.indexOf(path);
    if (start >= 0) found.push(`${source.directory}: ${[...stack.slice(start), path].join(" → ")}`);
    if (start >= 0 || done.has(path)) return;
    stack.push(path);
    for (const next of graph.get(path) ?? []) visit(next);
    stack.pop();
    done.add(path);
  };
  for (const path of graph.keys()) visit(path);
  return found;
}

import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import {
  compileExample,
  type Example,
  examplesOfMarkdown,
  examplesOfSource,
  functionsWithoutExample,
  syntaxErrors,
} from "./doc-examples.ts";
import { fetchFrom, writeDocFiles } from "./doc-files.ts";
import { isTestFile } from "./import-rules.ts";
import { filesUnder, published, root } from "./workspace.ts";

const read = (path: string): string => readFileSync(join(root, path), "utf8");
const documents = filesUnder(root, ".md").filter((path) =>
  /^(README|CONTRIBUTING|ARCHITECTURE|SECURITY)\.md$|^docs\/|^(packages\/[^/]+|examples(\/[^/]+)?)\/README\.md$/.test(
    path,
  ),
);
const sources = published.flatMap((name) =>
  filesUnder(join(root, "packages", name, "src"), ".ts")
    .map((path) => `packages/${name}/src/${path}`)
    .filter((path) => !isTestFile(path)),
);
const examples = [
  ...documents.flatMap((path) => examplesOfMarkdown(path, read(path))),
  ...sources.flatMap((path) => examplesOfSource(path, read(path))),
].map((example) => ({ ...example, title: `${example.file}:${example.line}`, path: pathOf(example) }));
const runnable = examples.filter((example) => example.run);

const folder = join(root, "tests", ".doc-examples");

/** The source that an entry of a package exports. */
function entryOf(entry: string): string {
  const [name, ...rest] = entry.split("/") as [string, ...string[]];
  return join(root, "packages", name, "src", ...rest, "index.ts");
}

function pathOf(example: Example): string {
  const name = example.file.replace(/\.(md|ts)$/, "").replaceAll(/[^\w.-]/g, "__");
  return join(root, "tests", ".doc-examples", `${name}__${example.line}.ts`);
}

/** The compiler options of the repository, less the ones that ask for more than `strict` does. */
function compilerOptions(): ts.CompilerOptions {
  const base = ts.readConfigFile(join(root, "tsconfig.base.json"), ts.sys.readFile).config as object;
  const { options } = ts.parseJsonConfigFileContent({ ...base, files: [] }, ts.sys, root);
  return {
    ...options,
    noEmit: true,
    declaration: false,
    declarationMap: false,
    isolatedDeclarations: false,
    noUncheckedIndexedAccess: false,
    noPropertyAccessFromIndexSignature: false,
    types: ["node"],
    typeRoots: [join(root, "node_modules/@types")],
  };
}

function complaints(program: ts.Program, example: { path: string; title: string }): string[] {
  const file = program.getSourceFile(example.path);
  return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
    ({ file, start, messageText }) => {
      const line = file === undefined ? 0 : file.getLineAndCharacterOfPosition(start ?? 0).line;
      return `line ${line} of the example: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
    },
  );
}

beforeAll(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
});

describe("the documents", () => {
  it.each(published)("of %s show at least one example that runs", (name) => {
    const readme = `packages/${name}/README.md`;
    expect(runnable.filter((example) => example.file === readme)).not.toEqual([]);
  });

  it.each(documents)("%s links to files that exist", (document) => {
    const text = read(document).replaceAll(/^ *```[\s\S]*?^ *```/gm, "");
    const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map((match) =>
      (match[1] ?? "").replace(/#.*$/, ""),
    );
    const local = targets.filter((target) => target !== "" && !/^[a-z]+:/.test(target));
    expect(local.filter((target) => !existsSync(join(root, dirname(document), target)))).toEqual([]);
  });

  it("have examples that parse, also where they do not run", () => {
    const found = examples.flatMap((example) =>
      syntaxErrors(example.code).map((error) => `${example.title}: line ${error}`),
    );
    expect(found).toEqual([]);
  });
});

describe("the examples", () => {
  let program: ts.Program;
  const compiled = new Map<string, Error | undefined>();

  beforeAll(() => {
    for (const example of runnable)
      try {
        writeFileSync(example.path, compileExample(example, "../src/check-example.ts"));
        compiled.set(example.path, undefined);
      } catch (error) {
        compiled.set(example.path, error as Error);
      }
    const entries = [...published, "mcmc/diagnostics", "mcmc/predictions"].map(entryOf);
    const written = [...compiled].flatMap(([path, error]) => (error === undefined ? path : []));
    program = ts.createProgram([...written, ...entries], compilerOptions());
  });

  for (const example of runnable)
    it(`${example.title} has the right types`, () => {
      const error = compiled.get(example.path);
      if (error !== undefined) throw error;
      expect(complaints(program, example)).toEqual([]);
    });

  it.each(["mcmc", "mcmc/diagnostics", "mcmc/predictions", "calibration", "metrics", "datasets"])(
    "cover every function that %s exports",
    (entry) => {
      expect(functionsWithoutExample(program, entryOf(entry))).toEqual([]);
    },
  );

  describe("when run", () => {
    const home = process.cwd();
    let temporary: string;

    beforeAll(async () => {
      temporary = mkdtempSync(join(tmpdir(), "mhgan-examples-"));
      await writeDocFiles(temporary);
      vi.stubGlobal("fetch", fetchFrom(temporary));
      process.chdir(temporary);
      for (const method of ["log", "info", "warn"] as const) vi.spyOn(console, method).mockReturnValue();
    });

    afterAll(() => {
      vi.restoreAllMocks();
      vi.unstubAllGlobals();
      process.chdir(home);
      rmSync(temporary, { recursive: true, force: true });
    });

    for (const example of runnable)
      it(`${example.title} does what it says`, async () => {
        const error = compiled.get(example.path);
        if (error !== undefined) throw error;
        await import(/* @vite-ignore */ example.path);
      });
  });
});

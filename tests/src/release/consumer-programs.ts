import { build } from "esbuild";
import { check } from "../check-example.ts";
import { compileExample, type Example, examplesOfMarkdown } from "../doc-examples.ts";

/** A program that somebody might write who has installed a package. */
export interface ConsumerProgram {
  /** Where it stands, such as `README.md:12`. */
  readonly where: string;
  /** In TypeScript, with its assertions as comments. */
  readonly source: string;
  /** A module that prints what its assertions are about. */
  readonly module: string;
  /** The same with `require`. */
  readonly commonJs: string;
}

/** What each line begins with in which a program prints what an assertion is about. */
const mark = "checked ";

/**
 * The functions that assertions call, in place of those in check-example.ts, which need the TypeScript compiler: a program in
 * another runtime only says what it found.
 */
const recorder = `
  const plain = (_key, value) =>
    ArrayBuffer.isView(value) ? [...value]
    : typeof value === "number" && !Number.isFinite(value) ? { notFinite: String(value) }
    : value === undefined ? { undefined: true }
    : value;
  const record = (value, operator, expected, where) =>
    console.log("${mark}" + JSON.stringify([operator, expected, where, value], plain));
  export const check = record;
  export const checkThrows = async (run, expected, where) => {
    let thrown = "no error";
    try { await run(); } catch (error) { thrown = String(error); }
    record(thrown, "throws", expected, where);
  };
`;

const revive = (_key: string, value: unknown): unknown => {
  if (typeof value !== "object" || value === null) return value;
  if ("notFinite" in value) return Number(value.notFinite);
  return "undefined" in value ? undefined : value;
};

/**
 * Judges what a program printed.
 *
 * @returns How many assertions hold.
 * @throws {Error} that names the first one that does not.
 */
export function judge(output: string): number {
  const lines = output.split("\n").filter((line) => line.startsWith(mark));
  for (const line of lines) {
    const [operator, expected, where, value] = JSON.parse(line.slice(mark.length), revive) as [
      "=>" | "≈" | "throws",
      string,
      string,
      unknown,
    ];
    if (operator !== "throws") check(value, operator, expected, where);
    else if (!String(value).startsWith(expected))
      throw new Error(`${where}: must throw ${expected}, got ${String(value)}`);
  }
  return lines.length;
}

/** A module without top-level exports as a script that uses `require`. */
export function asCommonJs(module: string): string {
  const required = module.replaceAll(
    /^import \{([^}]*)\} from ("[^"]+");$/gm,
    (_whole, names: string, from: string) => `const {${names.replaceAll(" as ", ": ")}} = require(${from});`,
  );
  if (/^(import|export) /m.test(required))
    throw new Error(
      `asCommonJs: a program may import names alone, got ${/^(import|export) .*/m.exec(required)![0]}`,
    );
  return `(async () => {\n${required}\n})().catch((error) => {\n  console.error(error);\n  process.exitCode = 1;\n});\n`;
}

/** Compiles an example that imports packages of ours. */
export async function consumerProgram(example: Example): Promise<ConsumerProgram> {
  const { outputFiles } = await build({
    stdin: { contents: compileExample(example, "recorder"), loader: "ts" },
    plugins: [
      {
        name: "recorder",
        setup(build) {
          build.onResolve({ filter: /^recorder$/ }, ({ path }) => ({ path, namespace: "recorder" }));
          build.onLoad({ filter: /.*/, namespace: "recorder" }, () => ({ contents: recorder }));
        },
      },
    ],
    bundle: true,
    external: ["@mhgan/*", "node:*"],
    format: "esm",
    platform: "neutral",
    target: "es2022",
    write: false,
    logLevel: "silent",
  });
  const module = outputFiles[0]!.text;
  return {
    where: `${example.file}:${example.line}`,
    source: `${example.before}${example.code}\nexport {};\n`,
    module,
    commonJs: asCommonJs(module),
  };
}

/** A program for data sets alone: those of the README use random streams of `@mhgan/mcmc` too. */
const withoutStreams = `
import { formatNpy, parseNpy, splitIndices, twentyFiveGaussians } from "@mhgan/datasets";

let state = 1;
const random = () => (state = (48271 * state) % 2147483647) / 2147483647;
const grid = twentyFiveGaussians({ standardize: true });
const points = grid.sample(1000, random);
points.length; // => 2000
[...grid.logDensity(points)].every(Number.isFinite); // => true
const { data, shape } = parseNpy(formatNpy({ data: points, shape: [1000, 2] }));
shape; // => [1000, 2]
data[1999] === points[1999]; // => true
const { train, test } = splitIndices(1000, { train: 0.9, test: 0.1 }, random);
new Set([...train, ...test]).size; // => 1000
`;

/**
 * The packages that a README tells its readers to install.
 *
 * @throws {Error} if it does not, or leaves out the package itself.
 */
export function toInstall(name: string, readme: string): string[] {
  const names = /^npm install (@mhgan\/.*)$/m.exec(readme)?.[1]?.split(" ") ?? [];
  if (!names.includes(name)) throw new Error(`the README of ${name} must say how to install it`);
  return names;
}

/**
 * The examples of a package's README that need nothing but what it tells its readers to install. What a package brings besides
 * is not theirs to import: npm lets them, Deno and others do not.
 *
 * @param readme - its text, as published.
 */
export function loneExamples(name: string, readme: string): Example[] {
  const installed = toInstall(name, readme);
  const found = examplesOfMarkdown("README.md", readme).filter(({ run, before, code }) => {
    const imported = [...`${before}${code}`.matchAll(/from "([^"]+)"/g)].map((match) => match[1]!);
    const packages = imported.map((specifier) => specifier.split("/").slice(0, 2).join("/"));
    return run && packages.includes(name) && packages.every((one) => installed.includes(one));
  });
  if (found.length > 0) return found;
  if (name !== "@mhgan/datasets")
    throw new Error(`the README of ${name} must have an example that needs what it installs alone`);
  return [{ file: "consumer-programs.ts", line: 1, code: withoutStreams, run: true, before: "" }];
}

import type { Runtime } from "./runtimes-under-test.ts";

/** A command line: the program, then its arguments. */
export type CommandLine = readonly [program: string, ...args: string[]];

/** How the same things are done in each runtime. */
export interface RuntimeCommands {
  /** Installs packages into an empty folder. */
  install(names: readonly string[]): CommandLine;
  /** The lockfile that an installation leaves. */
  readonly lockfile: string;
  /** Runs a module. */
  run(file: string): CommandLine;
  /** Runs a CommonJS script. */
  runCommonJs(file: string): CommandLine;
  /** Runs the program of a package that is not installed. */
  execute(name: string, ...args: string[]): CommandLine;
}

/** Deno does not take versions younger than a day, unless it is told to. */
const young = "--minimum-dependency-age=0";

export const runtimeCommands: Readonly<Record<Runtime["kind"], RuntimeCommands>> = {
  node: {
    install: (names) => ["npm", "install", ...names],
    lockfile: "package-lock.json",
    run: (file) => ["node", file],
    runCommonJs: (file) => ["node", "--no-warnings", file],
    execute: (name, ...args) => ["npx", "--yes", name, ...args],
  },
  deno: {
    install: (names) => ["deno", "add", young, ...names.map((name) => `npm:${name}`)],
    lockfile: "deno.lock",
    // No permission for anything: no files, no network, no environment.
    run: (file) => ["deno", "run", "--no-prompt", "--cached-only", young, file],
    // To look for node_modules it reads files.
    runCommonJs: (file) => ["deno", "run", "--no-prompt", "--cached-only", young, "--allow-read", file],
    execute: (name, ...args) => ["deno", "run", "--no-prompt", "--allow-all", young, `npm:${name}`, ...args],
  },
  bun: {
    install: (names) => ["bun", "add", ...names],
    lockfile: "bun.lock",
    run: (file) => ["bun", file],
    runCommonJs: (file) => ["bun", file],
    // Without --bun it would start the Node that the program asks for.
    execute: (name, ...args) => ["bun", "x", "--bun", name, ...args],
  },
};

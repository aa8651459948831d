#!/usr/bin/env node
import { Console } from "node:console";
import { Interruption } from "./io.ts";
import { isSupportedNode, requiredNode } from "./versions.ts";

// Libraries greet and warn on the console; stdout is for results.
globalThis.console = new Console(process.stderr);

const interrupt = new AbortController();
for (const [signal, word, exitCode] of [
  ["SIGINT", "interrupted", 130],
  ["SIGTERM", "terminated", 143],
] as const) {
  process.on(signal, () => {
    interrupt.abort(new Interruption(word, exitCode));
    // A second Ctrl-C then finds no handler and ends even a busy process at once, as kill -9 would: results only ever appear by renaming
    // whole files. Not before all handlers have run, since one of a library that finds itself alone ends the process.
    queueMicrotask(() => process.removeAllListeners(signal));
  });
}
// A file that outgrows its limit is an error of the writing, and is reported so; without a handler of ours libraries end the process.
process.on("SIGXFSZ", () => undefined);
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // `mhgan … | head` closes the pipe early: that is not an error.
  if (error.code === "EPIPE") process.exit(0);
  process.stderr.write(`mhgan: could not write the result: ${error.message}\n`);
  process.exit(1);
});
// Who no longer reads the progress may still want the result.
process.stderr.on("error", () => undefined);

const { node } = process.versions;
if (!isSupportedNode(node))
  process.stderr.write(`mhgan: Node ${node} is not supported; it must be ${requiredNode()}\n`);
// Not before: with such a Node the import alone may fail.
const { main } = await import("./main.ts");
process.exitCode = await main(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  signal: interrupt.signal,
  // Touched only by who reads it: opening it would keep the program alive.
  get stdin() {
    return process.stdin;
  },
});

#!/usr/bin/env node
import { main } from "./main.ts";

const interrupt = new AbortController();
process.once("SIGINT", () => {
  interrupt.abort(new Error("interrupted"));
  // A second Ctrl-C ends at once: results only ever appear by renaming whole files.
  process.once("SIGINT", () => process.exit(130));
});
process.once("SIGTERM", () => interrupt.abort(new Error("terminated")));
// `mhgan … | head` closes the pipe early: that is not an error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));

process.exitCode = await main(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  signal: interrupt.signal,
  // Touched only by who reads it: opening it would keep the program alive.
  get stdin() {
    return process.stdin;
  },
});

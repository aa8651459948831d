import { inspect } from "node:util";
import { CommanderError } from "commander";
import { Interruption, type Io, UsageError } from "./io.ts";
import { program } from "./program.ts";
import { endProgressLine } from "./progress.ts";
import { prose } from "./wrapped.ts";

/**
 * Runs the command line and gives the exit code: 0 done, 1 failed, 2 called wrongly, 130 interrupted, or what the signal's `Interruption`
 * says, such as 143 for a program that was terminated.
 *
 * @param args - what stands after `mhgan`.
 */
export async function main(args: readonly string[], io: Io): Promise<number> {
  const mhgan = program(io);
  try {
    await mhgan.parseAsync(args, { from: "user" });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    endProgressLine(io.stderr);
    if (io.signal.aborted) {
      const stop = io.signal.reason instanceof Interruption ? io.signal.reason : undefined;
      io.stderr.write(`mhgan: ${stop?.message ?? "interrupted"}; nothing half-written was left\n`);
      return stop?.exitCode ?? 130;
    }
    const verbose = mhgan.opts()["verbose"] === true || process.env["MHGAN_DEBUG"] === "1";
    io.stderr.write(prose(io.stderr, `mhgan: ${messageOf(error)}\n`));
    if (verbose) io.stderr.write(`${inspect(error)}\n`);
    return error instanceof UsageError ? 2 : 1;
  }
}

function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (!isMistakeOfOurs(error)) return withoutFunction(message);
  return `internal error: ${message}\n--verbose shows where; please report it: https://github.com/mhgan/mhgan/issues`;
}

/** Errors of our libraries begin with the function that was called: that is for programmers, to whom --verbose shows it. */
const withoutFunction = (message: string): string => message.replace(/^[a-z]+[A-Z]\w*: /, "");

/** The errors of the language itself; ours of these classes begin with the function that was called wrongly. */
function isMistakeOfOurs(error: unknown): boolean {
  const isOfLanguage = [TypeError, RangeError, ReferenceError, SyntaxError].some(
    (type) => error instanceof type,
  );
  return isOfLanguage && !/^[\w.]+: /.test((error as Error).message);
}

import { CommanderError } from "commander";
import { type Io, UsageError } from "./io.ts";
import { program } from "./program.ts";

/**
 * Runs the command line and gives the exit code: 0 done, 1 failed, 2 called wrongly, 130 interrupted.
 *
 * @param args - what stands after `mhgan`.
 */
export async function main(args: readonly string[], io: Io): Promise<number> {
  try {
    await program(io).parseAsync(args, { from: "user" });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (io.signal.aborted) {
      io.stderr.write("\nmhgan: interrupted; nothing half-written was left\n");
      return 130;
    }
    const message = error instanceof Error ? error.message : String(error);
    io.stderr.write(`\nmhgan: ${message}\n`);
    return error instanceof UsageError ? 2 : 1;
  }
}

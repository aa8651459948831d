import type { Io } from "./io.ts";
import { formatSeconds } from "./progress.ts";
import type { RunStages, StageOutcome } from "./run-stages.ts";
import { prose } from "./wrapped.ts";

/** Prints what a stage came to: a line of JSON, or text for people. */
export function printStage(
  command: string,
  run: RunStages,
  { record, reused }: StageOutcome,
  { json }: { readonly json: boolean },
  io: Io,
  text: () => string,
): void {
  if (json) {
    const { options, result, seconds, versions } = record;
    io.stdout.write(
      `${JSON.stringify({ command, folder: run.path, reused, options, ...result, seconds, versions })}\n`,
    );
    return;
  }
  if (reused) {
    io.stderr.write(prose(io.stderr, `${command}: done before in ${run.path}; nothing was changed\n`));
  }
  io.stdout.write(prose(io.stdout, `${text()}\n`));
  if (!reused) io.stdout.write(`${command}: ${formatSeconds(record.seconds)}\n`);
}

import type { Io } from "../io.ts";
import { printStage } from "../print-stage.ts";
import { RunStages } from "../run-stages.ts";
import { reportStage } from "../stages/report.ts";

/** Options of `mhgan report`. */
export interface ReportCommandOptions {
  /** Folder of the run. */
  readonly folder: string;
  /** Whether a report that is there is written anew. */
  readonly force: boolean;
  /** Whether the result is printed as one line of JSON instead of text. */
  readonly json: boolean;
}

/** Writes the report of all that is finished in a run: one HTML file, and its picture. */
export async function runReport(options: ReportCommandOptions, io: Io): Promise<void> {
  const run = await RunStages.open(options.folder);
  const outcome = await reportStage(run, options);
  printStage("report", run, outcome, options, io, () => {
    const { summary } = outcome.record.result as { summary: string };
    return `${summary}\nPicture: ${run.pathOf("samples.png")}\nReport: ${run.pathOf("report.html")}`;
  });
}

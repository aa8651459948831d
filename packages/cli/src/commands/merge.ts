import { drawFacts } from "../calibration-facts.ts";
import type { Io } from "../io.ts";
import { printStage } from "../print-stage.ts";
import { RunStages } from "../run-stages.ts";
import { mergeStage } from "../stages/merge.ts";
import { textTable } from "../text-table.ts";

/** Options of `mhgan merge`. */
export interface MergeOptions {
  /** Folder of the run. */
  readonly folder: string;
  /** The name of the set whose shards are joined. */
  readonly name: string;
  /** Whether to begin anew, and to replace what is finished and what rests on it. */
  readonly force: boolean;
  /** Whether the result is printed as one line of JSON instead of text. */
  readonly json: boolean;
}

/** Joins the shards of a set of draws, after making sure that they belong together. */
export async function runMerge(options: MergeOptions, io: Io): Promise<void> {
  const run = await RunStages.open(options.folder);
  const outcome = await mergeStage(run, options);
  printStage("merge", run, outcome, options, io, () => {
    const { label, proposalsPerDraw, capOutRate, draws } = outcome.record.result as Record<string, number>;
    return `${textTable([`${draws!.toLocaleString("en")} draws of ${options.name}: ${label}`, ""], drawFacts({ proposalsPerDraw: proposalsPerDraw!, capOutRate: capOutRate! }))}\n${run.pathOf(`draws/${options.name}/samples.npy`)}`;
  });
}

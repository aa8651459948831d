import { drawFacts } from "../calibration-facts.ts";
import type { Io } from "../io.ts";
import { printStage } from "../print-stage.ts";
import { RunStages } from "../run-stages.ts";
import { setNameOf } from "../stages/draw-set.ts";
import { type SampleStageOptions, sampleStage } from "../stages/sample.ts";
import { textTable } from "../text-table.ts";

/** Options of `mhgan sample`. */
export interface SampleCommandOptions extends Omit<SampleStageOptions, "name" | "method"> {
  /** Folder of the run. */
  readonly folder: string;
  /** Default: `mh`, or with `refit` what held-out images chose. */
  readonly method?: SampleStageOptions["method"];
  /** Default: that of the method. */
  readonly name?: string;
  /** Whether the result is printed as one line of JSON instead of text. */
  readonly json: boolean;
}

/** Draws a set of samples, or a shard of one, by the calibrated discriminator of a run or its critics. */
export async function runSample(options: SampleCommandOptions, io: Io): Promise<void> {
  const { method = options.refit ? "chosen" : "mh" } = options;
  const { name = setNameOf({ method, refit: options.refit }) } = options;
  const run = await RunStages.open(options.folder);
  const outcome = await sampleStage(run, { ...options, method, name }, io);
  printStage("sample", run, outcome, options, io, () => {
    const { label, proposalsPerDraw, capOutRate, draws } = outcome.record.result as Record<string, number>;
    const where = Object.keys(outcome.record.files).map((file) => run.pathOf(file));
    return `${textTable([`${draws!.toLocaleString("en")} draws of ${name}: ${label}`, ""], drawFacts({ proposalsPerDraw: proposalsPerDraw!, capOutRate: capOutRate! }))}\n${where.join("\n")}`;
  });
}

import { qualityNames, type SampleEvaluation } from "../evaluate-samples.ts";
import type { Io } from "../io.ts";
import { printStage } from "../print-stage.ts";
import { qualityColumns } from "../quality-columns.ts";
import { RunStages } from "../run-stages.ts";
import { type EvaluateStageOptions, evaluateStage, readEvaluation } from "../stages/evaluate.ts";
import { textTable } from "../text-table.ts";

/** Options of `mhgan evaluate`. */
export interface EvaluateOptions extends EvaluateStageOptions {
  /** Folder of the run. */
  readonly folder: string;
  /** Whether the result is printed as one line of JSON instead of text. */
  readonly json: boolean;
}

/** Judges the sets of samples of a run against real test images. */
export async function runEvaluate(options: EvaluateOptions, io: Io): Promise<void> {
  const run = await RunStages.open(options.folder);
  const outcome = await evaluateStage(run, options, io);
  const evaluation = await readEvaluation(run, outcome.record);
  printStage("evaluate", run, outcome, options, io, () => evaluationText(evaluation));
}

/** The measures as text, each with half the width of its interval. */
export function evaluationText({ floor, sets, rows }: SampleEvaluation): string {
  const table = textTable(
    ["", ...qualityNames.map((name) => qualityColumns[name].name)],
    [floor, ...sets].map(({ name, quality }) => [
      name,
      ...qualityNames.map((measure) => {
        const { estimate, lower, upper } = quality[measure];
        const { digits } = qualityColumns[measure];
        return `${estimate.toFixed(digits)} ± ${((upper - lower) / 2).toFixed(digits)}`;
      }),
    ]),
  );
  return `${table}\n\n${rows.toLocaleString("en")} images of each set against as many test images; ± half an interval of 95 %. The first row is the other test images: nothing can be expected to be better.`;
}

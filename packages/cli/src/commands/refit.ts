import type { CalibrationReport, SelectionReport, StrengthPoint } from "@mhgan/gan-core";
import type { RefitReport } from "@mhgan/gan-core/tfjs";
import { calibrationFacts } from "../calibration-facts.ts";
import type { Io } from "../io.ts";
import { printStage } from "../print-stage.ts";
import { RunStages } from "../run-stages.ts";
import { type RefitStageOptions, refitStage } from "../stages/refit.ts";
import { textTable } from "../text-table.ts";
import { writeWarnings } from "../write-warnings.ts";

/** Options of `mhgan refit`. */
export interface RefitOptions extends RefitStageOptions {
  /** Folder of the run. */
  readonly folder: string;
  /** Whether the result is printed as one line of JSON instead of text. */
  readonly json: boolean;
}

/** Trains fresh critics on the features of a classifier for the finished generator of a run, and calibrates them. */
export async function runRefit(options: RefitOptions, io: Io): Promise<void> {
  const run = await RunStages.open(options.folder);
  const outcome = await refitStage(run, options, io);
  const { report, selection, refit, strength } = outcome.record.result as unknown as {
    report: CalibrationReport;
    selection: SelectionReport;
    refit: RefitReport;
    strength: { strength: number; curve: readonly StrengthPoint[] };
  };
  writeWarnings(io, [...report.warnings, ...selection.warnings.map(({ message }) => message)]);
  printStage("refit", run, outcome, options, io, () => {
    const curve = strength.curve.map((point) => [
      `${point.strength}${point.strength === strength.strength ? " (chosen)" : ""}`,
      point.distance.toPrecision(3),
      point.effectiveShare.toFixed(3),
    ]);
    return [
      textTable(
        [
          `${refit.critics.length} critic${refit.critics.length === 1 ? "" : "s"}, held-out log loss ${refit.logLoss.toFixed(4)}`,
          "",
        ],
        calibrationFacts(report),
      ),
      textTable(["proposals a draw", "distance of features", "effective share"], curve),
      `Next: mhgan sample ${options.folder} --refit`,
    ].join("\n\n");
  });
}

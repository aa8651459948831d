import type { CalibrationReport } from "@mhgan/gan-core";
import { calibrationFacts } from "../calibration-facts.ts";
import type { Io } from "../io.ts";
import { printStage } from "../print-stage.ts";
import { RunStages } from "../run-stages.ts";
import { type CalibrateStageOptions, calibrateStage } from "../stages/calibrate.ts";
import { textTable } from "../text-table.ts";
import { writeWarnings } from "../write-warnings.ts";

/** Options of `mhgan calibrate`. */
export interface CalibrateOptions extends CalibrateStageOptions {
  /** Folder of the run. */
  readonly folder: string;
  /** Whether the result is printed as one line of JSON instead of text. */
  readonly json: boolean;
}

/** Calibrates the discriminator of a run on images that it never saw. */
export async function runCalibrate(options: CalibrateOptions, io: Io): Promise<void> {
  const run = await RunStages.open(options.folder);
  const outcome = await calibrateStage(run, options, io);
  const report = outcome.record.result["report"] as CalibrationReport;
  writeWarnings(io, report.warnings);
  printStage("calibrate", run, outcome, options, io, () =>
    textTable([`calibration (${options.calibrator})`, ""], calibrationFacts(report)),
  );
}

import {
  brierScore,
  calibrationZ,
  expectedCalibrationError,
  logLoss,
  type ReliabilityCurve,
  reliabilityCurve,
} from "@mhgan/calibration";
import type { CalibratedGan } from "@mhgan/gan-core";
import type { Cell, StudyTable } from "../study.ts";
import { rounded } from "./quality-table.ts";

/** Probabilities before and after calibration, on samples that no part of the critic has seen. */
export interface CalibrationStage {
  readonly critic: string;
  readonly stage: "before" | "after";
  readonly curve: ReliabilityCurve;
  readonly cells: readonly Cell[];
}

export const calibrationColumns: StudyTable["columns"] = [
  { name: "Brier score", digits: 4 },
  { name: "ECE", digits: 4 },
  { name: "log loss", digits: 4 },
  { name: "Z", digits: 2 },
];

/**
 * Measures a critic's probabilities before and after calibration.
 *
 * @param scores - raw scores of real samples and as many generated ones.
 * @param asProbability - how its raw score is read as a probability where nothing is calibrated.
 */
export function calibrationStages(
  critic: string,
  { calibrator }: Pick<CalibratedGan<unknown>, "calibrator">,
  scores: { readonly real: Float64Array; readonly fake: Float64Array },
  asProbability: (score: number) => number,
): readonly CalibrationStage[] {
  const all = Float64Array.from([...scores.real, ...scores.fake]);
  const labels = new Uint8Array(all.length).fill(1, 0, scores.real.length);
  const stage = (name: CalibrationStage["stage"], probabilities: Float64Array): CalibrationStage => {
    const curve = reliabilityCurve(probabilities, labels, { bins: 10 });
    const figures = [
      brierScore(probabilities, labels),
      expectedCalibrationError(curve),
      // A score that says 0 or 1 and is wrong once would cost infinitely much.
      logLoss(probabilities, labels, { clip: 1e-6 }),
      calibrationZ(probabilities, labels).z,
    ];
    return { critic, stage: name, curve, cells: figures.map((figure) => [rounded(figure)]) };
  };
  return [stage("before", all.map(asProbability)), stage("after", calibrator.predict(all))];
}

import type { ReliabilityCurve } from "./reliability-curve.ts";

/**
 * The root mean squared calibration error: as `expectedCalibrationError`, but of squared gaps, so that large ones tell.
 * Also called the L2 calibration error. Chance alone makes it positive; `debiasedCalibrationError` takes that away.
 *
 * @param curve - what `reliabilityCurve` or `topLabelCurve` returned.
 * @returns A number in [0, 1]; 0 is perfect. O(bins).
 * @see Kumar, Liang and Ma (2019), "Verified uncertainty calibration".
 * @example
 * ```ts
 * import { reliabilityCurve, rootMeanSquaredCalibrationError } from "@mhgan/calibration";
 * const curve = reliabilityCurve([0.1, 0.3, 0.8, 0.9], [0, 1, 1, 1], { bins: 2 });
 * rootMeanSquaredCalibrationError(curve); // ≈ 0.2372
 * ```
 */
export function rootMeanSquaredCalibrationError({ counts, predicted, observed }: ReliabilityCurve): number {
  let total = 0;
  let sum = 0;
  for (let i = 0; i < counts.length; i++) {
    total += counts[i]!;
    sum += counts[i]! * (predicted[i]! - observed[i]!) ** 2;
  }
  return Math.sqrt(sum / total);
}

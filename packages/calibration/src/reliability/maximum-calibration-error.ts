import type { ReliabilityCurve } from "./reliability-curve.ts";

/**
 * The largest gap between predicted and observed over the bins of a reliability curve.
 *
 * @param curve - what `reliabilityCurve` or `topLabelCurve` returned.
 * @returns A number in [0, 1]; 0 is perfect. O(bins).
 * @see Naeini, Cooper and Hauskrecht (2015), "Obtaining well calibrated probabilities using Bayesian binning".
 * @example
 * ```ts
 * import { maximumCalibrationError, reliabilityCurve } from "@mhgan/calibration";
 * const curve = reliabilityCurve([0.1, 0.3, 0.8, 0.9], [0, 1, 1, 1], { bins: 2 });
 * maximumCalibrationError(curve); // ≈ 0.3
 * ```
 */
export function maximumCalibrationError({ predicted, observed }: ReliabilityCurve): number {
  return predicted.reduce((largest, p, i) => Math.max(largest, Math.abs(p - observed[i]!)), 0);
}

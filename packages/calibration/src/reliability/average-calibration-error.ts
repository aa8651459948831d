import type { ReliabilityCurve } from "./reliability-curve.ts";

/**
 * The average calibration error: the mean gap between predicted and observed, every bin of a reliability curve counting the same,
 * so that rare predictions matter as much as common ones. (The "adaptive" calibration error, of the same initials, is
 * `expectedCalibrationError` over bins of equal mass.)
 *
 * @param curve - what `reliabilityCurve` or `topLabelCurve` returned.
 * @returns A number in [0, 1]; 0 is perfect. O(bins).
 * @see Neumann, Zisserman and Vedaldi (2018), "Relaxed softmax".
 * @example
 * ```ts
 * import { averageCalibrationError, reliabilityCurve } from "@mhgan/calibration";
 * const curve = reliabilityCurve([0.1, 0.2, 0.3, 0.9], [0, 0, 0, 0], { bins: 2 });
 * averageCalibrationError(curve); // ≈ 0.55
 * ```
 */
export function averageCalibrationError({ predicted, observed }: ReliabilityCurve): number {
  let sum = 0;
  for (let i = 0; i < predicted.length; i++) sum += Math.abs(predicted[i]! - observed[i]!);
  return sum / predicted.length;
}

import type { ReliabilityCurve } from "./reliability-curve.ts";

/**
 * The expected calibration error of a binary classifier: the mean gap between predicted and observed, over the bins of a
 * reliability curve, each weighed by its count. It depends on the bins, so state them beside it.
 *
 * @param curve - what `reliabilityCurve` or `topLabelCurve` returned.
 * @returns A number in [0, 1]; 0 is perfect. O(bins).
 * @see Naeini, Cooper and Hauskrecht (2015), "Obtaining well calibrated probabilities using Bayesian binning";
 * of the positive
 * class over `reliabilityCurve`, of the predicted label over `topLabelCurve`.
 * @example
 * ```ts
 * import { expectedCalibrationError, reliabilityCurve } from "@mhgan/calibration";
 * const curve = reliabilityCurve([0.1, 0.3, 0.8, 0.9], [0, 1, 1, 1], { bins: 2 });
 * expectedCalibrationError(curve); // ≈ 0.225
 * ```
 */
export function expectedCalibrationError({ counts, predicted, observed }: ReliabilityCurve): number {
  let total = 0;
  let sum = 0;
  for (let i = 0; i < counts.length; i++) {
    total += counts[i]!;
    sum += counts[i]! * Math.abs(predicted[i]! - observed[i]!);
  }
  return sum / total;
}

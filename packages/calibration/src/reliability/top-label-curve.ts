import type { BinaryLabels } from "../checks.ts";
import { curveOf, type ReliabilityCurve, type ReliabilityCurveOptions } from "./reliability-curve.ts";
import { toRows } from "./rows.ts";

/**
 * The reliability curve of the predicted label: its confidence, max(p, 1 − p), against how often it was right. The
 * label predicted is 1 where p is above ½. This is what "ECE" means where classes are many:
 * `expectedCalibrationError(topLabelCurve(p, y))`. It is blind to a bias towards one class, which makes one label look too
 * sure and the other as much too unsure; where probabilities or odds matter, look at `reliabilityCurve`.
 *
 * @param probabilities - length n, each in [0, 1].
 * @param labels - length n: 0 and 1, -1 and 1, or booleans.
 * @param options - those of `reliabilityCurve`; here there are 15 bins unless told.
 * @returns The curve; `predicted` is the mean confidence and `observed` the accuracy. Cost as of `reliabilityCurve`.
 * @throws {TypeError} if an argument is no array of numbers.
 * @throws {RangeError} if an array is empty or of another length, if a probability, label or weight is out of range, or an option is.
 * @see Guo, Pleiss, Sun and Weinberger (2017), "On calibration of modern neural networks", section 2.
 * @example
 * ```ts
 * import { expectedCalibrationError, topLabelCurve } from "@mhgan/calibration";
 * const curve = topLabelCurve([0.1, 0.9, 0.9, 0.2], [0, 1, 0, 1], { bins: 2 });
 * curve.predicted; // ≈ [0.875]
 * curve.observed; // => [0.5]
 * expectedCalibrationError(curve); // ≈ 0.375
 * ```
 */
export function topLabelCurve(
  probabilities: ArrayLike<number>,
  labels: BinaryLabels,
  options: ReliabilityCurveOptions = {},
): ReliabilityCurve {
  const rows = toRows("topLabelCurve", probabilities, labels, options.weights);
  const confident = {
    probabilities: rows.probabilities.map((p) => Math.max(p, 1 - p)),
    labels: rows.labels.map((label, i) => (rows.probabilities[i]! > 0.5 === (label === 1) ? 1 : 0)),
    weights: rows.weights,
  };
  return curveOf("topLabelCurve", confident, options, 15);
}

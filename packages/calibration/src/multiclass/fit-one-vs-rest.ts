import type { FitCalibrator } from "../calibrator.ts";
import { describe, toGivenWeights } from "../checks.ts";
import { toLabelledRows } from "./class-rows.ts";
import { columnOf, OneVsRestCalibrator } from "./one-vs-rest-calibrator.ts";

/** Options of {@link fitOneVsRest}. */
export interface FitOneVsRestOptions {
  /** k, an integer ≥ 2: the number of scores in a row. */
  readonly classes: number;
  /** What fits the calibrator of each class, for example `fitIsotonic`. */
  readonly fit: FitCalibrator;
  /** Length n, finite, ≥ 0, default all 1. A weight of 2 counts as the row given twice, one of 0 as the row left out. */
  readonly weights?: ArrayLike<number> | undefined;
}

/**
 * Calibrates each class of several against all others, from its own column of the scores, and makes the probabilities of a row add up
 * to 1. Each calibrator by itself is as good as `fit` makes it; adding up to 1 is an afterthought, as in scikit-learn.
 *
 * @param scores - n × k, row-major, finite: in column j, what grows with class j. A `Float32Array` is widened first.
 * @param labels - length n: the class of each row, an integer from 0 to k − 1.
 * @returns A calibrator of each class. k fits.
 * @throws {TypeError} if an argument is no array of numbers, or `fit` no function.
 * @throws {RangeError} if an array is empty, of another length or not finite, if a label is no class, if a weight is negative or all are
 * 0, or if `classes` is out of range.
 * @throws {Error} if the calibrator of a class cannot be fitted: the class is named, and the fit's own error is the cause.
 * @see Zadrozny and Elkan (2002), "Transforming classifier scores into accurate multiclass probability estimates".
 * @example
 * ```ts
 * import { fitOneVsRest, fitPlatt } from "@mhgan/calibration";
 * const scores = [4, 1, 0, 0, 3, 1, 2, 0, 3, 5, 0, 1, 1, 1, 2, 0, 2, 1];
 * const calibrator = fitOneVsRest(scores, [0, 1, 0, 0, 2, 1], { classes: 3, fit: fitPlatt });
 * calibrator.predict([4, 0, 1]); // ≈ [0.7131, 0.1042, 0.1827]
 * ```
 */
export function fitOneVsRest(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  options: FitOneVsRestOptions,
): OneVsRestCalibrator {
  const caller = "fitOneVsRest";
  const checked = toLabelledRows(caller, "scores", scores, labels, options?.classes);
  const { classes, rows, labels: y } = checked;
  const weights = toGivenWeights(caller, options.weights, "labels", y.length);
  const { fit } = options;
  if (typeof fit !== "function") {
    throw new TypeError(`${caller}: fit must be a function, got ${describe(fit)}`);
  }
  const calibrators = Array.from({ length: classes }, (_, label) => {
    const isLabel = y.map((other) => (other === label ? 1 : 0));
    try {
      return fit(columnOf(rows, label, classes), isLabel, { weights });
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`${caller}: class ${label} cannot be fitted: ${message}`, { cause });
    }
  });
  return new OneVsRestCalibrator(calibrators);
}

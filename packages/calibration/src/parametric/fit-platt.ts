import type { BinaryLabels } from "../checks.ts";
import type { ScoreKind } from "../score-kind.ts";
import { toFitRows } from "./fit-rows.ts";
import { minimiseLogLoss } from "./minimise-log-loss.ts";
import { PlattCalibrator } from "./platt-calibrator.ts";
import { scoreReading } from "./score-reading.ts";

/** Options of {@link fitPlatt}. */
export interface FitPlattOptions {
  /**
   * What the scores say. `"unbounded"` (default) and `"logit"` scores enter the formula as they are, `"probability"` through the logit.
   */
  readonly input?: ScoreKind | undefined;
  /** With `input: "probability"`: probabilities are clipped to [clip, 1 − clip], in (0, 0.5), default 2⁻⁵². */
  readonly clip?: number | undefined;
  /** Length n, finite, ≥ 0, default all 1. A weight of 2 counts as the row given twice, one of 0 as the row left out. */
  readonly weights?: ArrayLike<number> | undefined;
}

/**
 * Fits Platt's sigmoid p = 1 / (1 + exp(a·score + b)): logistic regression on targets drawn slightly inwards,
 * (n₁ + 1) / (n₁ + 2) for positives and 1 / (n₀ + 2) for negatives, so that separable classes have a finite fit too.
 * The slope `a` is negative when a higher score means a likelier positive. n₁ and n₀ are sums of weights.
 *
 * Newton's method on standardised scores finds the optimum to machine precision, at any scale of the scores.
 * Where scores are all equal or only one class is present they tell nothing: `a` is 0 and the mean target is predicted.
 *
 * @param scores - length n, finite, in any order: logits or margins as they are, probabilities with `input: "probability"`.
 * A `Float32Array` is widened first.
 * @param labels - length n: 0 and 1, -1 and 1, or booleans.
 * @returns A calibrator of two numbers. O(n) per Newton step, of which about ten are taken, most of them on a part of many rows.
 * @throws {TypeError} if an argument is no array of numbers.
 * @throws {RangeError} if an array is empty, of another length or not finite, if a label is of neither class, if a weight is negative
 * or all are 0, if an option is out of range, if a probability is none, or if the scores span so little that the slope would overflow.
 * @see Platt (1999), "Probabilistic outputs for support vector machines", section 2; Lin, Lin and Weng (2007), "A note on
 * Platt's probabilistic outputs for support vector machines", for Newton's method.
 * @example
 * ```ts
 * import { fitPlatt } from "@mhgan/calibration";
 * const calibrator = fitPlatt([-2, -1, 0, 1, 2], [0, 0, 1, 0, 1]);
 * calibrator.a; // ≈ -0.481
 * calibrator.predict([0, 3]); // ≈ [0.411, 0.747]
 * calibrator.logOdds([1000]); // ≈ [480.5]
 * ```
 */
export function fitPlatt(
  scores: ArrayLike<number>,
  labels: BinaryLabels,
  options: FitPlattOptions = {},
): PlattCalibrator {
  const { input = "unbounded", clip, weights } = options;
  const reading = scoreReading("fitPlatt", { input, clip }, ["probability", "logit", "unbounded"]);
  const rows = toFitRows("fitPlatt", scores, labels, reading, weights);
  const { coefficients, intercept } = minimiseLogLoss({
    rows,
    // One class has one target, which no score can tell anything about.
    columns: rows.negatives > 0 && rows.positives > 0 ? [rows.logits] : [],
    intercept: true,
    penalty: 0,
    slack: [1 / (rows.negatives + 2), 1 / (rows.positives + 2)],
  });
  const a = -coefficients[0];
  const b = -intercept;
  if (!Number.isFinite(a) || !Number.isFinite(b)) {
    throw new RangeError(`fitPlatt: scores must differ by enough for a finite slope, got a slope of ${a}`);
  }
  return new PlattCalibrator(reading, a, b);
}

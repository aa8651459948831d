import { type BinaryLabels, checkChoice, toBinaryLabels, toGivenWeights, toNonEmpty } from "../checks.ts";
import { isotonicBlocks, type SortedRows, sortedRows } from "./isotonic-blocks.ts";
import { checkSpan, IsotonicCalibrator, type OutOfBounds } from "./isotonic-calibrator.ts";
import type { IsotonicSteps, Tails } from "./tails/tails.ts";

/** Options of {@link fitCentredIsotonic}. */
export interface FitCentredIsotonicOptions {
  /** Length n, finite, ≥ 0, default all 1. A weight of 2 counts as the row given twice, one of 0 as the row left out. */
  readonly weights?: ArrayLike<number> | undefined;
  /** What `predict` answers beyond the centres of the outer blocks. Default `"clip"`: the value at the nearest centre. */
  readonly outOfBounds?: OutOfBounds | undefined;
  /** What is done to the lowest and the highest blocks, as in `fitIsotonic`. Default: nothing, so that they may be 0 and 1. */
  readonly tails?: Tails | undefined;
}

/**
 * Fits a strictly increasing function from scores to probabilities: isotonic regression whose blocks become single points.
 *
 * Each block of equal probability counts at the weighted mean of its scores, and lines connect these points. So scores
 * that differ keep different probabilities, in order, where `fitIsotonic` makes ties of all that share a block; only beyond the
 * outermost points the function is flat. It has the same blocks, and near their centres the same values.
 *
 * @param scores - length n, finite, in any order. A `Float32Array` is widened first.
 * @param labels - length n: 0 and 1, -1 and 1, or booleans.
 * @returns A calibrator with one knot for each block. O(n).
 * @throws {TypeError} if an argument is no array of numbers.
 * @throws {RangeError} if an array is empty, of another length or not finite, if a label is of neither class, if a weight is negative
 * or all are 0, or if an option is out of range.
 * @see Oron and Flournoy (2017), "Centered isotonic regression: point and interval estimation for dose-response studies".
 * @example
 * ```ts
 * import { fitCentredIsotonic } from "@mhgan/calibration";
 * const calibrator = fitCentredIsotonic([1, 2, 3, 4, 5], [0, 1, 0, 0, 1]);
 * calibrator.thresholds; // => [1, 3, 5]
 * calibrator.predict([2, 3, 4]); // ≈ [0.1667, 0.3333, 0.6667]
 * ```
 */
export function fitCentredIsotonic(
  scores: ArrayLike<number>,
  labels: BinaryLabels,
  options: FitCentredIsotonicOptions = {},
): IsotonicCalibrator {
  const { outOfBounds = "clip", tails } = options;
  const x = toNonEmpty("fitCentredIsotonic", "scores", scores);
  const y = toBinaryLabels("fitCentredIsotonic", labels, "scores", x.length);
  const w = toGivenWeights("fitCentredIsotonic", options.weights, "scores", x.length);
  checkChoice("fitCentredIsotonic", "outOfBounds", outOfBounds, ["clip", "nan", "throw"]);

  const rows = sortedRows(x, y, w);
  const blocks = isotonicBlocks("fitCentredIsotonic", rows);
  const steps: IsotonicSteps = tails ? tails(blocks) : { ...blocks, values: blocks.means };
  const thresholds = centres(steps, rows);
  checkSpan("fitCentredIsotonic", "scores", thresholds);
  return new IsotonicCalibrator({
    increasing: true,
    outOfBounds,
    thresholds,
    values: Float64Array.from(steps.values),
  });
}

/** The weighted mean score of the rows of each step. */
function centres({ firsts, lasts }: IsotonicSteps, { scores, weights }: SortedRows): Float64Array {
  let row = 0;
  return firsts.map((first, step) => {
    const end = step + 1 < firsts.length ? firsts[step + 1]! : Infinity;
    while (scores[row]! < first) row++;
    let mean = first;
    let total = 0;
    for (; row < scores.length && scores[row]! < end; row++) {
      const weight = weights === undefined ? 1 : weights[row]!;
      if (weight === 0) continue;
      total += weight;
      // Running means, since sums of scores or of their products with weights could overflow.
      mean += (weight / total) * (scores[row]! - mean);
    }
    return Math.min(lasts[step]!, Math.max(first, mean));
  });
}

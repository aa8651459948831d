import type { BinaryLabels } from "../checks.ts";
import { type Rows, toRows, type WeightOptions } from "./rows.ts";
import { weightedMean } from "./weighted-mean.ts";

/**
 * The Brier score: the mean of (p − y)², y being 0 or 1. A proper score: in expectation nothing beats the true probabilities.
 *
 * @param probabilities - length n, each in [0, 1].
 * @param labels - length n: 0 and 1, -1 and 1, or booleans.
 * @returns A number in [0, 1]; 0 is perfect, ¼ is what ½ gets everywhere. O(n).
 * @throws {TypeError} if an argument is no array of numbers.
 * @throws {RangeError} if an array is empty or of another length, or a probability, label or weight is out of range.
 * @see Brier (1950), "Verification of forecasts expressed in terms of probability"; this is half of his, whose sum is over both classes.
 * @example
 * ```ts
 * import { brierScore } from "@mhgan/calibration";
 * brierScore([0.5, 0.75], [1, 1]); // => 0.15625
 * ```
 */
export function brierScore(
  probabilities: ArrayLike<number>,
  labels: BinaryLabels,
  options: WeightOptions = {},
): number {
  return meanSquaredError(toRows("brierScore", probabilities, labels, options.weights));
}

/** @internal As {@link brierScore}, for rows that a caller has checked under its own name. */
export function meanSquaredError({ probabilities, labels, weights }: Rows): number {
  return weightedMean(
    probabilities.map((p, i) => (p - labels[i]!) ** 2),
    weights,
  );
}

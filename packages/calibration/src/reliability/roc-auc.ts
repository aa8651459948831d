import { type BinaryLabels, toBinaryLabels, toNonEmpty } from "../checks.ts";
import { averageRanks } from "../numerics/average-ranks.ts";

/**
 * The area under the ROC curve: the chance that a random positive scores above a random negative, a tie counting one half.
 *
 * For a calibrated discriminator, 2·(1 − AUC) is the acceptance rate of a stationary independence Metropolis-Hastings chain.
 *
 * @param scores - length n, finite, in any order; only their order matters.
 * @param labels - length n, of both classes: 0 and 1, -1 and 1, or booleans.
 * @returns A number in [0, 1]; ½ for scores that tell nothing. O(n).
 * @throws {TypeError} if an argument is no array of numbers.
 * @throws {RangeError} if an array is empty, of another length or not finite, or if only one class is present.
 * @see Hanley and McNeil (1982), "The meaning and use of the area under a ROC curve".
 * @example
 * ```ts
 * import { rocAuc } from "@mhgan/calibration";
 * rocAuc([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1]); // => 0.75
 * ```
 */
export function rocAuc(scores: ArrayLike<number>, labels: BinaryLabels): number {
  const x = toNonEmpty("rocAuc", "scores", scores);
  const y = toBinaryLabels("rocAuc", labels, "scores", x.length);
  const ranks = averageRanks(x);
  let positives = 0;
  let rankSum = 0;
  for (let i = 0; i < y.length; i++) {
    positives += y[i]!;
    rankSum += y[i]! * ranks[i]!;
  }
  const negatives = y.length - positives;
  if (positives === 0 || negatives === 0) {
    throw new RangeError(`rocAuc: labels must contain both classes, got only ${positives > 0 ? 1 : 0}`);
  }
  // The rank of a positive counts the rows below it; take away the positives among them.
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}

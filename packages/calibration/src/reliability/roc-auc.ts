import { type BinaryLabels, toBinaryLabels, toNonEmpty, toWeights } from "../checks.ts";
import { ascendingOrder } from "../numerics/ascending-order.ts";
import type { WeightOptions } from "./rows.ts";

/**
 * The area under the ROC curve: the chance that a random positive scores above a random negative, a tie counting one half.
 *
 * For a calibrated discriminator, 2·(1 − AUC) is the acceptance rate of a stationary independence Metropolis-Hastings chain.
 *
 * @param scores - length n, finite, in any order; only their order matters.
 * @param labels - length n, of both classes: 0 and 1, -1 and 1, or booleans.
 * @param options - with weights, rows are drawn in proportion to them.
 * @returns A number in [0, 1]; ½ for scores that tell nothing. O(n).
 * @throws {TypeError} if an argument is no array of numbers.
 * @throws {RangeError} if an array is empty, of another length or not finite, if a weight is negative, or if only one class has weight.
 * @see Hanley and McNeil (1982), "The meaning and use of the area under a ROC curve".
 * @example
 * ```ts
 * import { rocAuc } from "@mhgan/calibration";
 * rocAuc([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1]); // => 0.75
 * rocAuc([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1], { weights: [2, 2, 4, 0] }); // => 0.5
 * ```
 */
export function rocAuc(scores: ArrayLike<number>, labels: BinaryLabels, options: WeightOptions = {}): number {
  const x = toNonEmpty("rocAuc", "scores", scores);
  const y = toBinaryLabels("rocAuc", labels, "scores", x.length);
  const w = toWeights("rocAuc", options.weights, "scores", x.length);
  const { sorted, order } = ascendingOrder(x);
  // Products of weights must neither overflow nor vanish, whatever their scale.
  const unit = w.reduce((largest, weight) => Math.max(largest, weight), 0);
  let positives = 0;
  let negatives = 0;
  let inOrder = 0;
  for (let start = 0, end = 0; start < sorted.length; start = end) {
    let tiedPositives = 0;
    let tiedNegatives = 0;
    for (; end < sorted.length && sorted[end] === sorted[start]; end++) {
      const row = order[end]!;
      if (y[row] === 1) tiedPositives += w[row]! / unit;
      else tiedNegatives += w[row]! / unit;
    }
    inOrder += tiedPositives * (negatives + tiedNegatives / 2);
    positives += tiedPositives;
    negatives += tiedNegatives;
  }
  if (positives === 0 || negatives === 0) {
    throw new RangeError(`rocAuc: labels must contain both classes, got only ${positives > 0 ? 1 : 0}`);
  }
  return inOrder / (positives * negatives);
}

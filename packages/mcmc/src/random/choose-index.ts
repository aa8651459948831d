/**
 * Draws an index with probability proportional to its weight.
 *
 * Takes one value from `random`. O(n): to draw many from the same weights, resample instead.
 *
 * @param random - uniform on [0, 1).
 * @param weights - finite, not negative, not all 0.
 * @throws {RangeError} if the weights are anything else.
 * @example
 * ```ts
 * import { chooseIndex, randomStream } from "@mhgan/mcmc";
 * chooseIndex(randomStream(1), [0, 3, 0]); // => 1
 * ```
 */
export function chooseIndex(random: () => number, weights: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i]!;
    if (!(weight >= 0)) {
      throw new RangeError(
        `chooseIndex: weights must be finite and not negative, got ${weight} at index ${i}`,
      );
    }
    total += weight;
  }
  if (!(total > 0 && total < Infinity)) {
    throw new RangeError(`chooseIndex: weights must have a finite positive sum, got ${total}`);
  }
  let left = random() * total;
  let last = 0;
  for (let i = 0; i < weights.length; i++) {
    if (weights[i]! === 0) continue;
    last = i;
    left -= weights[i]!;
    if (left < 0) return i;
  }
  // Rounding in the sum can leave a trace: it belongs to the last index that has a weight.
  return last;
}

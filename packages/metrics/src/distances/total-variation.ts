import { requireLength, requireMasses } from "../requirements.ts";

/**
 * The total variation between two distributions over the same bins: the largest difference in probability that any set
 * of bins has under the two, `½ Σ |p − q|`.
 *
 * @param p - numbers from 0, such as counts; scaled to sum 1.
 * @param q - the same, as long as `p`.
 * @returns a number in [0, 1]. O(bins).
 * @throws {RangeError} if the lengths differ, a number is negative or NaN, or a sum is 0 or not finite.
 * @see Levin and Peres, Markov chains and mixing times, section 4.1.
 * @example
 * ```ts
 * import { totalVariation } from "@mhgan/metrics";
 * totalVariation([2, 1, 1], [0.25, 0.25, 0.5]); // => 0.25
 * ```
 */
export function totalVariation(p: ArrayLike<number>, q: ArrayLike<number>): number {
  requireLength("totalVariation", "q", q, p.length);
  const pSum = requireMasses("totalVariation", "p", p);
  const qSum = requireMasses("totalVariation", "q", q);
  let distance = 0;
  for (let i = 0; i < p.length; i++) distance += Math.abs(p[i]! / pSum - q[i]! / qSum);
  return Math.min(distance / 2, 1);
}

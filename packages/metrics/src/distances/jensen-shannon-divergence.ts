import { requireLength, requireMasses } from "../requirements.ts";

/**
 * The Jensen-Shannon divergence between two distributions over the same bins, in nats.
 *
 * `½ KL(p ‖ m) + ½ KL(q ‖ m)` with `m = ½ (p + q)`: 0 if they are equal, log 2 ≈ 0.6931 if they share no bin. Of n
 * draws from q over k bins that q fills, it is about `(k − 1) / (8 n)` on average, never 0: the floor to compare with.
 *
 * @param p - numbers from 0, such as counts; scaled to sum 1. An empty bin adds nothing of its own.
 * @param q - the same, as long as `p`.
 * @returns a number in [0, log 2]; exactly the same if p and q change places. O(bins).
 * @throws {RangeError} if the lengths differ, a number is negative or NaN, or a sum is 0 or not finite.
 * @see Lin (1991), Divergence measures based on the Shannon entropy.
 * @example
 * ```ts
 * import { jensenShannonDivergence } from "@mhgan/metrics";
 * jensenShannonDivergence([1, 0], [0, 1]); // ≈ 0.6931
 * jensenShannonDivergence([3, 1], [6, 2]); // => 0
 * ```
 */
export function jensenShannonDivergence(p: ArrayLike<number>, q: ArrayLike<number>): number {
  requireLength("jensenShannonDivergence", "q", q, p.length);
  const pSum = requireMasses("jensenShannonDivergence", "p", p);
  const qSum = requireMasses("jensenShannonDivergence", "q", q);
  let divergence = 0;
  for (let i = 0; i < p.length; i++) {
    const a = p[i]! / pSum;
    const b = q[i]! / qSum;
    if (a === b) continue;
    // With contrast c, a = m (1 + c) and b = m (1 − c): no cancellation where p and q are close.
    const contrast = (a - b) / (a + b);
    divergence += ((a + b) / 4) * (entropyTerm(contrast) + entropyTerm(-contrast));
  }
  return Math.min(divergence, Math.LN2);
}

/** (1 + c) log(1 + c), which is 0 at c = −1. */
function entropyTerm(contrast: number): number {
  return contrast === -1 ? 0 : (1 + contrast) * Math.log1p(contrast);
}

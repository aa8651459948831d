import { describe } from "../../checks.ts";
import type { IsotonicBlocks } from "../pool-adjacent-violators.ts";
import { type IsotonicSteps, Pool, type Tails } from "./tails.ts";

/** Options of {@link smoothedTails}. */
export interface SmoothedTailsOptions {
  /** The rows of either class that are added to every block, > 0; ½ is Krichevsky and Trofimov's, 1 Laplace's. Default ½. */
  readonly pseudoCount?: number | undefined;
}

/**
 * Adds `pseudoCount` rows of either class to every block: n₁ positives of n rows become (n₁ + a) / (n + 2a). It matters
 * most in the tails, whose blocks are pure. Neighbours that are out of order after that become one block. O(blocks).
 *
 * Heavy smoothing pulls every block towards ½, so that the mean weight E_q[w] leaves 1; `pooledTails` touches the tails alone.
 *
 * @throws {RangeError} if `pseudoCount` is not a positive finite number.
 * @see Krichevsky and Trofimov (1981), "The performance of universal encoding".
 * @example
 * ```ts
 * import { fitIsotonic, smoothedTails } from "@mhgan/calibration";
 * const tails = smoothedTails({ pseudoCount: 1 });
 * fitIsotonic([1, 2, 3, 4], [0, 0, 1, 1], { tails }).predict([1, 4]); // => [0.25, 0.75]
 * ```
 */
export function smoothedTails(options: SmoothedTailsOptions = {}): Tails {
  const { pseudoCount = 0.5 } = options;
  if (!(typeof pseudoCount === "number" && pseudoCount > 0 && pseudoCount < Infinity)) {
    throw new RangeError(
      `smoothedTails: pseudoCount must be a positive finite number, got ${describe(pseudoCount)}`,
    );
  }
  return (blocks) => smoothTails(blocks, pseudoCount);
}

function smoothTails(blocks: IsotonicBlocks, pseudoCount: number): IsotonicSteps {
  const { firsts, lasts } = blocks;
  const pools: Pool[] = [];
  for (let block = 0; block < firsts.length; block++) {
    const pool = new Pool(blocks, pseudoCount).add(block);
    while (pools.length > 0 && pools.at(-1)!.value >= pool.value) pool.absorb(pools.pop()!);
    pools.push(pool);
  }
  const ends = new Uint32Array(pools.length);
  for (let i = 0, end = 0; i < pools.length; i++) ends[i] = end += pools[i]!.size;
  return {
    firsts: Float64Array.from(pools, ({ size }, i) => firsts[ends[i]! - size]!),
    lasts: Float64Array.from(ends, (end) => lasts[end - 1]!),
    values: Float64Array.from(pools, ({ value }) => value),
  };
}

import { describe } from "../../checks.ts";
import type { IsotonicBlocks } from "../pool-adjacent-violators.ts";
import { type IsotonicSteps, Pool, type Tails } from "./tails.ts";

/** Options of {@link pooledTails}. */
export interface PooledTailsOptions {
  /** The negatives that the top tail, and the positives that the bottom tail, must hold, > 0. Default 5. */
  readonly count?: number | undefined;
}

/** What Krichevsky and Trofimov add to either class. */
const PSEUDO_COUNT = 0.5;

/**
 * Pools the outer blocks until each tail has seen both classes, and smooths the two tails: odds as large as the
 * data warrant, and no larger. What lies between the tails stays as it is.
 *
 * The top tail is the shortest run of blocks from the top that holds `count` negatives, the bottom tail the
 * shortest from the bottom that holds `count` positives. A tail of n rows with n₁ positives gets
 * (n₁ + ½) / (n + 1), which lies strictly between 0 and 1 (Krichevsky and Trofimov 1981). A tail whose smoothed value
 * would step over its neighbour takes the neighbour in. Weights count as rows here: let them add up to a number of rows, not to 1.
 *
 * Where the tails meet there is too little overlap between the classes for two tails and a middle. What is left is
 * one cut into two smoothed steps, or none, whichever is likeliest. So perfectly separated classes stay
 * separated, at odds that their counts warrant, and one class alone gives one step. O(blocks).
 *
 * @throws {RangeError} if `count` is not a positive finite number.
 * @example
 * ```ts
 * import { fitIsotonic, pooledTails } from "@mhgan/calibration";
 * const scores = [-1.2, -0.8, -0.5, -0.1, 0.2, 0.3, 0.7, 1.1, 1.6, 2.0];
 * const labels = [0, 0, 0, 1, 0, 0, 1, 1, 0, 1];
 * fitIsotonic(scores, labels).predict([-10, 0.5, 10]); // => [0, 0.5, 1]
 * const tails = pooledTails({ count: 1 });
 * fitIsotonic(scores, labels, { tails }).predict([-10, 0.5, 10]); // ≈ [0.2143, 0.4571, 0.7]
 * ```
 */
export function pooledTails(options: PooledTailsOptions = {}): Tails {
  const { count = 5 } = options;
  if (!(typeof count === "number" && count > 0 && count < Infinity)) {
    throw new RangeError(`pooledTails: count must be a positive finite number, got ${describe(count)}`);
  }
  return (blocks) => poolTails(blocks, count);
}

function poolTails(blocks: IsotonicBlocks, tailCount: number): IsotonicSteps {
  const { firsts, lasts, means } = blocks;
  const count = means.length;
  const bottom = new Pool(blocks, PSEUDO_COUNT);
  while (bottom.size < count && bottom.positives < tailCount) bottom.add(bottom.size);
  const top = new Pool(blocks, PSEUDO_COUNT);
  while (top.size < count && top.negatives < tailCount) top.add(count - 1 - top.size);
  const between = (): number => count - bottom.size - top.size;

  while (between() > 0 && bottom.value > means[bottom.size]!) bottom.add(bottom.size);
  while (between() > 0 && top.value < means[count - 1 - top.size]!) top.add(count - 1 - top.size);
  if (between() < 0 || (between() === 0 && bottom.value > top.value)) return likeliestCut(blocks);

  const middle = [bottom.size, count - top.size] as const;
  return {
    firsts: Float64Array.from([firsts[0]!, ...firsts.subarray(...middle), firsts[middle[1]]!]),
    lasts: Float64Array.from([lasts[middle[0] - 1]!, ...lasts.subarray(...middle), lasts[count - 1]!]),
    values: Float64Array.from([bottom.value, ...means.subarray(...middle), top.value]),
  };
}

/** One smoothed step, or two, cut where the labels are likeliest; of equals the lower cut, whose top odds are smaller. */
function likeliestCut(blocks: IsotonicBlocks): IsotonicSteps {
  const { firsts, lasts } = blocks;
  const count = blocks.means.length;
  const right = new Pool(blocks, PSEUDO_COUNT);
  const above = new Float64Array(count);
  const aboveLogLikelihood = new Float64Array(count);
  for (let k = count - 1; k >= 0; k--) {
    right.add(k);
    above[k] = right.value;
    aboveLogLikelihood[k] = right.logLikelihood;
  }
  let best = right.logLikelihood;
  let cuts: number[] = [];
  let values = [right.value];
  const left = new Pool(blocks, PSEUDO_COUNT);
  for (let k = 1; k < count; k++) {
    left.add(k - 1);
    const logLikelihood = left.logLikelihood + aboveLogLikelihood[k]!;
    if (left.value > above[k]! || logLikelihood <= best) continue;
    best = logLikelihood;
    cuts = [k];
    values = [left.value, above[k]!];
  }
  return {
    firsts: Float64Array.from([0, ...cuts], (k) => firsts[k]!),
    lasts: Float64Array.from([...cuts, count], (k) => lasts[k - 1]!),
    values: Float64Array.from(values),
  };
}

import type { Blocks } from "./pool-adjacent-violators.ts";

/** A step function of the score; every array has one entry per step. */
export interface Steps {
  /** The first score of the step. */
  readonly firsts: Float64Array;
  /** The last score of the step. */
  readonly lasts: Float64Array;
  /** The value of the step, non-decreasing. */
  readonly values: Float64Array;
}

/**
 * Pools the outer blocks of a fit to 0/1 labels until each tail has seen both classes, and smooths the two tails.
 *
 * The top tail is the shortest run of blocks from the top that holds `tailCount` negatives, the bottom tail the
 * shortest from the bottom that holds `tailCount` positives. A tail of weight n with n₁ positives gets
 * (n₁ + ½) / (n + 1), which lies strictly between 0 and 1 (Krichevsky and Trofimov 1981). A tail whose smoothed value
 * would step over its neighbour takes the neighbour in.
 *
 * Where the tails meet there is too little overlap between the classes for two tails and a middle. What is left is
 * one cut into two smoothed steps, or none, whichever is likeliest. So perfectly separated classes stay
 * separated, at odds that their counts warrant.
 *
 * O(blocks).
 */
export function poolTails(blocks: Blocks, tailCount: number): Steps {
  const { firsts, lasts, means } = blocks;
  const count = means.length;
  const bottom = new Tail(blocks);
  while (bottom.size < count && bottom.positives < tailCount) bottom.add(bottom.size);
  const top = new Tail(blocks);
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
function likeliestCut(blocks: Blocks): Steps {
  const { firsts, lasts } = blocks;
  const count = blocks.means.length;
  const right = new Tail(blocks);
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
  const left = new Tail(blocks);
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

/** A growing pool of blocks. */
class Tail {
  readonly #blocks: Blocks;
  size = 0;
  positives = 0;
  negatives = 0;

  constructor(blocks: Blocks) {
    this.#blocks = blocks;
  }

  add(block: number): void {
    this.size++;
    this.positives += this.#blocks.sums[block]!;
    this.negatives += this.#blocks.weights[block]! - this.#blocks.sums[block]!;
  }

  /** (n₁ + ½) / (n + 1), kept below 1 where weights are so large that it would round to 1. */
  get value(): number {
    const smoothed = (this.positives + 0.5) / (this.positives + this.negatives + 1);
    return Math.min(smoothed, 1 - Number.EPSILON / 2);
  }

  get logLikelihood(): number {
    return this.positives * Math.log(this.value) + this.negatives * Math.log1p(-this.value);
  }
}

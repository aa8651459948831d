import type { IsotonicBlocks } from "../pool-adjacent-violators.ts";

/** A step function of the score, in ascending order; every array has one entry per step. */
export interface IsotonicSteps {
  /** The first score of the step. */
  readonly firsts: Float64Array;
  /** The last score of the step. */
  readonly lasts: Float64Array;
  /** The value of the step, non-decreasing. */
  readonly values: Float64Array;
}

/**
 * What becomes of the blocks of an isotonic fit to labels 0 and 1, whose lowest mean is often 0 and whose highest 1:
 * a function from blocks to steps that cover the same scores. `pooledTails`, `clippedTails` and `smoothedTails` make one.
 *
 * @example
 * ```ts
 * import { fitIsotonic, type Tails } from "@mhgan/calibration";
 * const boldly: Tails = ({ firsts, lasts, means }) => ({ firsts, lasts, values: means.map((p) => 0.01 + 0.98 * p) });
 * fitIsotonic([1, 2], [0, 1], { tails: boldly }).predict([1, 2]); // ≈ [0.01, 0.99]
 * ```
 */
export type Tails = (blocks: IsotonicBlocks) => IsotonicSteps;

/** Rows of some blocks, pooled, and what a smoothed share of positives says of them. */
export class Pool {
  readonly #blocks: IsotonicBlocks;
  readonly #pseudoCount: number;
  /** How many blocks there are in it. */
  size = 0;
  positives = 0;
  negatives = 0;

  constructor(blocks: IsotonicBlocks, pseudoCount: number) {
    this.#blocks = blocks;
    this.#pseudoCount = pseudoCount;
  }

  add(block: number): this {
    this.size++;
    this.positives += this.#blocks.sums[block]!;
    this.negatives += this.#blocks.weights[block]! - this.#blocks.sums[block]!;
    return this;
  }

  absorb(other: Pool): void {
    this.size += other.size;
    this.positives += other.positives;
    this.negatives += other.negatives;
  }

  /** (n₁ + a) / (n + 2a), kept below 1 where weights are so large that it would round to 1. */
  get value(): number {
    const smoothed =
      (this.positives + this.#pseudoCount) / (this.positives + this.negatives + 2 * this.#pseudoCount);
    return Math.min(smoothed, 1 - Number.EPSILON / 2);
  }

  get logLikelihood(): number {
    return this.positives * Math.log(this.value) + this.negatives * Math.log1p(-this.value);
  }
}

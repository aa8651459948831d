/** Consecutive points of a monotone fit, pooled; every array has one entry per block. */
export interface Blocks {
  /** The score of the first point. */
  readonly firsts: Float64Array;
  /** The score of the last point. */
  readonly lasts: Float64Array;
  /** The weighted sum of the labels. */
  readonly sums: Float64Array;
  /** The sum of the weights, > 0. */
  readonly weights: Float64Array;
  /** `sums / weights`, strictly increasing. */
  readonly means: Float64Array;
}

/**
 * Pool-adjacent-violators, the weighted least-squares fit of a non-decreasing sequence, point by point: as long as the
 * last block's mean is not above that of the block before it, the two become one.
 *
 * Blocks carry sums rather than means, so counts stay exact whatever the order of pooling. O(1) per point, amortised;
 * memory is touched for blocks only, of which calibration has few.
 *
 * @see Best and Chakravarti (1990), "Active set algorithms for isotonic regression", section 3.
 */
export class PoolAdjacentViolators {
  readonly #firsts: Float64Array;
  readonly #lasts: Float64Array;
  readonly #sums: Float64Array;
  readonly #weights: Float64Array;
  readonly #means: Float64Array;
  #count = 0;

  /** @param capacity - the number of points that will be added at most. */
  constructor(capacity: number) {
    this.#firsts = new Float64Array(capacity);
    this.#lasts = new Float64Array(capacity);
    this.#sums = new Float64Array(capacity);
    this.#weights = new Float64Array(capacity);
    this.#means = new Float64Array(capacity);
  }

  /** Adds the next point, in ascending order of scores; `sum` is its weight times its label. */
  add(score: number, sum: number, weight: number): void {
    const means = this.#means;
    let first = score;
    let blockSum = sum;
    let blockWeight = weight;
    let mean = sum / weight;
    let block = this.#count;
    while (block > 0 && means[block - 1]! >= mean) {
      block--;
      first = this.#firsts[block]!;
      blockSum += this.#sums[block]!;
      blockWeight += this.#weights[block]!;
      mean = blockSum / blockWeight;
    }
    this.#firsts[block] = first;
    this.#lasts[block] = score;
    this.#sums[block] = blockSum;
    this.#weights[block] = blockWeight;
    means[block] = mean;
    this.#count = block + 1;
  }

  /** Forgets all points, to pool others in the same memory. */
  clear(): void {
    this.#count = 0;
  }

  blocks(): Blocks {
    return {
      firsts: this.#firsts.slice(0, this.#count),
      lasts: this.#lasts.slice(0, this.#count),
      sums: this.#sums.slice(0, this.#count),
      weights: this.#weights.slice(0, this.#count),
      means: this.#means.slice(0, this.#count),
    };
  }
}

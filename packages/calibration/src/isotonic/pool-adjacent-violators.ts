/** Consecutive blocks of a monotone fit, in ascending order of the score; every array has one entry per block. */
export interface IsotonicBlocks {
  /** The score of the first row. */
  readonly firsts: Float64Array;
  /** The score of the last row. */
  readonly lasts: Float64Array;
  /** The weighted sum of the labels: for labels 0 and 1, of the positives. */
  readonly sums: Float64Array;
  /** The sum of the weights, > 0. */
  readonly weights: Float64Array;
  /** `sums / weights`, strictly increasing. */
  readonly means: Float64Array;
}

/** What {@link poolAdjacentViolators} returns. */
export interface Pooling {
  /**
   * Adds the next point, in ascending order of scores, of positive weight; `sum` is its weight times its label. A run of rows that
   * share a block in any case may be added as one point, from `first` to `last`.
   */
  add(first: number, last: number, sum: number, weight: number): void;
  /** The blocks of the points so far, as views that are good until the next point; the next point starts over. */
  blocks(): IsotonicBlocks;
}

/**
 * The weighted least-squares fit of a non-decreasing sequence, point by point: as long as the mean of the last block is not
 * above that of the block before it, the two become one.
 *
 * Blocks carry sums rather than means, so counts stay exact whatever the order of pooling. O(1) per point, amortised;
 * memory is touched for blocks only, of which calibration has few.
 *
 * @param capacity - the number of points that will be added at most.
 * @see Best and Chakravarti (1990), "Active set algorithms for isotonic regression", section 3.
 */
export function poolAdjacentViolators(capacity: number): Pooling {
  const column = (): Float64Array => new Float64Array(capacity);
  const firsts = column();
  const lasts = column();
  const sums = column();
  const weights = column();
  const means = column();
  let count = 0;
  return {
    add(first, last, sum, weight) {
      firsts[count] = first;
      lasts[count] = last;
      sums[count] = sum;
      weights[count] = weight;
      means[count] = sum / weight;
      for (; count > 0 && means[count - 1]! >= means[count]!; count--) {
        lasts[count - 1] = last;
        sums[count - 1]! += sums[count]!;
        weights[count - 1]! += weights[count]!;
        means[count - 1] = sums[count - 1]! / weights[count - 1]!;
      }
      count++;
    },
    blocks() {
      const end = count;
      const kept = (all: Float64Array): Float64Array => all.subarray(0, end);
      count = 0;
      return {
        firsts: kept(firsts),
        lasts: kept(lasts),
        sums: kept(sums),
        weights: kept(weights),
        means: kept(means),
      };
    },
  };
}

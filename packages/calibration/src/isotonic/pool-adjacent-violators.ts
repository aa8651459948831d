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

/** Room for points in ascending order of the score, which {@link poolAdjacentViolators} makes blocks of, in place. */
export type Points = Omit<IsotonicBlocks, "means">;

/** Room for this many points. */
export function emptyPoints(capacity: number): Points {
  const column = (): Float64Array => new Float64Array(capacity);
  return { firsts: column(), lasts: column(), sums: column(), weights: column() };
}

/**
 * The weighted least-squares fit of a non-decreasing sequence: as long as the mean of a point is not above that of the
 * block before it, the two become one.
 *
 * Blocks carry sums rather than means, so counts stay exact whatever the order of pooling. The blocks overwrite the
 * points. O(points).
 *
 * @param points - of positive weight.
 * @param count - how many of them there are; the arrays may be longer.
 * @returns Views of the arrays of `points`, as long as there are blocks.
 * @see Best and Chakravarti (1990), "Active set algorithms for isotonic regression", section 3.
 */
export function poolAdjacentViolators(points: Points, count: number): IsotonicBlocks {
  const { firsts, lasts, sums, weights } = points;
  const means = new Float64Array(count);
  let blocks = 0;
  for (let i = 0; i < count; i++) {
    let first = firsts[i]!;
    let sum = sums[i]!;
    let weight = weights[i]!;
    let mean = sum / weight;
    while (blocks > 0 && means[blocks - 1]! >= mean) {
      blocks--;
      first = firsts[blocks]!;
      sum += sums[blocks]!;
      weight += weights[blocks]!;
      mean = sum / weight;
    }
    firsts[blocks] = first;
    lasts[blocks] = lasts[i]!;
    sums[blocks] = sum;
    weights[blocks] = weight;
    means[blocks++] = mean;
  }
  const kept = (column: Float64Array): Float64Array => column.subarray(0, blocks);
  return {
    firsts: kept(firsts),
    lasts: kept(lasts),
    sums: kept(sums),
    weights: kept(weights),
    means: kept(means),
  };
}

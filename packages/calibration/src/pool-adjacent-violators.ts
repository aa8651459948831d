/** Consecutive points pooled into blocks. */
export interface Blocks {
  /** Length blocks + 1: block `k` holds the points from `starts[k]` up to, not including, `starts[k + 1]`. */
  readonly starts: Uint32Array;
  /** Length blocks: the weighted sum of the labels in each block. */
  readonly sums: Float64Array;
  /** Length blocks: the weight of each block, > 0. */
  readonly weights: Float64Array;
  /** Length blocks: `sums / weights`, strictly increasing. */
  readonly means: Float64Array;
}

/**
 * Weighted least-squares fit of a non-decreasing sequence: as long as a block's mean is not above the one before it,
 * the two become one. Sums rather than means are carried, so counts stay exact whatever the order of pooling. O(n).
 *
 * @param sums - length n, weight times label of each point.
 * @param weights - length n, > 0.
 * @see Best and Chakravarti (1990), "Active set algorithms for isotonic regression", section 3.
 */
export function poolAdjacentViolators(sums: Float64Array, weights: Float64Array): Blocks {
  const n = sums.length;
  const starts = new Uint32Array(n + 1);
  const blockSums = new Float64Array(n);
  const blockWeights = new Float64Array(n);
  const means = new Float64Array(n);
  let blocks = 0;
  for (let i = 0; i < n; i++) {
    let start = i;
    let sum = sums[i]!;
    let weight = weights[i]!;
    let mean = sum / weight;
    while (blocks > 0 && means[blocks - 1]! >= mean) {
      blocks--;
      start = starts[blocks]!;
      sum += blockSums[blocks]!;
      weight += blockWeights[blocks]!;
      mean = sum / weight;
    }
    starts[blocks] = start;
    blockSums[blocks] = sum;
    blockWeights[blocks] = weight;
    means[blocks] = mean;
    blocks++;
  }
  starts[blocks] = n;
  return {
    starts: starts.slice(0, blocks + 1),
    sums: blockSums.slice(0, blocks),
    weights: blockWeights.slice(0, blocks),
    means: means.slice(0, blocks),
  };
}

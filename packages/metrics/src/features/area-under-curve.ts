/**
 * The chance that a random positive scores above a random negative, a tie counting one half. O(n log n).
 *
 * @internal
 */
export function areaUnderCurve(positives: Float64Array, negatives: Float64Array): number {
  const high = positives.slice().sort();
  const low = negatives.slice().sort();
  let pairs = 0;
  let below = 0;
  let upTo = 0;
  for (const score of high) {
    while (below < low.length && low[below]! < score) below++;
    while (upTo < low.length && low[upTo]! <= score) upTo++;
    pairs += (below + upTo) / 2;
  }
  return pairs / (high.length * low.length);
}

/**
 * Makes a function that finds the last knot at or below a score: in a constant number of steps where knots are spread out, in
 * O(log k) at worst.
 *
 * The range is cut into equal buckets, two for each knot, that remember which knots they hold; a binary search among
 * these does the rest. Scores and knots are put into buckets by the same rounded arithmetic, so a score
 * cannot miss its bucket.
 *
 * @param knots - at least 2, strictly ascending, of finite span. O(k).
 * @returns the index of the last knot ≤ score, for a score from the first knot to below the last.
 * @see Chen and Asau (1974), "On generating random variates from an empirical distribution", for guide tables.
 */
export function knotGuide(knots: Float64Array): (score: number) => number {
  const buckets = 2 * knots.length;
  const first = knots[0]!;
  const scale = buckets / (knots[knots.length - 1]! - first);
  // Of the smallest spans the scale is infinite: then the first bucket holds all.
  const bucketOf = (score: number): number => ((score - first) * scale) | 0;
  // So many knots lie in the buckets before this one.
  const before = new Uint32Array(buckets + 2);
  for (const knot of knots) before[bucketOf(knot) + 1]!++;
  for (let bucket = 1; bucket < before.length; bucket++) before[bucket]! += before[bucket - 1]!;
  return (score) => {
    const bucket = bucketOf(score);
    let low = before[bucket]!;
    let high = before[bucket + 1]!;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (knots[middle]! <= score) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  };
}

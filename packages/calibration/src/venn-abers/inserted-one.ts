/**
 * The isotonic value of one more row, of label 1 and weight 1, at every place in a sequence of points: `values[i]` is the mean of
 * the block that holds it after a refit with the row in front of point `i`, or behind all points for the last `i`.
 *
 * Let f(a) be the least mean of the row and the points from `a` to any end: its block in front of point `a`, could nothing in
 * front join. By the min-max formula the value at place `i` is the largest f(a) with a ≤ i. Going through the places, the
 * largest changes only where the points since the last change have a mean below it, and with it the end of the block moves
 * forward alone. So every point enters the block once and leaves it once: O(m) in all.
 *
 * @param positives - length m: the weight of label 1 of each point, in the order of the scores.
 * @param negatives - length m: the weight of label 0. No point has neither.
 * @returns Length m + 1, non-decreasing, in (0, 1].
 * @see Vovk, Petej and Fedorova (2015), "Large-scale probabilistic predictors with and without guarantees of validity",
 * for the same in terms of the cumulative sum diagram.
 */
export function valuesOfInsertedOne(positives: Float64Array, negatives: Float64Array): Float64Array {
  const m = positives.length;
  const block = suffixBlocks(positives, negatives);
  const values = new Float64Array(m + 1);
  let value = 0;
  let passedPositives = 0;
  let passedNegatives = 0;
  // The points of the block, from the place to `end`, as two sums: from the place to `mark`, kept for every place up to
  // there, and from there on. They take additions alone, so a small weight next to a huge one that has left is not lost.
  let end = 0;
  let mark = 0;
  const headPositives = new Float64Array(m + 1);
  const headNegatives = new Float64Array(m + 1);
  let tailPositives = 0;
  let tailNegatives = 0;
  for (let place = 0; place <= m; place++) {
    if (place === 0 || share(passedPositives, passedNegatives) < value) {
      if (place >= mark) {
        end = Math.max(end, place);
        mark = end;
        headPositives[mark] = 0;
        headNegatives[mark] = 0;
        for (let i = mark - 1; i >= place; i--) {
          headPositives[i] = headPositives[i + 1]! + positives[i]!;
          headNegatives[i] = headNegatives[i + 1]! + negatives[i]!;
        }
        tailPositives = 0;
        tailNegatives = 0;
      }
      const hits = 1 + headPositives[place]!;
      const misses = headNegatives[place]!;
      let mean = share(hits + tailPositives, misses + tailNegatives);
      while (end < m && block.means[end]! <= mean) {
        tailPositives += block.positives[end]!;
        tailNegatives += block.negatives[end]!;
        mean = share(hits + tailPositives, misses + tailNegatives);
        end = block.ends[end]!;
      }
      value = Math.max(value, mean);
      passedPositives = 0;
      passedNegatives = 0;
    }
    values[place] = value;
    passedPositives += positives[place] ?? 0;
    passedNegatives += negatives[place] ?? 0;
  }
  return values;
}

/** For every point, the first block of the isotonic fit of that point and those after it; `ends` is where the next one starts. */
function suffixBlocks(
  positives: Float64Array,
  negatives: Float64Array,
): { ends: Uint32Array; positives: Float64Array; negatives: Float64Array; means: Float64Array } {
  const m = positives.length;
  const block = {
    ends: new Uint32Array(m),
    positives: positives.slice(),
    negatives: negatives.slice(),
    means: new Float64Array(m),
  };
  for (let start = m - 1; start >= 0; start--) {
    let end = start + 1;
    let mean = share(positives[start]!, negatives[start]!);
    while (end < m && block.means[end]! <= mean) {
      block.positives[start]! += block.positives[end]!;
      block.negatives[start]! += block.negatives[end]!;
      mean = share(block.positives[start]!, block.negatives[start]!);
      end = block.ends[end]!;
    }
    block.ends[start] = end;
    block.means[start] = mean;
  }
  return block;
}

function share(positives: number, negatives: number): number {
  return positives / (positives + negatives);
}

import { RESOLUTION } from "../numerics/resolution.ts";
import { sortTogether } from "../numerics/sort-together.ts";
import { type IsotonicBlocks, poolAdjacentViolators } from "./pool-adjacent-violators.ts";

/** Rows in ascending order of their scores. */
export interface SortedRows {
  readonly scores: Float64Array;
  readonly labels: Float64Array;
  /** `undefined` if all are 1. */
  readonly weights: Float64Array | undefined;
}

/** Sorts rows by score, in O(n). */
export function sortedRows(
  scores: Float64Array,
  labels: Float64Array,
  weights: Float64Array | undefined,
): SortedRows {
  const sorted = sortTogether(scores, labels);
  // The sort is stable, so weights arrive in the order of the labels.
  return {
    scores: sorted.keys,
    labels: sorted.companions,
    weights: weights && sortTogether(scores, weights).companions,
  };
}

/**
 * Makes one point of the rows of equal score, of their mean label, and pools points until the means rise.
 *
 * A run of points whose means do not rise ends up in one block whatever comes before and after it, so runs are
 * summed up here, at one comparison a point; of 0/1 labels in random order that leaves a quarter. Rows of weight 0 are left out.
 */
export function isotonicBlocks(caller: string, { scores, labels, weights }: SortedRows): IsotonicBlocks {
  const pooling = poolAdjacentViolators(scores.length);
  let first = NaN;
  let last = NaN;
  let runSum = 0;
  let runWeight = 0;
  let lowestMean = -Infinity;
  for (let i = 0; i < scores.length; ) {
    const start = i;
    if (weights?.[start] === 0) {
      i++;
      continue;
    }
    const score = scores[start]!;
    let sum = 0;
    let weight = 0;
    do {
      const rowWeight = weights === undefined ? 1 : weights[i]!;
      sum += rowWeight * labels[i]!;
      weight += rowWeight;
      i++;
    } while (i < scores.length && scores[i]! - score < RESOLUTION);
    const mean = i === start + 1 ? labels[start]! : sum / weight;
    if (mean > lowestMean) {
      if (runWeight > 0) pooling.add(first, last, runSum, runWeight);
      first = score;
      runSum = 0;
      runWeight = 0;
    }
    last = score;
    runSum += sum;
    runWeight += weight;
    lowestMean = mean;
  }
  pooling.add(first, last, runSum, runWeight);
  const blocks = pooling.blocks();
  if (blocks.means.every(Number.isFinite)) return blocks;
  throw new RangeError(`${caller}: labels must have a finite sum, got Infinity`);
}

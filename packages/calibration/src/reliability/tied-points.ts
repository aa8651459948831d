import { type IsotonicBlocks, poolAdjacentViolators } from "../isotonic/pool-adjacent-violators.ts";
import { ascendingOrder } from "../numerics/ascending-order.ts";
import type { Rows } from "./rows.ts";

/** Rows of equal probability are one point of an isotonic fit. */
export interface TiedPoints {
  /** The distinct probabilities, ascending. */
  readonly points: Float64Array;
  /** Length n: which point each row is. */
  readonly pointOf: Uint32Array;
}

/** Sorts once; O(n). */
export function tiedPoints(probabilities: Float64Array): TiedPoints {
  const { sorted, order } = ascendingOrder(probabilities);
  const pointOf = new Uint32Array(order.length);
  let last = 0;
  for (let i = 0; i < sorted.length; i++) {
    if (sorted[i]! > sorted[last]!) sorted[++last] = sorted[i]!;
    pointOf[order[i]!] = last;
  }
  return { points: sorted.slice(0, last + 1), pointOf };
}

/**
 * A function that pools the points, given the weight of their rows and of the positives among them; one without weight is left out.
 * It works in the same memory each time, so its blocks are good until the next call.
 */
export function pointPooler(
  points: Float64Array,
): (weights: Float64Array, positives: Float64Array) => IsotonicBlocks {
  const pooling = poolAdjacentViolators(points.length);
  return (weights, positives) => {
    for (let i = 0; i < points.length; i++) {
      if (weights[i]! > 0) pooling.add(points[i]!, points[i]!, positives[i]!, weights[i]!);
    }
    return pooling.blocks();
  };
}

/** The blocks of the isotonic fit of labels to probabilities. O(n). */
export function probabilityBlocks({ probabilities, labels, weights }: Rows): IsotonicBlocks {
  const { points, pointOf } = tiedPoints(probabilities);
  const pointWeights = new Float64Array(points.length);
  const positives = new Float64Array(points.length);
  for (let i = 0; i < pointOf.length; i++) {
    pointWeights[pointOf[i]!]! += weights[i]!;
    positives[pointOf[i]!]! += weights[i]! * labels[i]!;
  }
  return pointPooler(points)(pointWeights, positives);
}

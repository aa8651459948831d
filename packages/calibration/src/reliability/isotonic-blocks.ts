import { type Blocks, PoolAdjacentViolators } from "../isotonic/pool-adjacent-violators.ts";
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

/** Pools points anew, given the weight of their rows and of the positives among them; a point without weight is left out. */
export function poolPoints(
  pools: PoolAdjacentViolators,
  points: Float64Array,
  weights: Float64Array,
  positives: Float64Array,
): void {
  pools.clear();
  for (let i = 0; i < points.length; i++) {
    if (weights[i]! > 0) pools.add(points[i]!, positives[i]!, weights[i]!);
  }
}

/** The blocks of the isotonic fit of labels to probabilities. O(n). */
export function isotonicBlocks({ probabilities, labels, weights }: Rows): Blocks {
  const { points, pointOf } = tiedPoints(probabilities);
  const pointWeights = new Float64Array(points.length);
  const positives = new Float64Array(points.length);
  for (let i = 0; i < pointOf.length; i++) {
    pointWeights[pointOf[i]!]! += weights[i]!;
    positives[pointOf[i]!]! += weights[i]! * labels[i]!;
  }
  const pools = new PoolAdjacentViolators(points.length);
  poolPoints(pools, points, pointWeights, positives);
  return pools.blocks();
}

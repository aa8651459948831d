import { requireLength, requireMasses, requireRows } from "../requirements.ts";
import { quantileCouplingCost } from "./quantile-coupling.ts";

/** The order of the distance, and how much each number counts. */
export interface WassersteinDistanceOptions {
  /** The power of the distances that is averaged, finite, from 1. Default: 1, the earth mover's distance. */
  readonly order?: number;
  /** How much each number of `a` counts, from 0; only ratios matter. Default: all alike. */
  readonly weightsA?: ArrayLike<number>;
  /** How much each number of `b` counts, from 0; only ratios matter. Default: all alike. */
  readonly weightsB?: ArrayLike<number>;
}

/**
 * The Wasserstein distance between two samples of numbers: how far mass must move, at least, to turn one into the other.
 *
 * `(min E |X − Y|^order)^(1/order)` over all ways to pair the two, in the units of the numbers. On the line the best way
 * is known, smallest to smallest, so this is exact for any sizes and weights. Of two samples of one law it is never 0:
 * for n numbers each it shrinks like 1/√n at best.
 *
 * @param a - at least one finite number, in any order.
 * @param b - the same, of any length.
 * @returns a number from 0; the same if a and b change places. O(n log n) for n numbers in all.
 * @throws {RangeError} if a sample is empty or not finite, the order is below 1, or weights do not fit, are negative or
 * sum to 0.
 * @see Peyré and Cuturi (2019), Computational optimal transport, on the one-dimensional case.
 * @example
 * ```ts
 * import { wassersteinDistance } from "@mhgan/metrics";
 * wassersteinDistance([0, 1, 3], [8, 6, 5]); // => 5
 * wassersteinDistance([0, 10], [0, 0, 10]); // ≈ 1.6667
 * wassersteinDistance([0, 10], [0, 10], { order: 2, weightsA: [3, 1] }); // => 5
 * ```
 */
export function wassersteinDistance(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  options: WassersteinDistanceOptions = {},
): number {
  const { order = 1, weightsA, weightsB } = options;
  requireOrder("wassersteinDistance", order);
  requireRows("wassersteinDistance", "a", a, 1, 1);
  requireRows("wassersteinDistance", "b", b, 1, 1);
  if (!weightsA && !weightsB) {
    return quantileCouplingCost(ascending(a), ascending(b), order) ** (1 / order);
  }
  const [sortedA, massesA] = ascendingWithMasses("wassersteinDistance", "weightsA", a, weightsA);
  const [sortedB, massesB] = ascendingWithMasses("wassersteinDistance", "weightsB", b, weightsB);
  return quantileCouplingCost(sortedA, sortedB, order, [massesA, massesB]) ** (1 / order);
}

/**
 * Checks the order of a Wasserstein distance.
 *
 * @internal
 */
export function requireOrder(caller: string, order: number): void {
  if (!(order >= 1 && order < Infinity)) {
    throw new RangeError(`${caller}: order must be a finite number from 1, got ${String(order)}`);
  }
}

function ascending(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(values).sort();
}

/**
 * The values in ascending order, and the share of each in all weights.
 *
 * @internal
 */
export function ascendingWithMasses(
  caller: string,
  argument: string,
  values: ArrayLike<number>,
  weights: ArrayLike<number> | undefined,
): [Float64Array, Float64Array] {
  if (!weights) return [ascending(values), new Float64Array(values.length).fill(1 / values.length)];
  requireLength(caller, argument, weights, values.length);
  const sum = requireMasses(caller, argument, weights);
  const order = Uint32Array.from(values, (_, i) => i).sort((i, j) => values[i]! - values[j]!);
  return [Float64Array.from(order, (i) => values[i]!), Float64Array.from(order, (i) => weights[i]! / sum)];
}

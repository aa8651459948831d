import { quantileCouplingCost } from "../distances/quantile-coupling.ts";
import { ascendingWithMasses, requireOrder } from "../distances/wasserstein-distance.ts";
import { normal } from "../numerics/normal.ts";
import { requirePositiveCount, requireRandom } from "../requirements.ts";
import { type Features, requireFeaturePair } from "./features.ts";

/** How many directions are looked along, and where they come from. */
export interface SlicedWassersteinDistanceOptions {
  /** How many random directions, an integer from 1. Default: 100. */
  readonly projections?: number;
  /** The power of the distances that is averaged, finite, from 1. Default: 2. */
  readonly order?: number;
  /** How much each real row counts, from 0; only ratios matter. Default: all alike. */
  readonly realWeights?: ArrayLike<number>;
  /** How much each fake row counts, from 0; only ratios matter. Default: all alike. */
  readonly fakeWeights?: ArrayLike<number>;
  /** Uniform on [0, 1). */
  readonly random: () => number;
}

/**
 * The sliced Wasserstein distance between two samples: distances on the line, averaged over directions to look along.
 *
 * `(mean over directions of W(real · direction, fake · direction)^order)^(1/order)`, with unit directions uniform on the
 * sphere and the exact W of `wassersteinDistance`. A shift by a vector v thus counts |v| / √columns in order 2: it is not
 * scaled back. Random numbers of the same seed look along the same directions, so two distances compare; others move the
 * result by some 1 / √projections of itself.
 *
 * @param real - at least one row.
 * @param fake - as many columns, any number of rows.
 * @returns a number from 0, in the units of the features. O(projections · n · (columns + log n)) for n rows in all.
 * @throws {RangeError} if features are no matrices of finite numbers with equal columns, the number of projections is no
 * integer from 1, the order is below 1, or weights do not fit, are negative or sum to 0.
 * @throws {TypeError} if `random` is not a function.
 * @see Bonneel, Rabin, Peyré and Pfister (2015), Sliced and Radon Wasserstein barycenters of measures.
 * @example
 * ```ts
 * import { slicedWassersteinDistance } from "@mhgan/metrics";
 * const real = { data: [0, 0, 4, 0, 0, 3], shape: [3, 2] };
 * const fake = { data: [2, 0, 6, 0, 2, 3], shape: [3, 2] };
 * let draws = 0;
 * const random = () => (draws++ * 0.6180339887) % 1;
 * slicedWassersteinDistance(real, fake, { projections: 1000, random }); // ≈ 1.4
 * slicedWassersteinDistance(real, real, { random }); // => 0
 * ```
 */
export function slicedWassersteinDistance(
  real: Features,
  fake: Features,
  options: SlicedWassersteinDistanceOptions,
): number {
  const { projections = 100, order = 2, random, realWeights, fakeWeights } = options;
  const caller = "slicedWassersteinDistance";
  requireFeaturePair(caller, real, fake, 1);
  requirePositiveCount(caller, "projections", projections);
  requireOrder(caller, order);
  requireRandom(caller, random);
  const direction = new Float64Array(real.shape[1]!);
  const alongReal = new Float64Array(real.shape[0]!);
  const alongFake = new Float64Array(fake.shape[0]!);
  let cost = 0;
  for (let k = 0; k < projections; k++) {
    drawDirection(direction, random);
    project(real.data, direction, alongReal);
    project(fake.data, direction, alongFake);
    if (!realWeights && !fakeWeights) {
      cost += quantileCouplingCost(alongReal.sort(), alongFake.sort(), order);
      continue;
    }
    const [sortedReal, realMasses] = ascendingWithMasses(caller, "realWeights", alongReal, realWeights);
    const [sortedFake, fakeMasses] = ascendingWithMasses(caller, "fakeWeights", alongFake, fakeWeights);
    cost += quantileCouplingCost(sortedReal, sortedFake, order, [realMasses, fakeMasses]);
  }
  return (cost / projections) ** (1 / order);
}

/** Fills in a unit vector, uniform on the sphere: normals have no preferred direction. */
function drawDirection(direction: Float64Array, random: () => number): void {
  let squares = 0;
  for (let axis = 0; axis < direction.length; axis++) {
    const coordinate = normal(random);
    direction[axis] = coordinate;
    squares += coordinate * coordinate;
  }
  const length = Math.sqrt(squares);
  for (let axis = 0; axis < direction.length; axis++) direction[axis]! /= length;
}

function project(data: ArrayLike<number>, direction: Float64Array, along: Float64Array): void {
  const columns = direction.length;
  for (let row = 0; row < along.length; row++) {
    let sum = 0;
    for (let axis = 0; axis < columns; axis++) sum += data[row * columns + axis]! * direction[axis]!;
    along[row] = sum;
  }
}

import { requireCount, requirePositive, requireRandom } from "./requirements.ts";
import { standardNormal } from "./standard-normal.ts";

/** What a mixture of isotropic Gaussians is made of: k components in d dimensions. */
export interface GaussianMixtureOptions {
  /** The centres, row-major: d numbers for each of the k components. */
  readonly means: ArrayLike<number>;
  /** d, from 1. */
  readonly dimensions: number;
  /** The standard deviation on every axis: one number for all components, or k numbers. Positive. */
  readonly sd: number | ArrayLike<number>;
  /** How often each component is drawn: k numbers from 0, scaled to sum 1. Default: all alike. */
  readonly weights?: ArrayLike<number>;
}

/** A distribution that can be sampled and whose density is known. Points are row-major: d numbers for each. */
export interface GaussianMixture {
  /** The numbers in a point. */
  readonly dimensions: number;
  /** How many Gaussians are mixed. */
  readonly components: number;
  /**
   * Draws independent points: one value of `random` picks the component and two make each coordinate, so more points
   * from the same source begin with the same points.
   *
   * @param random - uniform on [0, 1).
   * @returns `count · dimensions` numbers, row-major. O(count · (components + dimensions)).
   */
  sample(count: number, random: () => number): Float64Array;
  /**
   * The natural logarithm of the density at each point, right also where the density itself underflows.
   *
   * @param points - row-major, no NaN.
   * @returns one number for each point. O(points · components · dimensions).
   */
  logDensity(points: ArrayLike<number>): Float64Array;
  /** The density at each point; see `logDensity`. */
  density(points: ArrayLike<number>): Float64Array;
}

/**
 * Makes a mixture of isotropic Gaussians, `Σ weights[k] · N(means[k], sd[k]² · I)`.
 *
 * @throws {RangeError} if the lengths do not fit together, a mean is not finite, an sd is not positive, or the weights
 * are negative or sum to 0. The methods throw a RangeError for a bad count, a part of a point, or NaN.
 * @example
 * ```ts
 * import { gaussianMixture } from "@mhgan/datasets";
 * const mixture = gaussianMixture({ means: [-1, 1], dimensions: 1, sd: 0.5, weights: [3, 1] });
 * mixture.components; // => 2
 * mixture.density([-1, 1])[0]; // ≈ 0.59848
 * mixture.logDensity([40])[0]; // ≈ -3043.612
 * ```
 */
export function gaussianMixture(options: GaussianMixtureOptions): GaussianMixture {
  const { dimensions } = options;
  requireCount("gaussianMixture", "dimensions", dimensions, 1);
  const means = Float64Array.from(options.means);
  const components = means.length / dimensions;
  if (!Number.isInteger(components) || components === 0) {
    throw new RangeError(
      `gaussianMixture: means must hold ${dimensions} numbers for each component, got ${means.length} numbers`,
    );
  }
  const stray = means.findIndex((mean) => !Number.isFinite(mean));
  if (stray >= 0) {
    throw new RangeError(`gaussianMixture: means[${stray}] must be finite, got ${means[stray]}`);
  }
  const sds = sdOfEach(options.sd, components);
  const weights = weightOfEach(options.weights, components);
  let total = 0;
  const cumulative = weights.map((weight) => {
    total += weight;
    return total;
  });
  requirePositive("gaussianMixture", "the sum of weights", total);

  // log of the weight over the Gaussian's normaliser, for each component
  const logScales = weights.map(
    (weight, k) => Math.log(weight / total) - dimensions * Math.log(sds[k]! * Math.sqrt(2 * Math.PI)),
  );

  function sample(count: number, random: () => number): Float64Array {
    requireCount("sample", "count", count);
    requireRandom("sample", random);
    const points = new Float64Array(count * dimensions);
    for (let at = 0; at < points.length; at += dimensions) {
      const threshold = random() * total; // below `total`, so the search ends at a component of positive weight
      let k = 0;
      while (threshold >= cumulative[k]!) k++;
      for (let axis = 0; axis < dimensions; axis++) {
        points[at + axis] = means[k * dimensions + axis]! + sds[k]! * standardNormal(random);
      }
    }
    return points;
  }

  function logDensity(points: ArrayLike<number>): Float64Array {
    const count = points.length / dimensions;
    if (!Number.isInteger(count)) {
      throw new RangeError(
        `logDensity: points must hold ${dimensions} numbers for each point, got ${points.length} numbers`,
      );
    }
    const logDensities = new Float64Array(count);
    const terms = new Float64Array(components);
    for (let i = 0; i < count; i++) {
      for (let k = 0; k < components; k++) {
        let squares = 0;
        for (let axis = 0; axis < dimensions; axis++) {
          squares += ((points[i * dimensions + axis]! - means[k * dimensions + axis]!) / sds[k]!) ** 2;
        }
        terms[k] = logScales[k]! - 0.5 * squares;
      }
      logDensities[i] = logSumExp(terms);
      if (Number.isNaN(logDensities[i])) {
        throw new RangeError(`logDensity: points must be numbers, got NaN in point ${i}`);
      }
    }
    return logDensities;
  }

  return {
    dimensions,
    components,
    sample,
    logDensity,
    density: (points) => logDensity(points).map(Math.exp),
  };
}

function sdOfEach(sd: number | ArrayLike<number>, components: number): Float64Array {
  const sds = typeof sd === "number" ? new Float64Array(components).fill(sd) : Float64Array.from(sd);
  if (sds.length !== components) {
    throw new RangeError(
      `gaussianMixture: sd must be one number or ${components}, got ${sds.length} numbers`,
    );
  }
  sds.forEach((value, k) => {
    requirePositive("gaussianMixture", typeof sd === "number" ? "sd" : `sd[${k}]`, value);
  });
  return sds;
}

function weightOfEach(weights: ArrayLike<number> | undefined, components: number): Float64Array {
  const values = weights ? Float64Array.from(weights) : new Float64Array(components).fill(1);
  if (values.length !== components) {
    throw new RangeError(
      `gaussianMixture: weights must be ${components} numbers, one for each component, got ${values.length}`,
    );
  }
  const bad = values.findIndex((weight) => !(weight >= 0));
  if (bad >= 0) {
    throw new RangeError(`gaussianMixture: weights[${bad}] must not be negative, got ${values[bad]}`);
  }
  return values;
}

/** log Σ exp(terms), without overflow or underflow of the sum. */
function logSumExp(terms: Float64Array): number {
  let largest = -Infinity;
  for (const term of terms) largest = Math.max(largest, term);
  if (largest === -Infinity) return -Infinity;
  let sum = 0;
  for (const term of terms) sum += Math.exp(term - largest);
  return largest + Math.log(sum);
}

import { requireCount, requirePositive, requireRandom } from "../requirements.ts";
import { choleskyRoot, rowProduct, solveRow } from "./cholesky-root.ts";
import type { Distribution } from "./distribution.ts";
import { standardNormal } from "./standard-normal.ts";

/** What a mixture of Gaussians is made of: k components in d dimensions. Either `sd` or `covariances` says how wide they are. */
export interface GaussianMixtureOptions {
  /** The centres, row-major: d numbers for each of the k components. */
  readonly means: ArrayLike<number>;
  /** d, from 1. */
  readonly dimensions: number;
  /** Of round Gaussians the standard deviation on every axis: one number for all components, or k numbers. Positive. */
  readonly sd?: number | ArrayLike<number>;
  /** Of others the covariance matrices: d × d numbers for each component, or for all; symmetric and positive definite. */
  readonly covariances?: ArrayLike<number>;
  /** How often each component is drawn: k numbers from 0, scaled to sum 1. Default: all alike. */
  readonly weights?: ArrayLike<number>;
}

/** A mixture of Gaussians; its methods cost O(points · components · d), or d² with covariances. */
export interface GaussianMixture extends Distribution {
  /** How many Gaussians are mixed. */
  readonly components: number;
}

/**
 * Makes a mixture of Gaussians, `Σ weights[k] · N(means[k], sd[k]² · I)`, or `N(means[k], covariances[k])`.
 *
 * One value of `random` picks the component of a point and two make each coordinate.
 *
 * @throws {RangeError} if the lengths do not fit together, a mean is not finite, an sd is not positive, a covariance matrix is not
 * symmetric or not positive definite, if not exactly one of `sd` and `covariances` is given, or if the weights are negative or sum to 0. The methods throw a RangeError for a bad count, a part of a point, or NaN.
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
  if ((options.sd === undefined) === (options.covariances === undefined)) {
    throw new RangeError("gaussianMixture: options must have one of sd and covariances, got both or none");
  }
  const roots = options.covariances && rootOfEach(options.covariances, components, dimensions);
  const sds = roots ? new Float64Array(components) : sdOfEach(options.sd!, components);
  const weights = weightOfEach(options.weights, components);
  let total = 0;
  const cumulative = weights.map((weight) => {
    total += weight;
    return total;
  });
  requirePositive("gaussianMixture", "the sum of weights", total);

  // log of the weight over the Gaussian's normaliser, for each component
  const logScales = weights.map((weight, k) => {
    if (!roots) return Math.log(weight / total) - dimensions * Math.log(sds[k]! * Math.sqrt(2 * Math.PI));
    let logScale = Math.log(weight / total) - 0.5 * dimensions * Math.log(2 * Math.PI);
    for (let axis = 0; axis < dimensions; axis++) logScale -= Math.log(roots[k]![axis * (dimensions + 1)]!);
    return logScale;
  });

  function sample(count: number, random: () => number): Float64Array {
    requireCount("sample", "count", count);
    requireRandom("sample", random);
    const points = new Float64Array(count * dimensions);
    const normals = new Float64Array(dimensions);
    for (let at = 0; at < points.length; at += dimensions) {
      const threshold = random() * total; // below `total`, so the search ends at a component of positive weight
      let k = 0;
      while (threshold >= cumulative[k]!) k++;
      for (let axis = 0; axis < dimensions; axis++) normals[axis] = standardNormal(random);
      for (let axis = 0; axis < dimensions; axis++) {
        const offset = roots ? rowProduct(roots[k]!, axis, normals) : sds[k]! * normals[axis]!;
        points[at + axis] = means[k * dimensions + axis]! + offset;
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
    const offset = new Float64Array(dimensions);
    for (let i = 0; i < count; i++) {
      for (let k = 0; k < components; k++) {
        let squares = 0;
        for (let axis = 0; axis < dimensions; axis++) {
          offset[axis] = points[i * dimensions + axis]! - means[k * dimensions + axis]!;
          const normal = roots ? solveRow(roots[k]!, axis, offset) : offset[axis]! / sds[k]!;
          squares += normal ** 2;
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

/** The lower Cholesky root of the covariance matrix of each component. */
function rootOfEach(covariances: ArrayLike<number>, components: number, dimensions: number): Float64Array[] {
  const size = dimensions ** 2;
  if (covariances.length !== size && covariances.length !== components * size) {
    throw new RangeError(
      `gaussianMixture: covariances must be ${size} numbers or ${components * size}, got ${covariances.length}`,
    );
  }
  const all = Float64Array.from(covariances);
  const roots = Array.from({ length: all.length / size }, (_, k) => {
    const root = choleskyRoot(all.subarray(k * size, (k + 1) * size), dimensions);
    if (root) return root;
    throw new RangeError(`gaussianMixture: covariances[${k}] must be symmetric and positive definite`);
  });
  return roots.length === components ? roots : Array<Float64Array>(components).fill(roots[0]!);
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

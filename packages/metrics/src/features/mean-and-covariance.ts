import { requireLength, requireMasses } from "../requirements.ts";
import { type Features, requireFeatures } from "./features.ts";
import { innerProducts } from "./inner-products.ts";
import { ownPairBlocks, SIDE } from "./pair-blocks.ts";

/** A normal distribution in d dimensions, or what is known of another one by its first two moments. */
export interface Moments {
  /** The means, d of them. */
  readonly mean: ArrayLike<number>;
  /** The covariances, row-major d × d: symmetric and positive semidefinite, not necessarily of full rank. */
  readonly covariance: ArrayLike<number>;
}

/** Options of {@link meanAndCovariance}. */
export interface MeanAndCovarianceOptions {
  /** How much each row counts, from 0, at least two of them more; only ratios matter. Default: all alike. */
  readonly weights?: ArrayLike<number>;
}

/**
 * The means of the columns and their covariances, over n − 1, as `numpy.cov` has them; with weights w over
 * Σ w − Σ w² / Σ w, as its `aweights`.
 *
 * Worth keeping for data that many samples are compared with: `frechetDistanceOfGaussians` needs nothing else of them.
 *
 * @param features - n rows, at least 2, of d columns.
 * @returns d means and d × d covariances, exactly symmetric. O(n d²).
 * @throws {RangeError} if the shape does not fit the data, a number is not finite, there is one row only, a variance
 * overflows, or weights do not fit, are negative or leave fewer than two rows.
 * @example
 * ```ts
 * import { meanAndCovariance } from "@mhgan/metrics";
 * const { mean, covariance } = meanAndCovariance({ data: [0, 1, 2, 5, 4, 3], shape: [3, 2] });
 * mean; // => [2, 3]
 * covariance; // => [4, 2, 2, 4]
 * ```
 */
export function meanAndCovariance(
  features: Features,
  options: MeanAndCovarianceOptions = {},
): {
  /** Length columns. */
  readonly mean: Float64Array;
  /** Length columns², symmetric, row-major. */
  readonly covariance: Float64Array;
} {
  const caller = "meanAndCovariance";
  requireFeatures(caller, "features", features, 2);
  return momentsOf(caller, "features", features, sharesOf(caller, "weights", options.weights, features));
}

/**
 * Weights of rows as shares of their sum; at least two of them positive.
 *
 * @internal
 */
export function sharesOf(
  caller: string,
  argument: string,
  weights: ArrayLike<number> | undefined,
  { shape }: Features,
): Float64Array | undefined {
  if (weights === undefined) return undefined;
  requireLength(caller, argument, weights, shape[0]!);
  const sum = requireMasses(caller, argument, weights);
  const shares = Float64Array.from(weights, (weight) => weight / sum);
  if (shares.filter((share) => share > 0).length < 2) {
    throw new RangeError(`${caller}: ${argument} must be positive for at least 2 rows, got fewer`);
  }
  return shares;
}

/** Rows that are centred and turned at a time: whatever n is, only so many are held twice. */
const CHUNK = 512;

/**
 * `meanAndCovariance` of features that are checked, for a caller that names them so.
 *
 * @internal
 */
export function momentsOf(
  caller: string,
  argument: string,
  { data, shape }: Features,
  shares?: Float64Array,
): { mean: Float64Array; covariance: Float64Array } {
  const [rows, columns] = shape as [number, number];
  const mean = new Float64Array(columns);
  for (let i = 0, at = 0; i < rows; i++) {
    const share = shares ? shares[i]! : 1;
    for (let j = 0; j < columns; j++, at++) mean[j]! += share * data[at]!;
  }
  if (!shares) for (let j = 0; j < columns; j++) mean[j]! /= rows;

  // Centred first: E[x²] − E[x]² would lose the digits of a small variance beside a large mean.
  const covariance = new Float64Array(columns * columns);
  for (let start = 0; start < rows; start += CHUNK) {
    const count = Math.min(CHUNK, rows - start);
    const turned = new Float64Array(columns * count);
    for (let i = 0, at = start * columns; i < count; i++) {
      const scale = shares ? Math.sqrt(shares[start + i]!) : 1;
      for (let j = 0; j < columns; j++, at++) turned[j * count + i] = scale * (data[at]! - mean[j]!);
    }
    for (const block of ownPairBlocks({ data: turned, shape: [columns, count] }, innerProducts)) {
      for (let i = block.aStart; i < block.aEnd; i++) {
        const row = (i - block.aStart) * SIDE - block.bStart;
        for (let j = Math.max(i, block.bStart); j < block.bEnd; j++) {
          covariance[i * columns + j]! += block.values[row + j]!;
        }
      }
    }
  }
  const divisor = shares ? pairShare(shares) : rows - 1;
  for (let i = 0; i < columns; i++) {
    for (let j = i; j < columns; j++) {
      const value = covariance[i * columns + j]! / divisor;
      covariance[i * columns + j] = value;
      covariance[j * columns + i] = value;
    }
    // If this one is finite, so are its covariances with others that are.
    const variance = covariance[i * columns + i]!;
    if (!Number.isFinite(variance)) {
      throw new RangeError(
        `${caller}: the variance of ${argument} must be finite, got ${variance} in column ${i}`,
      );
    }
  }
  return { mean, covariance };
}

/** 1 − Σ share², as the sum over pairs of different rows: it would cancel where one row has nearly all. */
function pairShare(shares: Float64Array): number {
  let pairs = 0;
  let before = 0;
  for (const share of shares) {
    pairs += 2 * share * before;
    before += share;
  }
  return pairs;
}

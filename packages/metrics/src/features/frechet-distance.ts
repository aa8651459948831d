import { requireLength, requireRows } from "../requirements.ts";
import { type Features, requireFeaturePair } from "./features.ts";
import { innerProducts } from "./inner-products.ts";
import { type Moments, momentsOf, sharesOf } from "./mean-and-covariance.ts";
import { nuclearNorm } from "./nuclear-norm.ts";
import { pairBlocks, SIDE } from "./pair-blocks.ts";
import { type SemidefiniteFactor, semidefiniteFactor } from "./semidefinite-factor.ts";

/** Options of {@link frechetDistance}. */
export interface FrechetDistanceOptions {
  /** How much each real row counts, from 0; only ratios matter. Default: all alike. */
  readonly realWeights?: ArrayLike<number>;
  /** How much each fake row counts, from 0; only ratios matter. Default: all alike. */
  readonly fakeWeights?: ArrayLike<number>;
}

/**
 * The squared Fréchet distance between two sets of features: FID, if they are those of the Inception network.
 *
 * |m₁ − m₂|² + tr(C₁ + C₂ − 2 (C₁C₂)^½) with the means and covariances of the two, hence the squared Wasserstein-2 distance
 * of normal distributions that have these. No offset is added to singular covariances, as those of fewer rows than
 * columns are. It is biased upward by a term of order 1/n: compare only figures of as many rows, and with real data against
 * real.
 *
 * @param real - n rows, at least 2, of d columns.
 * @param fake - rows of as many columns, at least 2.
 * @returns a number from 0. O(n d² + d³).
 * @throws {RangeError} if a shape does not fit its data or the other, a number is not finite, there is one row only, a variance
 * overflows, or weights do not fit, are negative or leave fewer than two rows.
 * @see Heusel et al. (NIPS 2017), GANs trained by a two time-scale update rule converge to a local Nash equilibrium.
 * @example
 * ```ts
 * import { frechetDistance } from "@mhgan/metrics";
 * const real = { data: [-1, 0, 1], shape: [3, 1] };
 * const fake = { data: [0, 2, 4], shape: [3, 1] };
 * frechetDistance(real, fake); // ≈ 5.0000
 * ```
 */
export function frechetDistance(
  real: Features,
  fake: Features,
  options: FrechetDistanceOptions = {},
): number {
  const caller = "frechetDistance";
  requireFeaturePair(caller, real, fake, 2);
  const realShares = sharesOf(caller, "realWeights", options.realWeights, real);
  const fakeShares = sharesOf(caller, "fakeWeights", options.fakeWeights, fake);
  return distance(
    caller,
    momentsOf(caller, "real", real, realShares),
    momentsOf(caller, "fake", fake, fakeShares),
  );
}

/**
 * The squared Fréchet distance between two normal distributions.
 *
 * For means and covariances that were stored, or come from another program; those of features are given by
 * `meanAndCovariance`.
 *
 * @param real - d means and d × d covariances. Singular ones need double precision: rounding them to single precision can
 * make eigenvalues negative, and costs half of the digits where it does not.
 * @param fake - as many.
 * @returns a number from 0. O(d³).
 * @throws {RangeError} if lengths do not fit, a number is not finite, or a covariance is not symmetric or has a negative eigenvalue.
 * @see Dowson and Landau (1982), The Fréchet distance between multivariate normal distributions.
 * @example
 * ```ts
 * import { frechetDistanceOfGaussians } from "@mhgan/metrics";
 * const real = { mean: [0, 0], covariance: [1, 0, 0, 4] };
 * const fake = { mean: [3, 4], covariance: [4, 0, 0, 1] };
 * frechetDistanceOfGaussians(real, fake); // => 27
 * ```
 */
export function frechetDistanceOfGaussians(real: Moments, fake: Moments): number {
  requireMoments("real", real);
  requireMoments("fake", fake);
  requireLength("frechetDistanceOfGaussians", "fake.mean", fake.mean, real.mean.length);
  return distance("frechetDistanceOfGaussians", real, fake);
}

function requireMoments(argument: string, { mean, covariance }: Moments): void {
  const caller = "frechetDistanceOfGaussians";
  const d = mean.length;
  requireRows(caller, `${argument}.mean`, mean, 1, 1);
  requireLength(caller, `${argument}.covariance`, covariance, d * d);
  requireRows(caller, `${argument}.covariance`, covariance, d, 1);
  let largest = 0;
  for (let i = 0; i < d; i++) largest = Math.max(largest, covariance[i * d + i]!);
  for (let i = 0; i < d; i++) {
    for (let j = 0; j < i; j++) {
      const one = covariance[i * d + j]!;
      const other = covariance[j * d + i]!;
      // Rounding, even to single precision, is forgiven.
      if (Math.abs(one - other) > 1e-6 * largest) {
        throw new RangeError(
          `${caller}: ${argument}.covariance must be symmetric, got ${one} at [${i}, ${j}] and ${other} at [${j}, ${i}]`,
        );
      }
    }
  }
}

function distance(caller: string, real: Moments, fake: Moments): number {
  const d = real.mean.length;
  const factor = (argument: string, covariance: ArrayLike<number>): SemidefiniteFactor => {
    const found = semidefiniteFactor(covariance, d);
    if (found) return found;
    throw new RangeError(
      `${caller}: ${argument}.covariance must have no negative eigenvalue, got one (is it in single precision?)`,
    );
  };
  const one = factor("real", real.covariance);
  const other = factor("fake", fake.covariance);
  let sum = 0;
  for (let i = 0; i < d; i++) {
    const shift = real.mean[i]! - fake.mean[i]!;
    sum += shift * shift + real.covariance[i * d + i]! + fake.covariance[i * d + i]!;
  }
  // Rounding may leave less than nothing of equal distributions.
  return Math.max(0, sum - 2 * traceOfRoot(one, other, d));
}

/**
 * tr (C₁C₂)^½. With C₁ = GᵀG and C₂ = HᵀH, C₁C₂ has the eigenvalues of (G Hᵀ)(G Hᵀ)ᵀ and zeros: the trace of its root is the sum
 * of the singular values of G Hᵀ, which is small if either covariance has a low rank.
 */
function traceOfRoot(one: SemidefiniteFactor, other: SemidefiniteFactor, d: number): number {
  const [tall, short] = one.rank >= other.rank ? [one, other] : [other, one];
  if (short.rank === 0) return 0;
  const products = new Float64Array(tall.rank * short.rank);
  const features = ({ rows, rank }: SemidefiniteFactor): Features => ({ data: rows, shape: [rank, d] });
  for (const block of pairBlocks(features(tall), features(short), innerProducts)) {
    for (let i = block.aStart; i < block.aEnd; i++) {
      const row = (i - block.aStart) * SIDE - block.bStart;
      for (let j = block.bStart; j < block.bEnd; j++) products[i * short.rank + j] = block.values[row + j]!;
    }
  }
  return nuclearNorm(products, tall.rank, short.rank);
}

import { requireLength, requireMasses } from "../requirements.ts";
import { type Features, requireFeaturePair } from "./features.ts";
import { type MmdKernel, pairKernel } from "./mmd-kernel.ts";
import { ownPairBlocks, type PairKernel, pairBlocks, SIDE } from "./pair-blocks.ts";

/** How two sets are compared. */
export interface MaximumMeanDiscrepancyOptions {
  /** What says how alike two rows are. Default: `{ kind: "polynomial" }`, (x·y / columns + 1)³. */
  readonly kernel?: MmdKernel;
  /**
   * Whether pairs of a row and itself are left out: then the mean over sets of one law is 0, and single values may be
   * negative. With them it is the squared distance of two means, never negative. Default: true.
   */
  readonly unbiased?: boolean;
  /** How much each real row counts, from 0; only ratios matter. Default: all alike. */
  readonly realWeights?: ArrayLike<number>;
  /** How much each fake row counts, from 0; only ratios matter. Default: all alike. */
  readonly fakeWeights?: ArrayLike<number>;
}

/**
 * The squared maximum mean discrepancy: E k(x, x′) + E k(y, y′) − 2 E k(x, y) of real rows x and fake rows y.
 *
 * @param real - n rows; at least 2 if unbiased.
 * @param fake - m rows with as many columns; at least 2 if unbiased.
 * @returns a number; 0 says that the kernel sees no difference. O((n² / 2 + m² / 2 + n m) · columns) time, in blocks: memory does
 * not grow with the pairs.
 * @throws {RangeError} if a shape does not fit its data or the other, a number is not finite, there are too few rows, weights do not
 * fit, are negative or leave no pair, a parameter of the kernel is out of its range, or the kernel is not finite.
 * @see Gretton et al. (JMLR 2012), A kernel two-sample test, section 2.2.
 * @example
 * ```ts
 * import { maximumMeanDiscrepancy } from "@mhgan/metrics";
 * const real = { data: [0, 2], shape: [2, 1] };
 * const fake = { data: [1, 4], shape: [2, 1] };
 * // With k(x, y) = x y it is the squared difference of the means, 1 and 2.5.
 * const product = (x: Float64Array, y: Float64Array) => x[0]! * y[0]!;
 * maximumMeanDiscrepancy(real, fake, { kernel: product, unbiased: false }); // => 2.25
 * maximumMeanDiscrepancy(real, fake, { kernel: { kind: "gaussian", bandwidth: 1 } }); // ≈ -0.5279
 * ```
 */
export function maximumMeanDiscrepancy(
  real: Features,
  fake: Features,
  options: MaximumMeanDiscrepancyOptions = {},
): number {
  const caller = "maximumMeanDiscrepancy";
  const { kernel = { kind: "polynomial" }, unbiased = true } = options;
  requireFeaturePair(caller, real, fake, unbiased ? 2 : 1);
  const weights = (argument: "realWeights" | "fakeWeights", rows: number): Float64Array | undefined => {
    const given = options[argument];
    if (!given) return undefined;
    requireLength(caller, argument, given, rows);
    const sum = requireMasses(caller, argument, given);
    const shares = Float64Array.from(given, (weight) => weight / sum);
    if (unbiased && shares.filter((share) => share > 0).length < 2) {
      throw new RangeError(
        `${caller}: ${argument} must be positive for at least 2 rows if unbiased, got fewer`,
      );
    }
    return shares;
  };
  return discrepancy(caller, real, fake, {
    kernel: pairKernel(caller, kernel, real, fake),
    unbiased,
    realShares: weights("realWeights", real.shape[0]!),
    fakeShares: weights("fakeWeights", fake.shape[0]!),
  });
}

/**
 * `maximumMeanDiscrepancy` of arguments that are checked; shares sum to 1.
 *
 * @internal
 */
export function discrepancy(
  caller: string,
  real: Features,
  fake: Features,
  options: {
    readonly kernel: PairKernel;
    readonly unbiased: boolean;
    readonly realShares?: Float64Array | undefined;
    readonly fakeShares?: Float64Array | undefined;
  },
): number {
  const { kernel, unbiased } = options;
  const equal = (rows: number): Float64Array => new Float64Array(rows).fill(1 / rows);
  const realShares = options.realShares ?? equal(real.shape[0]!);
  const fakeShares = options.fakeShares ?? equal(fake.shape[0]!);
  const within =
    meanWithin(real, realShares, kernel, unbiased) + meanWithin(fake, fakeShares, kernel, unbiased);
  const value = within - 2 * meanBetween(real, realShares, fake, fakeShares, kernel);
  if (!Number.isFinite(value)) {
    throw new RangeError(
      `${caller}: kernel must give finite numbers for all pairs of rows, got the sum ${value}`,
    );
  }
  return value;
}

/** The weighted mean of the kernel over pairs of rows of one set; of different rows only, if unbiased. */
function meanWithin(features: Features, shares: Float64Array, kernel: PairKernel, unbiased: boolean): number {
  let different = 0;
  let same = 0;
  for (const { aStart, aEnd, bStart, bEnd, values } of ownPairBlocks(features, kernel)) {
    for (let i = aStart; i < aEnd; i++) {
      const row = (i - aStart) * SIDE - bStart;
      let sum = 0;
      for (let j = Math.max(bStart, i + 1); j < bEnd; j++) sum += shares[j]! * values[row + j]!;
      different += 2 * shares[i]! * sum;
      if (aStart === bStart) same += shares[i]! * shares[i]! * values[row + i]!;
    }
  }
  if (!unbiased) return different + same;
  // Σ over i ≠ j of the products of shares. As 1 − Σ share² it would cancel where one row has nearly all.
  let pairs = 0;
  let before = 0;
  for (const share of shares) {
    pairs += 2 * share * before;
    before += share;
  }
  return different / pairs;
}

function meanBetween(
  real: Features,
  realShares: Float64Array,
  fake: Features,
  fakeShares: Float64Array,
  kernel: PairKernel,
): number {
  let mean = 0;
  for (const { aStart, aEnd, bStart, bEnd, values } of pairBlocks(real, fake, kernel)) {
    for (let i = aStart; i < aEnd; i++) {
      const row = (i - aStart) * SIDE - bStart;
      let sum = 0;
      for (let j = bStart; j < bEnd; j++) sum += fakeShares[j]! * values[row + j]!;
      mean += realShares[i]! * sum;
    }
  }
  return mean;
}

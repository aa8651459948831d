import { describe } from "../checks.ts";
import { toLogOdds } from "./to-log-odds.ts";
import { twoSidedPValue } from "./two-sided-p-value.ts";

/** Options of {@link meanWeightZ}. */
export interface MeanWeightZOptions {
  /** ln(negatives / positives) of the rows that the calibrator was fitted to; finite. Default 0: equally many. */
  readonly logPrior?: number | undefined;
}

/** What {@link meanWeightZ} returns. */
export interface MeanWeightZ {
  /** The mean weight, which should be 1; possibly `Infinity`. */
  readonly mean: number;
  /** Its standard error, from the spread of the weights; NaN for a single one. */
  readonly standardError: number;
  /** (mean − 1) / standard error: about standard normal for many weights of finite variance. Positive: odds too high. */
  readonly z: number;
  /** The two-sided p value of `z`, accurate in the far tail too. */
  readonly pValue: number;
}

/**
 * Tests whether the odds of a discriminator are density ratios: a weight w = exp(log odds + log prior), which is p(x)/q(x) if the
 * discriminator is calibrated, has mean 1 over proposals x drawn from q. Needs negatives only: proposals are never scarce.
 *
 * Use proposals that no calibrator was fitted on. Few large weights make the mean and its error both too small: then Z
 * passes what it should not, so trust it only for many proposals. Weights that are all equal have no spread: Z is NaN if they are 1,
 * else infinite. One proposal, or one of log odds `Infinity`, leaves Z NaN. Log odds of `-Infinity` are weights of 0.
 *
 * @param logOdds - length n, log odds of proposals, any numbers but NaN.
 * @returns The mean weight, its standard error, Z and its two-sided p value. O(n).
 * @throws {TypeError} if `logOdds` is no array of numbers.
 * @throws {RangeError} if `logOdds` is empty or holds NaN, or if `logPrior` is not finite.
 * @see Goodfellow et al. (2014), "Generative adversarial nets", proposition 1: the best discriminator has odds p(x)/q(x).
 * @example
 * ```ts
 * import { meanWeightZ } from "@mhgan/calibration";
 * const { mean, standardError, z } = meanWeightZ([-1, -0.5, 0, 0.5]);
 * mean; // ≈ 0.9058
 * standardError; // ≈ 0.2798
 * z; // ≈ -0.3367
 * ```
 */
export function meanWeightZ(logOdds: ArrayLike<number>, options: MeanWeightZOptions = {}): MeanWeightZ {
  const { logPrior = 0 } = options;
  const l = toLogOdds("meanWeightZ", logOdds);
  if (!Number.isFinite(logPrior)) {
    throw new RangeError(`meanWeightZ: logPrior must be a finite number, got ${describe(logPrior)}`);
  }
  const n = l.length;
  const largest = l.reduce((max, value) => Math.max(max, value), -Infinity) + logPrior;
  if (largest === Infinity) return { mean: Infinity, standardError: NaN, z: NaN, pValue: NaN };
  // Weights in a unit of exp(shift), which leaves room for the sum of their squares. Mostly the shift is 0.
  const shift = Math.max(0, largest - 300);
  const weights = l.map((value) => Math.exp(value + logPrior - shift));
  // Around the first weight, so that equal weights have a spread of exactly 0.
  const first = weights[0]!;
  const mean = first + weights.reduce((sum, weight) => sum + (weight - first), 0) / n;
  const squares = weights.reduce((sum, weight) => sum + (weight - mean) ** 2, 0);
  const standardError = Math.sqrt(squares / (n - 1) / n);
  const z = (mean - Math.exp(-shift)) / standardError;
  const unit = Math.exp(shift);
  return {
    mean: mean * unit,
    standardError: standardError === 0 ? 0 : standardError * unit,
    z,
    pValue: twoSidedPValue(z),
  };
}

import {
  areUnordered,
  type Chains,
  type ChainsOptions,
  haveNoVariance,
  readChains,
  splitChains,
} from "./chains.ts";
import { geyerEffectiveSampleSize } from "./geyer-effective-sample-size.ts";
import { meanOf } from "./moments.ts";
import { quantileBySelection } from "./quantile-by-selection.ts";
import { quantileIndicator } from "./quantile-indicator.ts";
import { RankedDraws } from "./ranked-draws.ts";
import { requireProbability } from "./require-probability.ts";
import { Workspace } from "./workspace.ts";

/** Options of {@link effectiveSampleSizeOfMean}. */
export interface EffectiveSampleSizeOfMeanOptions extends ChainsOptions {
  /** Whether every chain is first cut into halves, so that a drift within chains lowers the result. Default true. */
  readonly split?: boolean;
}

/** Options of the diagnostics of a quantile. */
export interface QuantileOptions extends ChainsOptions {
  /** Which quantile, in [0, 1]: 0.5 is the median. */
  readonly probability: number;
}

/**
 * How many independent draws would order the target as well: the effective sample size of ranks, the first to look at.
 *
 * Defined for any law, also without variance; does not change if the draws go through an increasing function. Chains that
 * disagree lower it. An odd chain loses its middle draw.
 *
 * @param draws - `chains` × length, row-major, in any unit. Infinities count as the largest and smallest draws.
 * @returns A number of draws, at most S log10 S for S of them. NaN if a draw is NaN, if all are the same, or if chains are shorter than 6.
 * O(n) for chains that mix well, O(n log n) for any.
 * @throws {RangeError} if the number of draws is not a positive multiple of `chains`.
 * @throws {TypeError} if a draw is not a number.
 * @see Vehtari, Gelman, Simpson, Carpenter and Bürkner, "Rank-normalization, folding, and localization: an improved R-hat for assessing
 * convergence of MCMC", Bayesian Analysis 16 (2021), section 4.1.
 * @example
 * ```ts
 * import { normal, randomStream } from "@mhgan/mcmc";
 * import { bulkEffectiveSampleSize } from "@mhgan/mcmc/diagnostics";
 * // Each draw keeps 0.8 of the one before: 1.8 / 0.2 = 9 of them are worth one.
 * const random = randomStream(1);
 * const draws = new Float64Array(40000);
 * for (let i = 0; i < 40000; i++) draws[i] = normal(random) + (i % 10000 === 0 ? 0 : 0.8 * draws[i - 1]);
 * bulkEffectiveSampleSize(draws, { chains: 4 }); // ≈ 4747
 * ```
 */
export function bulkEffectiveSampleSize(draws: ArrayLike<number>, { chains }: ChainsOptions): number {
  const all = readChains("bulkEffectiveSampleSize", draws, chains);
  if (areUnordered(all.values)) return Number.NaN;
  const workspace = new Workspace();
  return geyerEffectiveSampleSize(new RankedDraws(all, workspace).bulkScores(), workspace);
}

/**
 * How many independent draws would know the tails as well: the smaller effective sample size of the 5% and the 95% quantile.
 *
 * An odd chain loses its middle draw, but counts it in the quantiles.
 *
 * @param draws - `chains` × length, row-major, in any unit.
 * @returns A number of draws. NaN if a draw is NaN or infinite, if all are the same, if either quantile has no draws on one side
 * (as for 0s and 1s with few 1s), or if chains are shorter than 6. O(n) for chains that mix well, O(n log n) for any.
 * @throws {RangeError} if the number of draws is not a positive multiple of `chains`.
 * @throws {TypeError} if a draw is not a number.
 * @see Vehtari et al. 2021 (as {@link bulkEffectiveSampleSize}), section 4.3.
 * @example
 * ```ts
 * import { normal, randomStream } from "@mhgan/mcmc";
 * import { tailEffectiveSampleSize } from "@mhgan/mcmc/diagnostics";
 * const random = randomStream(1);
 * const draws = Float64Array.from({ length: 4000 }, () => normal(random));
 * tailEffectiveSampleSize(draws, { chains: 4 }); // ≈ 3776.4
 * ```
 */
export function tailEffectiveSampleSize(draws: ArrayLike<number>, { chains }: ChainsOptions): number {
  const all = readChains("tailEffectiveSampleSize", draws, chains);
  if (haveNoVariance(all.values)) return Number.NaN;
  const scratch = all.values.slice();
  const low = quantileBySelection(scratch, 0.05);
  const high = quantileBySelection(scratch, 0.95);
  return tailEffectiveSampleSizeOf(all, low, high, new Workspace());
}

/** As the public function, with the quantiles found already. */
export function tailEffectiveSampleSizeOf(
  all: Chains,
  low: number,
  high: number,
  workspace: Workspace,
): number {
  return Math.min(
    geyerEffectiveSampleSize(quantileIndicator(all, low), workspace),
    geyerEffectiveSampleSize(quantileIndicator(all, high), workspace),
  );
}

/**
 * How many independent draws would know the mean as well.
 *
 * @param draws - `chains` × length, row-major, in any unit, of a law with a variance.
 * @returns A number of draws, at most S log10 S for S of them: draws that alternate around the mean are worth more than independent ones. NaN if a draw is NaN or
 * infinite, if all are the same, or if chains (halves, if split) are shorter than 3. O(n) for chains that mix well, O(n log n) for any.
 * @throws {RangeError} if the number of draws is not a positive multiple of `chains`.
 * @throws {TypeError} if a draw is not a number.
 * @see Vehtari et al. 2021 (as {@link bulkEffectiveSampleSize}), section 3; Geyer, "Practical Markov chain Monte Carlo", Statistical Science 7
 * (1992), section 3.3.
 * @example
 * ```ts
 * import { normal, randomStream } from "@mhgan/mcmc";
 * import { effectiveSampleSizeOfMean } from "@mhgan/mcmc/diagnostics";
 * const random = randomStream(1);
 * const draws = Float64Array.from({ length: 4000 }, () => normal(random));
 * effectiveSampleSizeOfMean(draws, { chains: 4 }); // ≈ 4013.0
 * ```
 */
export function effectiveSampleSizeOfMean(
  draws: ArrayLike<number>,
  { chains, split = true }: EffectiveSampleSizeOfMeanOptions,
): number {
  const all = readChains("effectiveSampleSizeOfMean", draws, chains);
  return geyerEffectiveSampleSize(split ? splitChains(all) : all, new Workspace());
}

/**
 * How many independent draws would know the standard deviation as well: the effective sample size of squared distances from the mean.
 *
 * @param draws - `chains` × length, row-major, in any unit, of a law with a fourth moment.
 * @returns A number of draws. NaN as for {@link effectiveSampleSizeOfMean}, and if all draws are equally far from the mean.
 * O(n) for chains that mix well, O(n log n) for any.
 * @throws {RangeError} if the number of draws is not a positive multiple of `chains`.
 * @throws {TypeError} if a draw is not a number.
 * @see Vehtari et al. 2021 (as {@link bulkEffectiveSampleSize}), section 4.2.
 * @example
 * ```ts
 * import { normal, randomStream } from "@mhgan/mcmc";
 * import { effectiveSampleSizeOfStandardDeviation } from "@mhgan/mcmc/diagnostics";
 * const random = randomStream(1);
 * const draws = Float64Array.from({ length: 4000 }, () => normal(random));
 * effectiveSampleSizeOfStandardDeviation(draws, { chains: 4 }); // ≈ 4051.0
 * ```
 */
export function effectiveSampleSizeOfStandardDeviation(
  draws: ArrayLike<number>,
  { chains }: ChainsOptions,
): number {
  const all = readChains("effectiveSampleSizeOfStandardDeviation", draws, chains);
  if (haveNoVariance(all.values)) return Number.NaN;
  const mean = meanOf(all.values);
  const squares = { ...all, values: all.values.map((value) => (value - mean) ** 2) };
  return geyerEffectiveSampleSize(splitChains(squares), new Workspace());
}

/**
 * How many independent draws would know a quantile as well: the effective sample size of "is this draw at most the quantile?".
 *
 * @param draws - `chains` × length, row-major, in any unit.
 * @returns A number of draws. NaN if a draw is NaN or infinite, if all are the same, if no draw is above the quantile, or if
 * chains are shorter than 6. O(n) for chains that mix well, O(n log n) for any.
 * @throws {RangeError} if the number of draws is not a positive multiple of `chains`, or `probability` is outside [0, 1].
 * @throws {TypeError} if a draw is not a number.
 * @see Vehtari et al. 2021 (as {@link bulkEffectiveSampleSize}), section 4.3.
 * @example
 * ```ts
 * import { normal, randomStream } from "@mhgan/mcmc";
 * import { effectiveSampleSizeOfQuantile } from "@mhgan/mcmc/diagnostics";
 * const random = randomStream(1);
 * const draws = Float64Array.from({ length: 4000 }, () => normal(random));
 * effectiveSampleSizeOfQuantile(draws, { chains: 4, probability: 0.5 }); // ≈ 3965.2
 * ```
 */
export function effectiveSampleSizeOfQuantile(
  draws: ArrayLike<number>,
  { chains, probability }: QuantileOptions,
): number {
  const all = readChains("effectiveSampleSizeOfQuantile", draws, chains);
  requireProbability("effectiveSampleSizeOfQuantile", "probability", probability);
  if (haveNoVariance(all.values)) return Number.NaN;
  const quantile = quantileBySelection(all.values.slice(), probability);
  return geyerEffectiveSampleSize(quantileIndicator(all, quantile), new Workspace());
}

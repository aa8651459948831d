import { betaQuantile } from "./beta-quantile.ts";
import { type Chains, type ChainsOptions, haveNoVariance, readChains, splitChains } from "./chains.ts";
import type { QuantileOptions } from "./effective-sample-size.ts";
import { geyerEffectiveSampleSize } from "./geyer-effective-sample-size.ts";
import { meanOf, varianceOf } from "./moments.ts";
import { quantileIndicator } from "./quantile-indicator.ts";
import { RankedDraws } from "./ranked-draws.ts";
import { requireProbability } from "./require-probability.ts";
import { Workspace } from "./workspace.ts";

/** The normal distribution at −1 and 1, to the digits that R posterior takes. */
const BELOW_ONE_SIGMA = 0.1586553;
const ABOVE_ONE_SIGMA = 0.8413447;

/**
 * The Monte Carlo standard error of the mean of all draws: their standard deviation over the root of their effective sample size.
 *
 * @param draws - `chains` × length, row-major, of a law with a variance.
 * @returns In the unit of the draws. NaN if a draw is NaN or infinite, if all are the same, or if chains are shorter than 6.
 * O(n) for chains that mix well, O(n log n) for any.
 * @throws {RangeError} if the number of draws is not a positive multiple of `chains`.
 * @throws {TypeError} if a draw is not a number.
 * @see Vehtari, Gelman, Simpson, Carpenter and Bürkner, "Rank-normalization, folding, and localization: an improved R-hat for assessing
 * convergence of MCMC", Bayesian Analysis 16 (2021), section 4.4.
 * @example
 * ```ts
 * import { normal, randomStream } from "@mhgan/mcmc";
 * import { monteCarloErrorOfMean } from "@mhgan/mcmc/diagnostics";
 * const random = randomStream(1);
 * const draws = Float64Array.from({ length: 4000 }, () => normal(random));
 * monteCarloErrorOfMean(draws, { chains: 4 }); // ≈ 0.0155
 * ```
 */
export function monteCarloErrorOfMean(draws: ArrayLike<number>, { chains }: ChainsOptions): number {
  return monteCarloErrorOfMeanOf(readChains("monteCarloErrorOfMean", draws, chains), new Workspace());
}

/** As the public function, for draws that are checked already. */
export function monteCarloErrorOfMeanOf(all: Chains, workspace: Workspace): number {
  const size = geyerEffectiveSampleSize(splitChains(all), workspace);
  return Math.sqrt(varianceOf(all.values, meanOf(all.values)) / size);
}

/**
 * The Monte Carlo standard error of the standard deviation of all draws, by the delta method.
 *
 * @param draws - `chains` × length, row-major, of a law with a fourth moment.
 * @returns In the unit of the draws. NaN as for {@link monteCarloErrorOfMean}, and if all draws are equally far from the mean.
 * O(n) for chains that mix well, O(n log n) for any.
 * @throws {RangeError} if the number of draws is not a positive multiple of `chains`.
 * @throws {TypeError} if a draw is not a number.
 * @see Kenney and Keeping, "Mathematics of statistics", part 2, 2nd edition, 1951, page 141; Vehtari et al. 2021 (as
 * {@link monteCarloErrorOfMean}).
 * @example
 * ```ts
 * import { normal, randomStream } from "@mhgan/mcmc";
 * import { monteCarloErrorOfStandardDeviation } from "@mhgan/mcmc/diagnostics";
 * const random = randomStream(1);
 * const draws = Float64Array.from({ length: 4000 }, () => normal(random));
 * monteCarloErrorOfStandardDeviation(draws, { chains: 4 }); // ≈ 0.011
 * ```
 */
export function monteCarloErrorOfStandardDeviation(
  draws: ArrayLike<number>,
  { chains }: ChainsOptions,
): number {
  const all = readChains("monteCarloErrorOfStandardDeviation", draws, chains);
  if (haveNoVariance(all.values)) return Number.NaN;
  const mean = meanOf(all.values);
  const squares = all.values.map((value) => (value - mean) ** 2);
  const size = geyerEffectiveSampleSize(splitChains({ ...all, values: squares }), new Workspace());
  const variance = meanOf(squares);
  const varianceOfSquares = varianceOf(squares, variance) * (1 - 1 / squares.length);
  return Math.sqrt(varianceOfSquares / size / variance / 4);
}

/**
 * The Monte Carlo standard error of a quantile of all draws: half the distance between the draws whose ranks are one standard error
 * below and above that of the quantile.
 *
 * @param draws - `chains` × length, row-major, of any law. An odd chain loses its middle draw in the effective sample size only.
 * @returns In the unit of the draws; 0 where draws are tied. NaN if a draw is NaN or infinite, if all are the same, if no draw is above the
 * quantile, or if chains are shorter than 6. O(n) for chains that mix well, O(n log n) for any.
 * @throws {RangeError} if the number of draws is not a positive multiple of `chains`, or `probability` is outside [0, 1].
 * @throws {TypeError} if a draw is not a number.
 * @see Vehtari et al. 2021 (as {@link monteCarloErrorOfMean}), section 4.4.
 * @example
 * ```ts
 * import { normal, randomStream } from "@mhgan/mcmc";
 * import { monteCarloErrorOfQuantile } from "@mhgan/mcmc/diagnostics";
 * const random = randomStream(1);
 * const draws = Float64Array.from({ length: 4000 }, () => normal(random));
 * monteCarloErrorOfQuantile(draws, { chains: 4, probability: 0.5 }); // ≈ 0.02
 * ```
 */
export function monteCarloErrorOfQuantile(
  draws: ArrayLike<number>,
  { chains, probability }: QuantileOptions,
): number {
  const all = readChains("monteCarloErrorOfQuantile", draws, chains);
  requireProbability("monteCarloErrorOfQuantile", "probability", probability);
  if (haveNoVariance(all.values)) return Number.NaN;
  const workspace = new Workspace();
  const ranked = new RankedDraws(all, workspace);
  const indicator = quantileIndicator(all, ranked.quantile(probability));
  const size = geyerEffectiveSampleSize(indicator, workspace);
  if (Number.isNaN(size)) return Number.NaN;
  const a = size * probability + 1;
  const b = size * (1 - probability) + 1;
  const { sorted } = ranked;
  const low = Math.floor(betaQuantile(BELOW_ONE_SIGMA, a, b) * sorted.length);
  const high = Math.ceil(betaQuantile(ABOVE_ONE_SIGMA, a, b) * sorted.length);
  // Ranks from 1; every one of them is at most the number of draws.
  return (sorted[high - 1]! - sorted[Math.max(low, 1) - 1]!) / 2;
}

import { type Chains, type ChainsOptions, haveNoVariance, readChains, splitChains } from "./chains.ts";
import { meanOf, varianceOf } from "./moments.ts";

/** Options of {@link basicRHat}. */
export interface BasicRHatOptions extends ChainsOptions {
  /** Whether every chain is first cut into halves, so that a drift within chains shows. Default true. */
  readonly split?: boolean;
}

/**
 * R-hat of the draws themselves, without ranks: the potential scale reduction of Gelman and Rubin. Near 1 where chains agree.
 *
 * Prefer {@link splitRHat}, which also sees chains that differ in spread and does not need a variance. An odd chain loses its
 * middle draw when it is split.
 *
 * @param draws - `chains` × length, row-major, in any unit.
 * @returns A ratio without unit. NaN if a draw is NaN or infinite, if all are the same, or if there is one chain (or half) only
 * or one draw in each; Infinity if every chain is constant but they differ. O(n).
 * @throws {RangeError} if the number of draws is not a positive multiple of `chains`.
 * @throws {TypeError} if a draw is not a number.
 * @see Gelman and Rubin, "Inference from iterative simulation using multiple sequences", Statistical Science 7 (1992); Gelman et al.,
 * "Bayesian Data Analysis", 3rd edition, section 11.4.
 * @example
 * ```ts
 * import { basicRHat } from "@mhgan/mcmc/diagnostics";
 * // Two chains that drift alike: only their halves differ.
 * const draws = [1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6];
 * basicRHat(draws, { chains: 2, split: false }); // ≈ 0.9129
 * basicRHat(draws, { chains: 2 }); // ≈ 1.9149
 * ```
 */
export function basicRHat(draws: ArrayLike<number>, { chains, split = true }: BasicRHatOptions): number {
  const all = readChains("basicRHat", draws, chains);
  return haveNoVariance(all.values) ? Number.NaN : rHatOf(split ? splitChains(all) : all);
}

/** √((B / W + n − 1) / n), with B = n times the variance of the means of chains and W the mean of their variances. */
export function rHatOf({ values, chains, length }: Chains): number {
  const means = new Float64Array(chains);
  let variances = 0;
  for (let chain = 0; chain < chains; chain++) {
    const start = chain * length;
    means[chain] = meanOf(values, start, start + length);
    variances += varianceOf(values, means[chain]!, start, start + length);
  }
  const between = varianceOf(means, meanOf(means));
  return Math.sqrt((length * between) / (variances / chains) / length + (length - 1) / length);
}

import { type ChainsOptions, haveNoVariance, readChains } from "./chains.ts";
import { meanOf, varianceOf } from "./moments.ts";

/** Options of {@link nestedRHat}. */
export interface NestedRHatOptions extends ChainsOptions {
  /** How many groups the chains form; a divisor of `chains`. The chains of a group follow each other and had the same start. */
  readonly superchains: number;
}

/**
 * Nested R-hat, for many short chains: whether groups of chains that started at different points have come to agree.
 *
 * R-hat needs chains that are long enough to vary, one by one. Nested R-hat compares groups ("superchains"), so a
 * single draw of each chain is enough: with draws of independent chains, take chain length 1.
 *
 * @param draws - `chains` × length, row-major, in any unit.
 * @returns A ratio without unit, at least 1. NaN if a draw is NaN or infinite, if all are the same, or if there is one superchain
 * only; Infinity if only superchains differ. O(n).
 * @throws {RangeError} if the number of draws is not a positive multiple of `chains`, or `chains` not one of `superchains`.
 * @throws {TypeError} if a draw is not a number.
 * @see Margossian, Hoffman, Sountsov, Riou-Durand, Vehtari and Gelman, "Nested R-hat: assessing the convergence of Markov chain Monte Carlo
 * when running many short chains", Bayesian Analysis (2024), equations 6 and 7.
 * @example
 * ```ts
 * import { nestedRHat } from "@mhgan/mcmc/diagnostics";
 * // Six chains of one draw each; the first three had one start, the others another.
 * nestedRHat([1, 2, 3, 4, 5, 6], { chains: 6, superchains: 2 }); // ≈ 2.3452
 * nestedRHat([1, 5, 3, 4, 2, 6], { chains: 6, superchains: 2 }); // ≈ 1.0607
 * ```
 */
export function nestedRHat(draws: ArrayLike<number>, { chains, superchains }: NestedRHatOptions): number {
  const { values, length } = readChains("nestedRHat", draws, chains);
  if (!Number.isSafeInteger(superchains) || superchains < 1 || chains % superchains !== 0) {
    throw new RangeError(
      `nestedRHat: superchains must be a divisor of chains = ${chains}, got ${String(superchains)}`,
    );
  }
  if (haveNoVariance(values)) return Number.NaN;
  const chainMeans = new Float64Array(chains);
  let withinChains = 0;
  for (let chain = 0; chain < chains; chain++) {
    const start = chain * length;
    chainMeans[chain] = meanOf(values, start, start + length);
    if (length > 1) withinChains += varianceOf(values, chainMeans[chain]!, start, start + length);
  }
  const members = chains / superchains;
  const means = new Float64Array(superchains);
  let betweenChains = 0;
  for (let group = 0; group < superchains; group++) {
    const start = group * members;
    means[group] = meanOf(chainMeans, start, start + members);
    if (members > 1) betweenChains += varianceOf(chainMeans, means[group]!, start, start + members);
  }
  const between = varianceOf(means, meanOf(means));
  return Math.sqrt(1 + between / (withinChains / chains + betweenChains / superchains));
}

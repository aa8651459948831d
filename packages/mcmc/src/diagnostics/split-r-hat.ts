import { rHatOf } from "./basic-r-hat.ts";
import { areUnordered, type ChainsOptions, readChains } from "./chains.ts";
import { RankedDraws } from "./ranked-draws.ts";
import { Workspace } from "./workspace.ts";

/** What {@link splitRHat} finds. */
export interface SplitRHat {
  /** The larger of the two: near 1 only where chains agree in location and in spread. */
  readonly rHat: number;
  /** R-hat of the ranks of the draws: sees chains in different places. */
  readonly bulk: number;
  /** R-hat of the ranks of the distances from the median: sees chains of different spread. */
  readonly folded: number;
}

/**
 * Split R-hat on ranks: whether several chains, and both halves of each, look like draws of one law. Trust draws below about 1.01.
 *
 * Draws are replaced by the normal scores of their ranks among all draws, so the law may have no variance, and any increasing
 * transformation of the draws leaves `bulk` as it is. An odd chain loses its middle draw.
 *
 * @param draws - `chains` × length, row-major, in any unit. Infinities count as the largest and smallest draws.
 * @returns Ratios without unit. NaN if a draw is NaN, if all are the same, or if a half has less than two draws. `folded`, and with it `rHat`, is also
 * NaN if all draws are equally far from the median or the median is infinite. O(n) time, for the sort too.
 * @throws {RangeError} if the number of draws is not a positive multiple of `chains`.
 * @throws {TypeError} if a draw is not a number.
 * @see Vehtari, Gelman, Simpson, Carpenter and Bürkner, "Rank-normalization, folding, and localization: an improved R-hat for assessing
 * convergence of MCMC", Bayesian Analysis 16 (2021), section 4.
 * @example
 * ```ts
 * import { normal, randomStream } from "@mhgan/mcmc";
 * import { splitRHat } from "@mhgan/mcmc/diagnostics";
 * const random = randomStream(1);
 * const draws = Float64Array.from({ length: 4000 }, () => normal(random));
 * splitRHat(draws, { chains: 4 }).rHat < 1.01; // => true
 * // A chain that is three times as wide: locations agree, spreads do not.
 * const uneven = draws.map((draw, i) => (i < 1000 ? 3 * draw : draw));
 * const { bulk, folded } = splitRHat(uneven, { chains: 4 });
 * bulk < 1.01; // => true
 * folded > 1.1; // => true
 * ```
 */
export function splitRHat(draws: ArrayLike<number>, { chains }: ChainsOptions): SplitRHat {
  const all = readChains("splitRHat", draws, chains);
  if (areUnordered(all.values)) return { rHat: Number.NaN, bulk: Number.NaN, folded: Number.NaN };
  const ranked = new RankedDraws(all, new Workspace());
  const bulk = rHatOf(ranked.bulkScores());
  const folded = rHatOf(ranked.foldedScores());
  return { rHat: Math.max(bulk, folded), bulk, folded };
}

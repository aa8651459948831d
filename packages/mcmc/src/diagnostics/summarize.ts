import { requirePositiveCount } from "../requirements.ts";
import { rHatOf } from "./basic-r-hat.ts";
import { areUnordered, type Chains, type ChainsOptions, haveNoVariance, readChains } from "./chains.ts";
import { tailEffectiveSampleSizeOf } from "./effective-sample-size.ts";
import { geyerEffectiveSampleSize } from "./geyer-effective-sample-size.ts";
import { meanOf, varianceOf } from "./moments.ts";
import { monteCarloErrorOfMeanOf } from "./monte-carlo-error.ts";
import { RankedDraws } from "./ranked-draws.ts";
import { Workspace } from "./workspace.ts";

/** Options of {@link summarize}. */
export interface SummarizeOptions extends ChainsOptions {
  /** How many quantities each draw holds. Default: the number of names, or 1. */
  readonly quantities?: number;
  /** One name for each quantity. Default `"x0"`, `"x1"`, … */
  readonly names?: readonly string[];
}

/** The summary of one quantity. All that has no value is NaN, which JSON writes as null. */
export interface SummaryRow {
  /** The name of the quantity. */
  readonly name: string;
  /** The mean over all draws of all chains. */
  readonly mean: number;
  /** The standard deviation of the draws, over n − 1. */
  readonly standardDeviation: number;
  /** The 5% quantile. */
  readonly q05: number;
  /** The 50% quantile. */
  readonly median: number;
  /** The 95% quantile. */
  readonly q95: number;
  /** The Monte Carlo standard error of `mean`. */
  readonly errorOfMean: number;
  /** As {@link splitRHat} finds it. */
  readonly rHat: number;
  /** As {@link bulkEffectiveSampleSize} finds it. */
  readonly bulkEss: number;
  /** As {@link tailEffectiveSampleSize} finds it. */
  readonly tailEss: number;
}

/**
 * What the draws say about each quantity, and how far to trust it: moments, quantiles, split R-hat, effective sample sizes.
 *
 * The draws of a quantity are sorted once for all of it. {@link summaryTable} prints the rows.
 *
 * @param draws - `chains` × length × `quantities`, row-major: all quantities of chain 0's first draw come first.
 * @returns One plain row for each quantity, in order; in the unit of the draws, counts of draws, and R-hat without unit.
 * O(n) for chains that mix well, O(n log n) for any.
 * @throws {RangeError} if the number of draws is not a positive multiple of `chains` times `quantities`, or there are not as many names
 * as quantities.
 * @throws {TypeError} if a draw is not a number.
 * @see Vehtari, Gelman, Simpson, Carpenter and Bürkner, "Rank-normalization, folding, and localization: an improved R-hat for assessing
 * convergence of MCMC", Bayesian Analysis 16 (2021).
 * @example
 * ```ts
 * import { normal, randomStream } from "@mhgan/mcmc";
 * import { summarize } from "@mhgan/mcmc/diagnostics";
 * const random = randomStream(1);
 * // 4 chains of 1000 draws of two quantities.
 * const draws = Float64Array.from({ length: 8000 }, (_, i) => (i % 2 === 0 ? normal(random) : 10 + 2 * normal(random)));
 * const [height, width] = summarize(draws, { chains: 4, names: ["height", "width"] });
 * width.name; // => "width"
 * width.mean; // ≈ 10.0
 * height.rHat < 1.01; // => true
 * ```
 */
export function summarize(
  draws: ArrayLike<number>,
  { chains, names, quantities = names?.length ?? 1 }: SummarizeOptions,
): SummaryRow[] {
  requirePositiveCount("summarize", "chains", chains);
  requirePositiveCount("summarize", "quantities", quantities);
  if (names !== undefined && names.length !== quantities) {
    throw new RangeError(`summarize: names must have length ${quantities}, got ${names.length}`);
  }
  if (draws.length === 0 || draws.length % (chains * quantities) !== 0) {
    throw new RangeError(
      `summarize: draws must have a length that is a multiple of chains × quantities = ${chains * quantities} and not 0, ` +
        `got ${draws.length}`,
    );
  }
  const all = readChains("summarize", draws, chains);
  const workspace = new Workspace();
  const length = all.length / quantities;
  return Array.from({ length: quantities }, (_, quantity) => {
    const values = new Float64Array(chains * length);
    for (let i = 0; i < values.length; i++) values[i] = all.values[i * quantities + quantity]!;
    return summaryRow(names?.[quantity] ?? `x${quantity}`, { values, chains, length }, workspace);
  });
}

function summaryRow(name: string, all: Chains, workspace: Workspace): SummaryRow {
  const { values } = all;
  const mean = meanOf(values);
  const moments = { name, mean, standardDeviation: Math.sqrt(varianceOf(values, mean)) };
  if (areUnordered(values)) {
    // Constant draws have quantiles, all the same; draws with NaN have none.
    const q = Number.isNaN(mean) ? Number.NaN : values[0]!;
    const none = Number.NaN;
    return {
      ...moments,
      q05: q,
      median: q,
      q95: q,
      errorOfMean: none,
      rHat: none,
      bulkEss: none,
      tailEss: none,
    };
  }
  const ranked = new RankedDraws(all, workspace);
  const scores = ranked.bulkScores();
  const q05 = ranked.quantile(0.05);
  const q95 = ranked.quantile(0.95);
  return {
    ...moments,
    q05,
    median: ranked.quantile(0.5),
    q95,
    errorOfMean: monteCarloErrorOfMeanOf(all, workspace),
    rHat: Math.max(rHatOf(scores), rHatOf(ranked.foldedScores())),
    bulkEss: geyerEffectiveSampleSize(scores, workspace),
    tailEss: haveNoVariance(values) ? Number.NaN : tailEffectiveSampleSizeOf(all, q05, q95, workspace),
  };
}

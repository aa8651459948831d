import { float64Copy, haveNoVariance } from "./chains.ts";
import { LaggedProducts } from "./lagged-products.ts";
import { meanOf } from "./moments.ts";
import { Workspace } from "./workspace.ts";

/** Options of {@link autocorrelation}. */
export interface AutocorrelationOptions {
  /** The largest lag; below the length of the chain. Default: the length less 1. */
  readonly maxLag?: number;
}

/**
 * The autocorrelation of one chain: the biased autocovariance (divided by the length at every lag) over the variance.
 *
 * @param chain - the draws of one chain, in order; in any unit.
 * @returns Entry t is that of lag t, from 0 to `maxLag`; the first is 1. All NaN if a draw is NaN or infinite or if all are
 * the same. O(n) for a few lags, O(n log n) for many.
 * @throws {RangeError} if the chain is empty or `maxLag` is not a safe integer from 0, below the length.
 * @throws {TypeError} if a draw is not a number.
 * @see Priestley, "Spectral analysis and time series", 1981, section 5.3.
 * @example
 * ```ts
 * import { autocorrelation } from "@mhgan/mcmc/diagnostics";
 * autocorrelation([1, -1, 1, -1], { maxLag: 2 }); // => [1, -0.75, 0.5]
 * ```
 */
export function autocorrelation(
  chain: ArrayLike<number>,
  { maxLag = chain.length - 1 }: AutocorrelationOptions = {},
): Float64Array {
  const { length } = chain;
  if (length === 0) throw new RangeError("autocorrelation: chain must not be empty, got length 0");
  if (!Number.isSafeInteger(maxLag) || maxLag < 0 || maxLag >= length) {
    throw new RangeError(
      `autocorrelation: maxLag must be a safe integer from 0 to ${length - 1}, got ${String(maxLag)}`,
    );
  }
  const values = float64Copy("autocorrelation", "chain", chain);
  const correlations = new Float64Array(maxLag + 1).fill(Number.NaN);
  if (haveNoVariance(values)) return correlations;
  const mean = meanOf(values);
  for (let i = 0; i < length; i++) values[i]! -= mean;
  const products = new LaggedProducts({ values, chains: 1, length }, new Workspace());
  // The last lag first, so that all of them come from one transform if that is what it takes.
  products.at(maxLag);
  for (let lag = 0; lag <= maxLag; lag++) correlations[lag] = products.at(lag) / products.at(0);
  return correlations;
}

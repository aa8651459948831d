import { type Chains, haveNoVariance } from "./chains.ts";
import { LaggedProducts } from "./lagged-products.ts";
import { meanOf, varianceOf } from "./moments.ts";
import type { Workspace } from "./workspace.ts";

/**
 * The effective sample size of the mean over chains: draws / τ, with the autocorrelations in τ summed up to where Geyer's initial monotone sequence ends.
 *
 * NaN for chains of less than three draws, for NaN, infinite or constant draws. At most S log10 S for S draws. Where not one pair of
 * autocorrelations can be used (a perfect alternation, or chains of up to five draws) it is S / 2.
 *
 * @see Vehtari et al. 2021, section 3 (equations 10 to 13); Geyer, "Practical Markov chain Monte Carlo", Statistical Science 7 (1992), section 3.3.
 */
export function geyerEffectiveSampleSize(drawn: Chains, workspace: Workspace): number {
  const { values, chains, length } = drawn;
  if (length < 3 || haveNoVariance(values)) return Number.NaN;
  const means = new Float64Array(chains);
  const centred = new Float64Array(values.length);
  for (let chain = 0; chain < chains; chain++) {
    const start = chain * length;
    const mean = meanOf(values, start, start + length);
    means[chain] = mean;
    for (let i = start; i < start + length; i++) centred[i] = values[i]! - mean;
  }
  const products = new LaggedProducts({ values: centred, chains, length }, workspace);

  const draws = chains * length;
  const within = products.at(0) / (draws - chains);
  const between = chains > 1 ? varianceOf(means, meanOf(means)) : 0;
  const variance = products.at(0) / draws + between;
  if (!Number.isFinite(variance)) return Number.NaN;
  const correlation = (lag: number): number => 1 - (within - products.at(lag) / draws) / variance;

  let even = 1;
  let odd = correlation(1);
  let lag = 0;
  let pair = Infinity;
  let sum = 0;
  while (lag < length - 5 && even + odd > 0) {
    pair = Math.min(pair, even + odd);
    sum += pair;
    lag += 2;
    even = correlation(lag);
    odd = correlation(lag + 1);
  }
  // The even term of the first pair that is not used takes part on its own: it lowers the variance for alternating chains.
  const last = even + odd >= 0 ? even : Math.max(even, 0);
  const time = lag === 0 ? 2 : 2 * sum - 1 + last;
  return draws / Math.max(time, 1 / Math.log10(draws));
}

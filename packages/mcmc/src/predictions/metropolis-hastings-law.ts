import type { DrawLaw } from "./draw-law.ts";
import type { WeightDistribution } from "./weight-distribution.ts";

/** λ(w)^K at each weight: the probability that a state refuses K proposals. */
export function refusals({ acceptance }: WeightDistribution, chainLength: number): Float64Array {
  return acceptance.map((rate) => (chainLength === 0 ? 1 : Math.exp(chainLength * Math.log1p(-rate))));
}

/**
 * The law of a Metropolis-Hastings chain after K steps from a proposal. O(n).
 *
 * With T(w) = ∫_w^∞ K λ(v)^(K−1) v⁻² dv, a chain from weight x has reached weight y with density T(max(x, y)) under the
 * target, or still is at x with probability λ(x)^K (Smith and Tierney). Between two weights λ′(v) = S/v² with S the target's
 * mass below, so T is a sum of differences of λ^K over S, with no integral left.
 */
export function metropolisHastingsLaw(distribution: WeightDistribution, chainLength: number): DrawLaw {
  const { weights, masses, below, targetBelow, massAtZero } = distribution;
  const last = weights.length - 1;
  const stay = refusals(distribution, chainLength);
  const densities = new Float64Array(weights.length);
  let reach = (1 - stay[last]!) / targetBelow[last]!;
  let fromHeavier = 0;
  for (let i = last; i >= 0; i--) {
    if (i < last) reach += (stay[i + 1]! - stay[i]!) / targetBelow[i]!;
    densities[i] = (below[i]! * reach + fromHeavier) * weights[i]! + stay[i]!;
    fromHeavier += masses[i]! * reach;
  }
  // It is at weight 0 as long as it has met nothing else.
  return { densities, atZero: massAtZero ** (chainLength + 1) };
}

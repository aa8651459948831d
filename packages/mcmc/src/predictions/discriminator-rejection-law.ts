import { between } from "../diagnostics/quantile-of-sorted.ts";
import type { DrawLaw } from "./draw-law.ts";
import type { WeightDistribution } from "./weight-distribution.ts";

/** The rule of discriminator rejection, and how many proposals it is offered. */
export interface DiscriminatorRejectionRule {
  readonly gamma: number | { readonly percentile: number };
  readonly epsilon: number;
  readonly candidates: number;
}

/**
 * The law of the first proposal that is accepted, with probability sigmoid(F − γ), or of the heaviest if none of the candidates is. O(n).
 *
 * N proposals are all refused and of weight at most w with probability R(w)^N, where R(w) is that of one.
 */
export function discriminatorRejectionLaw(
  distribution: WeightDistribution,
  { gamma, epsilon, candidates }: DiscriminatorRejectionRule,
): DrawLaw & { readonly proposalsPerDraw: number } {
  const { weights, masses, massAtZero } = distribution;
  const largest = weights[weights.length - 1]!;
  const logOdds = weights.map((weight) => {
    const logRatio = Math.log(weight / largest);
    return logRatio - Math.log(-Math.expm1(logRatio - epsilon));
  });
  const shift = typeof gamma === "number" ? gamma : percentileOf(logOdds, distribution, gamma.percentile);
  const acceptances = logOdds.map((f) => 1 / (1 + Math.exp(shift - f)));
  const rate = acceptances.reduce((sum, acceptance, i) => sum + masses[i]! * acceptance, 0);
  const proposalsPerDraw =
    rate > 0 ? -Math.expm1(candidates * Math.log1p(-Math.min(1, rate))) / rate : candidates;

  const atZero = massAtZero ** candidates;
  let refused = massAtZero;
  let upToLighter = atZero;
  const densities = acceptances.map((acceptance, i) => {
    refused += masses[i]! * (1 - acceptance);
    const upToThis = refused ** candidates;
    const density = acceptance * proposalsPerDraw + (upToThis - upToLighter) / masses[i]!;
    upToLighter = upToThis;
    return density;
  });
  return { densities, atZero, proposalsPerDraw };
}

/** The percentile of F over proposals (linear interpolation, type 7), or over points of a quadrature. F is −∞ at weight 0. */
function percentileOf(
  logOdds: Float64Array,
  { below, massAtZero, count }: WeightDistribution,
  percentile: number,
): number {
  const at = (probability: number): number =>
    probability <= massAtZero
      ? -Infinity
      : (logOdds[below.findIndex((p) => p >= probability)] ?? logOdds.at(-1)!);
  if (count === Infinity) return at(percentile / 100);
  const place = ((count - 1) * percentile) / 100;
  const rank = Math.floor(place);
  return between(at((rank + 0.5) / count), at(Math.min(1, (rank + 1.5) / count)), place - rank);
}

import type { ScoreGrid } from "./score-pair.ts";

/** What fitted weights are worth, by quadrature: no figure is blurred by a test sample. */
export interface WeightJudgement {
  /** E_q[w]: 1 for the truth. */
  readonly meanWeight: number;
  /** w*, the largest weight that any score can get. */
  readonly maximumWeight: number;
  /** Expected log loss on as many real as fake samples, less that of the truth, in nats. */
  readonly logLossExcess: number;
  /** Total variation between p and the law q·w / E_q[w], from which exact sampling by these weights draws. */
  readonly totalVariation: number;
  /** What such a draw costs: w* / E_q[w] proposals. */
  readonly proposalsPerDraw: number;
  /** The probability that a chain of K proposals never leaves the real sample it started from: E_p[λ(w)^K]. */
  readonly capOut: number;
  /** Total variation between p and the draws of such chains, where one that never left its start gives way to one from a proposal. */
  readonly chainTotalVariation: number;
}

/**
 * Judges log weights, one for each point of the grid, non-decreasing.
 *
 * Where weights are infinite, exact sampling accepts these alone: its law is q above their threshold.
 *
 * @param maximumLogWeight - the largest that any score can get, on the grid or off it.
 */
export function judgeWeights(
  grid: ScoreGrid,
  logWeights: Float64Array,
  maximumLogWeight: number,
  chainLength: number,
): WeightJudgement {
  const { real, fake, logWeights: truth } = grid;
  const largest = logWeights.at(-1)!;
  const relative = logWeights.map((value) => (value === largest ? 1 : Math.exp(value - largest)));
  const relativeMean = relative.reduce((sum, weight, i) => sum + fake[i]! * weight, 0);
  let meanWeight = 0;
  let logLossExcess = 0;
  logWeights.forEach((logWeight, i) => {
    meanWeight += fake[i]! * Math.exp(logWeight);
    const ofReal = softplus(-logWeight) - softplus(-truth[i]!);
    const ofFake = softplus(logWeight) - softplus(truth[i]!);
    logLossExcess += (real[i]! * ofReal + fake[i]! * ofFake) / 2;
  });
  return {
    meanWeight,
    maximumWeight: Math.exp(maximumLogWeight),
    logLossExcess,
    totalVariation: distance(
      real,
      relative.map((weight, i) => (fake[i]! * weight) / relativeMean),
    ),
    proposalsPerDraw:
      (maximumLogWeight === largest ? 1 : Math.exp(maximumLogWeight - largest)) / relativeMean,
    ...judgeChains(grid, logWeights, chainLength),
  };
}

/** Log weights beyond this are as good as infinite: no chain is long enough to see the difference. */
const AS_GOOD_AS_INFINITE = 200;

/**
 * What Metropolis-Hastings chains from real samples do with these weights.
 *
 * λ(w) is the probability that a state of weight w refuses a proposal. In K steps a chain from x has reached y with density
 * w(y)·T(max of both weights) under q, where T(w) = ∫_w^∞ K λ(v)^(K−1) v⁻² dv, or else it is still at x, with probability λ(w(x))^K.
 * Since λ′(v) = E_q[w; w ≤ v] / v², T is a sum of differences of λ^K.
 *
 * @see Smith and Tierney, "Exact transition probabilities for the independence Metropolis sampler" (1996).
 */
function judgeChains(
  { real, fake }: ScoreGrid,
  logWeights: Float64Array,
  chainLength: number,
): Pick<WeightJudgement, "capOut" | "chainTotalVariation"> {
  const finite = logWeights.map((value) =>
    Math.min(AS_GOOD_AS_INFINITE, Math.max(-AS_GOOD_AS_INFINITE, value)),
  );
  const last = finite.length - 1;
  const weights = finite.map((value) => Math.exp(value - finite[last]!));
  const stay = new Float64Array(finite.length);
  const weightBelow = new Float64Array(finite.length);
  let heavier = 1;
  let lighter = 0;
  let sum = 0;
  for (let i = 0; i <= last; i++) {
    heavier -= fake[i]!;
    lighter = (i === 0 ? 0 : lighter * Math.exp(finite[i - 1]! - finite[i]!)) + fake[i]!;
    weightBelow[i] = sum += fake[i]! * weights[i]!;
    const acceptance = Math.min(1, Math.max(0, heavier) + lighter);
    stay[i] = Math.exp(chainLength * Math.log1p(-acceptance));
  }
  const reach = new Float64Array(finite.length);
  reach[last] = (1 - stay[last]!) / weightBelow[last]!;
  for (let i = last - 1; i >= 0; i--) {
    reach[i] = reach[i + 1]! + (stay[i + 1]! - stay[i]!) / weightBelow[i]!;
  }
  /** The law of chains that have left a start of the given law. */
  const moved = (start: Float64Array): Float64Array => {
    const law = new Float64Array(start.length);
    let below = 1;
    let fromHeavier = 0;
    for (let i = last; i >= 0; i--) {
      law[i] = fake[i]! * weights[i]! * (below * reach[i]! + fromHeavier);
      below -= start[i]!;
      fromHeavier += start[i]! * reach[i]!;
    }
    return law;
  };
  const capOut = real.reduce((total, mass, i) => total + mass * stay[i]!, 0);
  const fromFake = moved(fake);
  const draws = moved(real).map((mass, i) => mass + capOut * (fromFake[i]! + fake[i]! * stay[i]!));
  return { capOut, chainTotalVariation: distance(real, draws) };
}

/** Total variation between two laws on the same points. */
function distance(one: Float64Array, other: Float64Array): number {
  return one.reduce((sum, mass, i) => sum + Math.abs(mass - other[i]!), 0) / 2;
}

/** ln(1 + e^x), which is the log loss of a negative at log odds x. */
function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

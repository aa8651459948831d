import type { DrawLaw } from "./draw-law.ts";
import type { WeightDistribution } from "./weight-distribution.ts";

/**
 * Step of the trapezoidal rule in log t. Integrands are analytic for |Im log t| < π/2, and on the line Im log t = θ their
 * modulus integrates to at most 1 / cos θ of the integral. So the relative error is below 2 e^(−2πθ/h) / cos θ for each θ: 6e-13.
 */
const STEP = 0.3;

/** The probability that may be lost beyond either end of the nodes, in each choice among candidates. */
const LOST = 1e-13;

/** Weights below this part of the mean are raised to it, so that the nodes come to an end: they are picked as rarely. */
const LEAST = 1e-30;

/** Nodes for integrals over t of e^(−tw) φ(t)^N, with φ(t) = E_q e^(−tw). */
interface Nodes {
  readonly times: readonly number[];
  readonly logTransforms: readonly number[];
}

/**
 * All t from where every factor of the integrand is 1 but for √LOST, to where no more is left of N φ′ φ^(N−1), whose integral is the
 * probability of a draw of a weight above 0, nor of w e^(−tw) φ^N, that of staying, for a state from the target. O(nodes · n).
 */
function nodesFor({ weights, masses, massAtZero }: WeightDistribution, count: number): Nodes {
  const first = Math.sqrt(LOST) / Math.max(count, weights.at(-1)!);
  const times: number[] = [];
  const logTransforms: number[] = [];
  for (let logTime = Math.log(first), rest = 1; rest > LOST; logTime += STEP) {
    const time = Math.exp(logTime);
    let change = 0;
    let heavy = 0;
    for (let i = 0; i < weights.length; i++) {
      const decay = Math.expm1(-time * Math.max(weights[i]!, LEAST));
      change += masses[i]! * decay;
      heavy += masses[i]! * weights[i]! * (1 + decay);
    }
    const logTransform = Math.log1p(Math.max(change, Number.EPSILON - 1));
    times.push(time);
    logTransforms.push(logTransform);
    const all = Math.exp(count * logTransform);
    rest = Math.max(all - massAtZero ** count, all * heavy);
  }
  return { times, logTransforms };
}

/** h t φ(t)^power at each node: what the rule multiplies the rest of the integrand by. The first stands for all before it too. */
function factors({ times, logTransforms }: Nodes, power: number): Float64Array {
  return Float64Array.from(times, (time, j) => {
    const width = j === 0 ? STEP / -Math.expm1(-STEP) : STEP;
    return width * time * Math.exp(power * logTransforms[j]!);
  });
}

/**
 * The law of one draw out of N proposals, picked by weight. O(nodes · n).
 *
 * Its density under q is N w E[1 / (w + S)] with S the weight of the others: by 1 / s = ∫ e^(−ts) dt that is N w ∫ e^(−tw) φ(t)^(N−1) dt.
 */
export function importanceResamplingLaw(distribution: WeightDistribution, candidates: number): DrawLaw {
  const nodes = nodesFor(distribution, candidates);
  const factor = factors(nodes, candidates - 1);
  const densities = distribution.weights.map((exact) => {
    const weight = Math.max(exact, LEAST);
    let sum = 0;
    for (let j = 0; j < factor.length; j++) sum += factor[j]! * Math.exp(-nodes.times[j]! * weight);
    return candidates * weight * sum;
  });
  return { densities, atZero: distribution.massAtZero ** candidates };
}

/**
 * The law of i-SIR after some steps without a start, of which the first chooses among its N − 1 proposals alone, and the probability at
 * each weight that a state is kept in all of as many steps. O(steps · nodes · n).
 *
 * From x a step goes to y with density (N − 1) w(y) ∫ e^(−t(w(x) + w(y))) φ(t)^(N−2) dt under q, and stays with probability
 * w(x) ∫ e^(−t w(x)) φ(t)^(N−1) dt. In the nodes the first is a sum of products, so that a step needs no pairs.
 */
export function iteratedSirLaw(
  distribution: WeightDistribution,
  candidates: number,
  steps: number,
): DrawLaw & { readonly kept: Float64Array } {
  const { masses, massAtZero } = distribution;
  const proposals = candidates - 1;
  const nodes = nodesFor(distribution, proposals);
  const { times } = nodes;
  const leave = factors(nodes, proposals - 1);
  const stay = factors(nodes, proposals);
  const stays = new Float64Array(masses.length);
  const densities = new Float64Array(masses.length);
  const row = new Float64Array(times.length);
  // E e^(−tw) over the states. No start is a start of weight 0.
  let transforms = new Float64Array(times.length).fill(1);
  let atZero = 1;
  for (let step = 0; step < steps; step++) {
    atZero *= massAtZero ** proposals;
    const next = new Float64Array(times.length).fill(atZero);
    for (let i = 0; i < masses.length; i++) {
      const weight = Math.max(distribution.weights[i]!, LEAST);
      let stayed = 0;
      let arrived = 0;
      for (let j = 0; j < row.length; j++) {
        const value = Math.exp(-times[j]! * weight);
        row[j] = value;
        stayed += stay[j]! * value;
        arrived += leave[j]! * transforms[j]! * value;
      }
      stays[i] = weight * stayed;
      densities[i] = stays[i]! * densities[i]! + proposals * weight * arrived;
      for (let j = 0; j < row.length; j++) next[j]! += masses[i]! * densities[i]! * row[j]!;
    }
    transforms = next;
  }
  return { densities, atZero, kept: stays.map((probability) => probability ** steps) };
}

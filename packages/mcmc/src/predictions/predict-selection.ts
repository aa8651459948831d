import { requireCount, requireOneOf } from "../requirements.ts";
import { type WeightDistribution, weightDistribution } from "./weight-distribution.ts";

/** Where chains start: at a sample of the target that gives way to a fresh chain if it survives, or at a proposal. */
export type PredictedStart = "target" | "proposal";

/** What Metropolis-Hastings will do, known before it is run. */
export interface SelectionPrediction {
  /** log of the mean weight: 0 if the log weights are right including their constant. */
  readonly logMeanWeight: number;
  /** w*, the largest weight after the mean was made 1: the expected cost of a perfect draw in proposals. */
  readonly maximumWeight: number;
  /** Acceptance rate of a chain that has reached the target. For a calibrated discriminator 2(1 − AUC). */
  readonly acceptanceRate: number;
  /** Kish effective sample size of the proposals as weighted samples of the target, as a share of their number. */
  readonly relativeEffectiveSampleSize: number;
  /** The probability that a chain of this length never leaves the target sample it started from. */
  capOut(chainLength: number): number;
  /** Total variation between the law of the draw and the target. */
  totalVariation(chainLength: number, start: PredictedStart): number;
  /** The shortest chain whose total variation is at most `totalVariation`. */
  chainLength(totalVariation: number, start: PredictedStart): number;
  /** Expected proposals that `selectBackward` looks at for a chain of this length. */
  backwardProposals(chainLength: number): number;
}

/**
 * Predicts what independence Metropolis-Hastings will do from log weights of proposals alone, without running a chain.
 *
 * The chain sees a point only through its weight, so everything follows from the distribution of the weights under the
 * proposal. With `start: "target"` a chain starts at a sample of the target and, if that survives all steps, the draw
 * is that of a second chain of K steps over new proposals, from a start that is a proposal too (`restart: "fresh"`).
 *
 * @param logWeights - log p/q of proposals, up to a constant, in any order: finite or −∞.
 * @param options - `masses`: the probability of each, for points of a quadrature. Default: all alike.
 * @returns Figures and functions; each call of a function is O(n), of `chainLength` O(n log K). Setting up sorts: O(n log n).
 * @throws {RangeError} if a log weight is NaN or +∞ or none is finite, or masses are off.
 * @see Smith and Tierney, "Exact transition probabilities for the independence Metropolis sampler" (1996), for the law
 * after K steps; Liu, "Metropolized independent sampling", Statistics and Computing 6 (1996), for its rejection probabilities.
 * @example
 * ```ts
 * import { predictSelection } from "@mhgan/mcmc";
 * // A quarter of the proposals are three times as likely as they should be … and one as rare.
 * const prediction = predictSelection([1, 1, 1, 3].map(Math.log));
 * prediction.maximumWeight; // ≈ 2
 * prediction.acceptanceRate; // ≈ 0.75
 * prediction.totalVariation(0, "proposal"); // ≈ 0.25
 * prediction.totalVariation(4, "proposal"); // ≈ 0.0156
 * prediction.chainLength(0.01, "proposal"); // => 5
 * ```
 */
export function predictSelection(
  logWeights: ArrayLike<number>,
  options: { readonly masses?: ArrayLike<number> } = {},
): SelectionPrediction {
  const distribution = weightDistribution("predictSelection", logWeights, options.masses);
  const { weights, masses, acceptance } = distribution;
  let acceptanceRate = 0;
  let squares = 0;
  for (let i = 0; i < weights.length; i++) {
    acceptanceRate += masses[i]! * weights[i]! * acceptance[i]!;
    squares += masses[i]! * weights[i]! ** 2;
  }
  const maximumWeight = weights[weights.length - 1]!;
  const totalVariation = (chainLength: number, start: PredictedStart): number => {
    requireCount("totalVariation", "chainLength", chainLength);
    requireOneOf("totalVariation", "start", start, ["target", "proposal"]);
    return start === "proposal"
      ? fromProposal(distribution, chainLength)
      : fromTarget(distribution, chainLength);
  };
  return {
    logMeanWeight: distribution.logMean,
    maximumWeight,
    acceptanceRate,
    relativeEffectiveSampleSize: 1 / squares,
    capOut: (chainLength) => {
      requireCount("capOut", "chainLength", chainLength);
      return capOut(distribution, chainLength);
    },
    totalVariation,
    chainLength: (target, start) => {
      if (!(target > 0 && target <= 1)) {
        throw new RangeError(`chainLength: totalVariation must be in (0, 1], got ${target}`);
      }
      return leastChainLength((chainLength) => totalVariation(chainLength, start) <= target);
    },
    backwardProposals: (chainLength) => {
      requireCount("backwardProposals", "chainLength", chainLength);
      return -maximumWeight * Math.expm1(chainLength * Math.log1p(-1 / maximumWeight));
    },
  };
}

/** λ(w)^K: the probability that a state refuses K proposals. */
function staying(acceptance: number, chainLength: number): number {
  return chainLength === 0 ? 1 : Math.exp(chainLength * Math.log1p(-acceptance));
}

function capOut({ weights, masses, acceptance }: WeightDistribution, chainLength: number): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) {
    sum += masses[i]! * weights[i]! * staying(acceptance[i]!, chainLength);
  }
  return sum;
}

/** Total variation of a chain from a proposal. It is at weight 0 as long as it has met nothing else. */
function fromProposal(distribution: WeightDistribution, chainLength: number): number {
  const { weights, masses, massAtZero } = distribution;
  const ratios = lawOverTarget(distribution, chainLength);
  let sum = massAtZero ** (chainLength + 1);
  for (let i = 0; i < weights.length; i++) sum += masses[i]! * weights[i]! * Math.abs(ratios[i]! - 1);
  return sum / 2;
}

/**
 * Total variation of a chain from the target with a fresh restart. Started from the target, the chain's law is the target;
 * the part that stayed at its start, λ(w)^K of it, is replaced by the law of a chain from a proposal.
 */
function fromTarget(distribution: WeightDistribution, chainLength: number): number {
  const { weights, masses, acceptance, massAtZero } = distribution;
  // Without a step there is no restart: the draw is the start, which is of the target.
  if (chainLength === 0) return 0;
  const stayed = capOut(distribution, chainLength);
  const ratios = lawOverTarget(distribution, chainLength);
  let sum = stayed * massAtZero ** (chainLength + 1);
  for (let i = 0; i < weights.length; i++) {
    const change = stayed * ratios[i]! - staying(acceptance[i]!, chainLength);
    sum += masses[i]! * weights[i]! * Math.abs(change);
  }
  return sum / 2;
}

/**
 * The law after K steps from a proposal over the target's, at each weight.
 *
 * With T(w) = ∫_w^∞ K λ(v)^(K−1) v⁻² dv, a chain from weight x has reached weight y with density T(max(x, y)) under the
 * target, or still is at x with probability λ(x)^K (Smith and Tierney). Between two weights λ′(v) = S/v² with S the target's
 * mass below, so T is a sum of differences of λ^K over S, with no integral left.
 */
function lawOverTarget(distribution: WeightDistribution, chainLength: number): Float64Array {
  const { weights, masses, below, targetBelow, acceptance } = distribution;
  const last = weights.length - 1;
  const ratios = new Float64Array(weights.length);
  let reach = (1 - staying(acceptance[last]!, chainLength)) / targetBelow[last]!;
  let fromHeavier = 0;
  for (let i = last; i >= 0; i--) {
    const stay = staying(acceptance[i]!, chainLength);
    if (i < last) reach += (staying(acceptance[i + 1]!, chainLength) - stay) / targetBelow[i]!;
    ratios[i] = below[i]! * reach + fromHeavier + stay / weights[i]!;
    fromHeavier += masses[i]! * reach;
  }
  return ratios;
}

/** The least chain length that is good enough, where more never is worse. Safe integers only: else Infinity. */
function leastChainLength(isEnough: (chainLength: number) => boolean): number {
  // The law after one step from the target is worse than after none: the search begins at 1.
  let high = 1;
  while (!isEnough(high)) {
    high *= 2;
    if (high > 2 ** 52) return Infinity;
  }
  let low = Math.floor(high / 2);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (isEnough(middle)) high = middle;
    else low = middle;
  }
  return high;
}

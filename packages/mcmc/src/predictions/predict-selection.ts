import { type ParetoKHat, paretoKHat } from "../diagnostics/pareto-k-hat.ts";
import { requireCount, requireOneOf, requirePositiveCount } from "../requirements.ts";
import { requireBudget } from "../selectors/budgeted-acceptance.ts";
import { requireDiscriminatorRejectionOptions } from "../selectors/select-discriminator-rejection.ts";
import { requireCandidates } from "../selectors/select-iterated-sir.ts";
import { bracket } from "./bracket.ts";
import { budgetedAcceptances } from "./budgeted-rejection-law.ts";
import { discriminatorRejectionLaw } from "./discriminator-rejection-law.ts";
import { type DrawLaw, type DrawPrediction, totalVariation } from "./draw-law.ts";
import { metropolisHastingsLaw, refusals } from "./metropolis-hastings-law.ts";
import { importanceResamplingLaw, iteratedSirLaw } from "./resampling-law.ts";
import { weightDistribution } from "./weight-distribution.ts";

/** Where chains start: at a sample of the target that gives way to a fresh chain if it survives, or at a proposal. */
export type PredictedStart = "target" | "proposal";

/** What selectors will do, known before they are run. */
export interface SelectionPrediction {
  /** log of the mean weight: 0 if the log weights are right including their constant. */
  readonly logMeanWeight: number;
  /** w*, the largest weight after the mean was made 1: the expected cost of a perfect draw in proposals. */
  readonly maximumWeight: number;
  /** Acceptance rate of a chain that has reached the target. For a calibrated discriminator 2(1 − AUC). */
  readonly acceptanceRate: number;
  /** Kish effective sample size of the proposals as weighted samples of the target, as a share of their number. */
  readonly relativeEffectiveSampleSize: number;
  /** How far the largest weights can be trusted, as `paretoKHat` reads them. `"unknown"` where masses are given: they are no sample. */
  readonly paretoKHat: ParetoKHat;
  /** The probability that a Metropolis-Hastings chain of this length never leaves the target sample it started from. */
  capOut(chainLength: number): number;
  /** Total variation between the target and the law after K Metropolis-Hastings steps from a start. */
  totalVariation(chainLength: number, start: PredictedStart): number;
  /** The fewest such steps whose total variation is at most `totalVariation`. */
  chainLength(totalVariation: number, start: PredictedStart): number;
  /** Expected proposals that a backward chain of this length looks at. */
  backwardProposals(chainLength: number): number;
  /** Draws of `metropolisHastings`. O(n). */
  metropolisHastings(options: PredictedMetropolisHastings): DrawPrediction;
  /** Draws of `iteratedSir`, to about 1e-12 for each step. O(steps · n) and some hundred exponentials for each. */
  iteratedSir(options: PredictedIteratedSir): DrawPrediction;
  /**
   * Draws of `importanceResampling`, each on its own, to about 1e-12. `draws` (default 1) share the N candidates. O(n) and some hundred
   * exponentials for each.
   */
  importanceResampling(options: { readonly candidates: number; readonly draws?: number }): DrawPrediction;
  /** Draws of `rejection`: exact. The bound is one of the log weights as they were given; default: the largest of them. */
  rejection(options?: PredictedBound): DrawPrediction;
  /** Draws of `couplingFromThePast`: exact, at the price of `rejection`. */
  couplingFromThePast(options?: PredictedBound): DrawPrediction;
  /** Draws of `budgetedRejection`. O(n). */
  budgetedRejection(options: { readonly budget: number }): DrawPrediction;
  /** Draws of `discriminatorRejection` with these pilots. A percentile over masses is not interpolated. O(n). */
  discriminatorRejection(options: PredictedDiscriminatorRejection): DrawPrediction;
}

/** A bound of the weights. */
export interface PredictedBound {
  /** No proposal has a larger log weight. */
  readonly logWeightBound?: number | undefined;
}

/** Options of the predictions for chains. */
export interface PredictedChain {
  /**
   * Default `"proposal"`, where a run has no start but its proposals: K proposals are K − 1 steps from the first, and i-SIR first chooses
   * among proposals alone.
   */
  readonly start?: PredictedStart;
  /** What a chain does that never left its start. With `"never"` the draw is then the start. Default `"fresh"`. */
  readonly restart?: "fresh" | "never";
}

/** Options of the prediction for `metropolisHastings`. */
export interface PredictedMetropolisHastings extends PredictedChain, PredictedBound {
  /** K, the number of proposals. Where a bound is given, chains are found backward, from fewer. */
  readonly chainLength: number;
}

/** Options of the prediction for `iteratedSir`. */
export interface PredictedIteratedSir extends PredictedChain {
  /** N, from 2: how many compete in a step, the state among them. */
  readonly candidates: number;
  /** Steps of a chain, from 0. */
  readonly steps: number;
}

/** Options of the prediction for `discriminatorRejection`. */
export interface PredictedDiscriminatorRejection {
  /**
   * What is subtracted from F before the sigmoid: a number, or the percentile in [0, 100] of the F of the pilots. The larger, the fewer
   * are accepted.
   */
  readonly gamma:
    | number
    | {
        /** In [0, 100]. */
        readonly percentile: number;
      };
  /** Default 1e-8. */
  readonly epsilon?: number;
  /** Default 640. */
  readonly candidates?: number;
}

/**
 * Predicts what selectors will do from log weights of proposals alone, without running them: how far the law of a draw is from the
 * target, and how many proposals it costs.
 *
 * A selector sees a point only through its weight, so everything follows from the distribution of the weights under the
 * proposal, for which that of the given ones is taken; nothing else is approximated. With q the proposal and w a weight of mean 1, the
 * total variation of a law with density r(w) under q is ½ E_q |r(w) − w|, where r is
 * - min(1, c·w) over its mean for budgeted rejection, w for the exact selectors;
 * - N w ∫ e^(−tw) φ(t)^(N−1) dt with φ(t) = E_q e^(−tw) for one draw out of N by weight, and iterated likewise for i-SIR;
 * - for discriminator rejection that of the first accepted, or else of the heaviest;
 * - for Metropolis-Hastings the law that Smith and Tierney found.
 *
 * With `start: "target"` a chain starts at a sample of the target and, if that survives all steps, the draw
 * is that of a second chain over new proposals (`restart: "fresh"`). `"same-proposals"` is not predicted.
 *
 * @param logWeights - log p/q of proposals, up to a constant, in any order: finite or −∞.
 * @param options - `masses`: the probability of each, for points of a quadrature. Default: all alike.
 * @returns Figures and functions; each call of a function is O(n) if not said otherwise, of `chainLength` O(n log K). Setting up
 * sorts: O(n log n).
 * @throws {RangeError} if a log weight is NaN or +∞ or none is finite, or masses are off; each function if an option is off, or a
 * bound below a log weight.
 * @see Smith and Tierney, "Exact transition probabilities for the independence Metropolis sampler" (1996), for the law
 * after K steps; Liu, "Metropolized independent sampling", Statistics and Computing 6 (1996), for its rejection probabilities;
 * Verine et al., "Optimal budgeted rejection sampling for generative models", AISTATS 2024; Andrieu, Lee and Vihola, "Uniform
 * ergodicity of the iterated conditional SMC", Bernoulli 24 (2018), for i-SIR; Trefethen and Weideman, "The exponentially convergent
 * trapezoidal rule", SIAM Review 56 (2014), section 5, for the integrals.
 * @example
 * ```ts
 * import { predictSelection } from "@mhgan/mcmc/predictions";
 * // A quarter of the proposals are three times as likely as they should be … and one as rare.
 * const prediction = predictSelection([1, 1, 1, 3].map(Math.log));
 * prediction.maximumWeight; // ≈ 2
 * prediction.acceptanceRate; // ≈ 0.75
 * prediction.totalVariation(0, "proposal"); // ≈ 0.25
 * prediction.totalVariation(4, "proposal"); // ≈ 0.0156
 * prediction.chainLength(0.01, "proposal"); // => 5
 * prediction.rejection().proposalsPerDraw; // ≈ 2
 * prediction.budgetedRejection({ budget: 0.8 }).totalVariation; // ≈ 0.1875
 * prediction.importanceResampling({ candidates: 2 }).totalVariation; // ≈ 0.156
 * ```
 */
export function predictSelection(
  logWeights: ArrayLike<number>,
  options: { readonly masses?: ArrayLike<number> } = {},
): SelectionPrediction {
  const distribution = weightDistribution("predictSelection", logWeights, options.masses);
  const { weights, masses, acceptance, logMean, logMaximum } = distribution;
  /** The mean over samples of the target. */
  const targetMean = (values: Float64Array): number =>
    values.reduce((sum, value, i) => sum + masses[i]! * weights[i]! * value, 0);

  const chain = (
    caller: string,
    { start = "proposal", restart = "fresh" }: PredictedChain,
    law: DrawLaw,
    kept: Float64Array,
    proposals: number,
    proposalsAgain: number,
  ): DrawPrediction => {
    requireOneOf(caller, "start", start, ["target", "proposal"]);
    requireOneOf(caller, "restart", restart, ["fresh", "never"]);
    if (start === "proposal") {
      return { totalVariation: totalVariation(distribution, law), proposalsPerDraw: proposals };
    }
    if (restart === "never") return { totalVariation: 0, proposalsPerDraw: proposals };
    // From the target the law is the target; the part of it that was kept at its start is replaced.
    const share = targetMean(kept);
    const densities = law.densities.map((density, i) => share * density + weights[i]! * (1 - kept[i]!));
    return {
      totalVariation: totalVariation(distribution, { densities, atZero: share * law.atZero }),
      proposalsPerDraw: proposals + share * proposalsAgain,
    };
  };
  const afterSteps = (steps: number, start: PredictedStart): number => {
    requireCount("totalVariation", "chainLength", steps);
    // Without a step there is no restart: the draw is the start, which is of the target.
    const options = { start, restart: steps === 0 ? "never" : "fresh" } as const;
    const law = metropolisHastingsLaw(distribution, steps);
    return chain("totalVariation", options, law, refusals(distribution, steps), 0, 0).totalVariation;
  };
  /** The largest weight that a bound allows, over the mean weight. */
  const bounded = (caller: string, bound = logMaximum): number => {
    if (bound >= logMaximum && bound < Infinity) return Math.exp(bound - logMean);
    throw new RangeError(
      `${caller}: logWeightBound must be finite and at least the largest log weight ${logMaximum}, got ${bound}`,
    );
  };
  const exact =
    (caller: string) =>
    ({ logWeightBound }: PredictedBound = {}): DrawPrediction => ({
      totalVariation: 0,
      proposalsPerDraw: bounded(caller, logWeightBound),
    });

  return {
    logMeanWeight: logMean,
    maximumWeight: weights.at(-1)!,
    acceptanceRate: targetMean(acceptance),
    relativeEffectiveSampleSize: 1 / targetMean(weights),
    paretoKHat: paretoKHat(options.masses === undefined ? logWeights : []),
    capOut: (chainLength) => {
      requireCount("capOut", "chainLength", chainLength);
      return targetMean(refusals(distribution, chainLength));
    },
    totalVariation: afterSteps,
    chainLength: (target, start) => {
      if (!(target > 0 && target <= 1)) {
        throw new RangeError(`chainLength: totalVariation must be in (0, 1], got ${target}`);
      }
      // The law after one step from the target is worse than after none: the search begins at 1.
      const [low, high] = bracket((steps) => afterSteps(steps, start) <= target, 2 ** 52);
      return low === high ? Infinity : high;
    },
    backwardProposals: (chainLength) => {
      requireCount("backwardProposals", "chainLength", chainLength);
      return backwardProposals(weights.at(-1)!, chainLength);
    },
    metropolisHastings: ({ chainLength, logWeightBound = Infinity, ...options }) => {
      requirePositiveCount("metropolisHastings", "chainLength", chainLength);
      const steps = options.start === "target" ? chainLength : chainLength - 1;
      const proposals =
        logWeightBound === Infinity
          ? chainLength
          : backwardProposals(bounded("metropolisHastings", logWeightBound), chainLength);
      return chain(
        "metropolisHastings",
        options,
        metropolisHastingsLaw(distribution, steps),
        refusals(distribution, chainLength),
        proposals,
        chainLength + 1,
      );
    },
    iteratedSir: ({ candidates, steps, ...options }) => {
      requireCandidates("iteratedSir", candidates);
      requirePositiveCount("iteratedSir", "steps", steps);
      const law = iteratedSirLaw(distribution, candidates, steps);
      const proposals = steps * (candidates - 1);
      return chain("iteratedSir", options, law, law.kept, proposals, proposals);
    },
    importanceResampling: ({ candidates, draws = 1 }) => {
      requirePositiveCount("importanceResampling", "candidates", candidates);
      requirePositiveCount("importanceResampling", "draws", draws);
      const law = importanceResamplingLaw(distribution, candidates);
      return { totalVariation: totalVariation(distribution, law), proposalsPerDraw: candidates / draws };
    },
    rejection: exact("rejection"),
    couplingFromThePast: exact("couplingFromThePast"),
    budgetedRejection: ({ budget }) => {
      requireBudget("budgetedRejection", budget);
      const acceptances = budgetedAcceptances(distribution, budget);
      const rate = acceptances.reduce((sum, acceptance, i) => sum + masses[i]! * acceptance, 0);
      const law = { densities: acceptances.map((acceptance) => acceptance / rate), atZero: 0 };
      return { totalVariation: totalVariation(distribution, law), proposalsPerDraw: 1 / rate };
    },
    discriminatorRejection: ({ epsilon = 1e-8, candidates = 640, gamma }) => {
      requirePositiveCount("discriminatorRejection", "candidates", candidates);
      requireDiscriminatorRejectionOptions("discriminatorRejection", { epsilon, gamma });
      const law = discriminatorRejectionLaw(distribution, { epsilon, candidates, gamma });
      return {
        totalVariation: totalVariation(distribution, law),
        proposalsPerDraw: law.proposalsPerDraw,
      };
    },
  };
}

/** Expected steps back to a proposal that is accepted from every state, or to the first of K. */
function backwardProposals(maximumWeight: number, chainLength: number): number {
  if (chainLength === 0) return 0;
  return -maximumWeight * Math.expm1(chainLength * Math.log1p(Math.max(-1, -1 / maximumWeight)));
}

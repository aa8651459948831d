import { requireOneOf } from "../requirements.ts";
import { largestLogWeight } from "../selectors/log-weights.ts";
import { bracket } from "./bracket.ts";
import type { DrawPrediction } from "./draw-law.ts";
import { type PredictedStart, predictSelection, type SelectionPrediction } from "./predict-selection.ts";

/** What draws have to be: so close to the target, or so cheap. */
export type RecommendTarget =
  | {
      /** The largest total variation between the law of a draw and the target, in (0, 1]. */
      readonly totalVariation: number;
    }
  | {
      /** The most proposals that a draw may take on average, from 1. */
      readonly proposalsPerDraw: number;
    };

/** Options of {@link recommend}. */
export interface RecommendOptions {
  /** No proposal that could come has a larger log weight. Default: no bound is known. The largest pilot is none. */
  readonly logWeightBound?: number;
  /** Whether chains start at samples of the target that are at hand, or at proposals (default). */
  readonly start?: PredictedStart;
}

/** A selector with its options: `{ candidates: 5 }` of `"importanceResampling"` is for `importanceResampling({ candidates: 5 })`. */
export type SelectorChoice =
  | {
      /** What to call. */
      readonly selector: "couplingFromThePast" | "rejection";
      /** What to call it with. */
      readonly options: Readonly<Record<string, never>>;
    }
  | {
      /** What to call. */
      readonly selector: "budgetedRejection";
      /** What to call it with. */
      readonly options: {
        /** The share of the proposals to accept, in (0, 1]. */
        readonly budget: number;
      };
    }
  | {
      /** What to call. */
      readonly selector: "metropolisHastings";
      /** What to call it with. */
      readonly options: {
        /** K, the proposals that a chain sees. */
        readonly chainLength: number;
        /** Present where chains start at samples of the target. */
        readonly restart?: "fresh";
      };
    }
  | {
      /** What to call. */
      readonly selector: "importanceResampling";
      /** What to call it with. */
      readonly options: {
        /** How many compete for a draw. */
        readonly candidates: number;
      };
    }
  | {
      /** What to call. */
      readonly selector: "iteratedSir";
      /** What to call it with. */
      readonly options: {
        /** How many compete in a step, the state among them. */
        readonly candidates: number;
        /** Steps of a chain. */
        readonly steps: number;
        /** Present where chains start at samples of the target. */
        readonly restart?: "fresh";
      };
    }
  | {
      /** What to call. */
      readonly selector: "discriminatorRejection";
      /** What to call it with. */
      readonly options: {
        /** What is subtracted before the sigmoid. */
        readonly gamma: number;
      };
    };

/** A choice, and what it does. */
export type PredictedChoice = SelectorChoice & DrawPrediction;

/** What {@link recommend} advises. */
export type Recommendation = PredictedChoice & {
  /** The other selectors at their best, best first. Those that do not reach the target come last. */
  readonly alternatives: readonly PredictedChoice[];
  /** What makes the predictions doubtful, in sentences. */
  readonly warnings: readonly string[];
  /** Why, in a sentence. */
  readonly reason: string;
};

/** Steps of the i-SIR that is considered: few, since all candidates of a step can be made at once. */
const STEPS = 4;

/**
 * Recommends a selector and its options, from log weights of some proposals: the cheapest that comes close enough to the target, or the one
 * that comes closest at a price.
 *
 * Every selector is tried, with the chain length, budget, number of candidates or γ that is best by `predictSelection`. Those
 * that need a true bound (`couplingFromThePast`, `rejection`, backward `metropolisHastings`) are tried only if there is one. Only what
 * a draw is on its own counts: draws that share candidates are not considered.
 *
 * @param pilotLogWeights - log p/q of proposals, up to a constant, in any order: finite or −∞.
 * @param target - `{ totalVariation }` or `{ proposalsPerDraw }`.
 * @param options - what is known besides.
 * @returns Plain data. O(n) for each of some fifty trials: about a second for 10,000 different weights.
 * @throws {RangeError} if a log weight is NaN, +∞ or above the bound, none is finite, or the target is off.
 * @see `predictSelection` for the laws.
 * @example
 * ```ts
 * import { normal, randomStream } from "@mhgan/mcmc";
 * import { recommend } from "@mhgan/mcmc/predictions";
 * // Target normal(0, 0.5), proposals normal(0, 1): with this constant no weight is above 2.
 * const random = randomStream(1);
 * const logWeights = Array.from({ length: 1000 }, () => Math.log(2) - 1.5 * normal(random) ** 2);
 * const exact = recommend(logWeights, { totalVariation: 0.001 }, { logWeightBound: Math.log(2) });
 * exact.selector; // => "couplingFromThePast"
 * exact.proposalsPerDraw; // ≈ 1.97
 * const cheap = recommend(logWeights, { proposalsPerDraw: 1.6 });
 * cheap.selector; // => "budgetedRejection"
 * cheap.options; // => { budget: 0.625 }
 * cheap.totalVariation; // ≈ 0.0747
 * ```
 */
export function recommend(
  pilotLogWeights: ArrayLike<number>,
  target: RecommendTarget,
  options: RecommendOptions = {},
): Recommendation {
  const { totalVariation = 1, proposalsPerDraw = Infinity } = requireTarget(target);
  const { start = "proposal", logWeightBound = Infinity } = options;
  requireOneOf("recommend", "start", start, ["target", "proposal"]);
  const prediction = predictSelection(pilotLogWeights);
  const heaviest = largestLogWeight("recommend", pilotLogWeights);
  if (!(heaviest <= logWeightBound)) {
    throw new RangeError(
      `recommend: logWeightBound must be at least the largest pilot ${heaviest}, got ${logWeightBound}`,
    );
  }
  const restart = start === "target" ? ({ restart: "fresh" } as const) : {};
  const predict = (choice: SelectorChoice): PredictedChoice => ({
    ...choice,
    ...prediction[choice.selector]({ ...choice.options, start, logWeightBound } as never),
  });

  // In hundredths of the mean weight. Limits are where nothing is left to gain: a budget of 1 / w* cuts nothing off, so many steps forget
  // all but e^−100 of the start, and γ = 0 is the paper's.
  const largest = Math.ceil(100 * prediction.maximumWeight);
  // Choices by a size from 1 to a limit: the larger, the closer to the target and the dearer.
  const families: [limit: number, choose: (size: number) => SelectorChoice][] = [
    [largest - 99, (size) => ({ selector: "budgetedRejection", options: { budget: 100 / (99 + size) } })],
    [largest, (size) => ({ selector: "metropolisHastings", options: { chainLength: size, ...restart } })],
    [2 ** 52, (size) => ({ selector: "importanceResampling", options: { candidates: size } })],
    [
      2 ** 52,
      (size) => ({ selector: "iteratedSir", options: { candidates: size + 1, steps: STEPS, ...restart } }),
    ],
    [
      largest,
      (size) => ({ selector: "discriminatorRejection", options: { gamma: Math.log(size / largest) } }),
    ],
  ];
  const choices: PredictedChoice[] = [];
  if (logWeightBound !== Infinity) {
    choices.push(predict({ selector: "couplingFromThePast", options: {} }));
    choices.push(predict({ selector: "rejection", options: {} }));
  }
  for (const [limit, choose] of families) {
    const isOver = (size: number): boolean => {
      const figures = predict(choose(size));
      return proposalsPerDraw === Infinity
        ? figures.totalVariation <= totalVariation
        : isDearerThan(proposalsPerDraw, figures);
    };
    const [below, above] = bracket(isOver, limit);
    const size = proposalsPerDraw === Infinity ? above : below;
    if (size > 0) choices.push(predict(choose(size)));
  }

  // What is not exact depends on the heaviest pilots; heavier proposals may come, worth as much of the target as one of these.
  const resolution = prediction.maximumWeight / pilotLogWeights.length;
  const misses = (choice: DrawPrediction): number => {
    if (choice.totalVariation > totalVariation || isDearerThan(proposalsPerDraw, choice)) return 2;
    return choice.totalVariation > 0 && resolution > totalVariation ? 1 : 0;
  };
  // Rounding decides nothing, but nothing is as close as exact draws.
  const distance = (choice: DrawPrediction): number =>
    choice.totalVariation === 0 ? -1 : Math.round(1e9 * choice.totalVariation);
  choices.sort((a, b) => {
    const dearer = Math.round(100 * (a.proposalsPerDraw - b.proposalsPerDraw));
    const farther = distance(a) - distance(b);
    return misses(a) - misses(b) || (proposalsPerDraw === Infinity ? dearer || farther : farther || dearer);
  });
  const [best, ...alternatives] = choices as [PredictedChoice, ...PredictedChoice[]];
  const warnings = warningsOf(prediction, pilotLogWeights.length);
  if (best.totalVariation > 0 && totalVariation < resolution) {
    warnings.push(
      `${pilotLogWeights.length} pilots cannot show total variations below ${round(resolution)}.`,
    );
  }
  const why =
    best.totalVariation === 0
      ? `with weights of at most ${round(best.proposalsPerDraw)} times their mean an exact draw takes as many proposals`
      : proposalsPerDraw === Infinity
        ? `no other comes within a total variation of ${totalVariation} for as few proposals per draw: ${round(best.proposalsPerDraw)}`
        : `no other comes as close within ${proposalsPerDraw} proposals per draw: to a total variation of ${round(best.totalVariation)}`;
  const [next] = alternatives;
  const then =
    next === undefined
      ? ""
      : `; next is ${next.selector} with a total variation of ${round(next.totalVariation)} for ${round(next.proposalsPerDraw)}`;
  return {
    ...best,
    alternatives,
    warnings,
    reason: `${best.selector}, because ${why}${then}.`,
  };
}

/** Whether a draw costs more, but for rounding. */
function isDearerThan(price: number, choice: DrawPrediction): boolean {
  return choice.proposalsPerDraw > price * (1 + 1e-9);
}

function warningsOf(prediction: SelectionPrediction, count: number): string[] {
  const { paretoKHat, logMeanWeight, relativeEffectiveSampleSize: relative } = prediction;
  const warnings: string[] = [];
  const { level, kHat, threshold } = paretoKHat;
  if (level === "unknown") warnings.push(`${count} pilots do not show how heavy the tail of the weights is.`);
  else if (level !== "good") {
    warnings.push(
      `Pareto k-hat is ${round(kHat)}, above ${round(threshold)}: proposals will be met that are heavier than all pilots, so draws will be farther from the target or dearer than predicted.`,
    );
  }
  if (relative * count < 100) {
    warnings.push(`The pilots are worth only ${round(relative * count)} samples of the target.`);
  }
  const mean = Math.exp(logMeanWeight);
  if (Math.abs(mean - 1) > 0.01 + 4 * Math.sqrt((1 / relative - 1) / count)) {
    warnings.push(
      `The mean weight is ${round(mean)}, not 1: log weights that are log odds of a discriminator are then not calibrated.`,
    );
  }
  return warnings;
}

/** Three digits, and none below the rounding of predictions. */
function round(value: number): number {
  return Number(Math.abs(value) < 1e-9 ? 0 : value.toPrecision(3));
}

function requireTarget(target: RecommendTarget): { totalVariation?: number; proposalsPerDraw?: number } {
  const { totalVariation, proposalsPerDraw }: { totalVariation?: number; proposalsPerDraw?: number } = target;
  if ((totalVariation === undefined) === (proposalsPerDraw === undefined)) {
    throw new RangeError(
      `recommend: target must be { totalVariation } or { proposalsPerDraw }, got ${JSON.stringify(target)}`,
    );
  }
  if (totalVariation !== undefined && !(totalVariation > 0 && totalVariation <= 1)) {
    throw new RangeError(`recommend: totalVariation must be in (0, 1], got ${String(totalVariation)}`);
  }
  if (proposalsPerDraw !== undefined && !(proposalsPerDraw >= 1 && proposalsPerDraw < Infinity)) {
    throw new RangeError(
      `recommend: proposalsPerDraw must be finite and at least 1, got ${String(proposalsPerDraw)}`,
    );
  }
  return target;
}

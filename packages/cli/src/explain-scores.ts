import type { CalibrationReport } from "@mhgan/gan-core";
import {
  type DrawPrediction,
  predictSelection,
  type Recommendation,
  type RecommendTarget,
  recommend,
  type SelectionPrediction,
} from "@mhgan/mcmc/predictions";
import { inMethodNames, predictionOf, type SamplerChoice, samplerChoiceOf } from "./methods.ts";

/** What predictions are made from: `CalibratedScores` and `SelectionWeights` have it. */
export interface PilotWeights {
  /** log p/q of proposals that the calibrator was not fitted on, in random order. */
  readonly pilotLogWeights: Float64Array;
  readonly logWeightBound: number;
}

/** A sampler and what it will do. */
export type PredictedSampler = SamplerChoice & DrawPrediction;

/** What scores, once calibrated, say of every sampler before any is run. */
export interface ScoreExplanation {
  readonly calibration: CalibrationReport;
  /** Pilots that the predictions are made from. */
  readonly pilots: number;
  /** The largest weight that there can be, the mean weight being 1: what an exact draw costs. Infinity if no bound is known. */
  readonly maximumWeight: number;
  /** Effective sample size of the proposals as weighted samples, as a share of their number. */
  readonly relativeEffectiveSampleSize: number;
  /** Acceptance rate of a chain that has reached the law of the data. */
  readonly acceptanceRate: number;
  /** What was asked for, if that is known, with the probability that a chain of that length never leaves its start. */
  readonly chosen?: PredictedSampler & { readonly capOutRate?: number };
  /** What the recommendation is to reach. */
  readonly target: RecommendTarget;
  /** The fewest proposals of a Metropolis-Hastings chain that reach the total variation of the target, or else .01. Null if none do. */
  readonly chainLength: { readonly totalVariation: number; readonly proposals: number | null };
  readonly recommended: PredictedSampler;
  readonly reason: string;
  /** Every sampler at its best for the target, the recommended first. */
  readonly samplers: readonly PredictedSampler[];
  /** What makes calibration or predictions doubtful, in sentences. */
  readonly warnings: readonly string[];
}

/** Pilots that predictions are made from at most: more would cost seconds, and change the third digit. */
const PILOTS = 10_000;

/** Predictions of every sampler, from some thousand pilots. */
export function predictionFrom({ pilotLogWeights }: PilotWeights): SelectionPrediction {
  return predictSelection(pilotLogWeights.subarray(0, PILOTS));
}

/**
 * Recommends a sampler whose chains start at real samples.
 *
 * @throws {RangeError} if the target is off or no pilot has a weight above 0.
 */
export function recommendFrom(
  { pilotLogWeights, logWeightBound }: PilotWeights,
  target: RecommendTarget,
): Recommendation {
  return recommend(pilotLogWeights.subarray(0, PILOTS), target, { logWeightBound, start: "target" });
}

/**
 * Explains calibrated scores: how good the calibration is, and what each sampler would make of them at what cost.
 *
 * @param report - what calibration said of itself.
 * @param target - what the recommended sampler is to reach.
 * @param chosen - a sampler to say the same of.
 * @throws {RangeError} as `recommendFrom`.
 */
export function explainScores(
  report: CalibrationReport,
  weights: PilotWeights,
  target: RecommendTarget,
  chosen?: SamplerChoice,
): ScoreExplanation {
  const prediction = predictionFrom(weights);
  const recommendation = recommendFrom(weights, target);
  const samplers = [recommendation, ...recommendation.alternatives].map(
    ({ totalVariation, proposalsPerDraw, ...choice }): PredictedSampler => ({
      ...samplerChoiceOf(choice),
      totalVariation,
      proposalsPerDraw,
    }),
  );
  const { totalVariation = 0.01 } = target as { readonly totalVariation?: number };
  const proposals = prediction.chainLength(totalVariation, "target");
  return {
    calibration: report,
    pilots: Math.min(PILOTS, weights.pilotLogWeights.length),
    maximumWeight: Math.exp(weights.logWeightBound - prediction.logMeanWeight),
    relativeEffectiveSampleSize: prediction.relativeEffectiveSampleSize,
    acceptanceRate: prediction.acceptanceRate,
    ...(chosen && {
      chosen: {
        ...chosen,
        ...predictionOf(chosen, prediction, weights.logWeightBound),
        ...(chosen.method === "mh" && { capOutRate: prediction.capOut(chosen.options.chainLength) }),
      },
    }),
    target,
    chainLength: { totalVariation, proposals: Number.isFinite(proposals) ? proposals : null },
    recommended: samplers[0]!,
    reason: inMethodNames(recommendation.reason),
    samplers,
    warnings: [...report.warnings, ...recommendation.warnings],
  };
}

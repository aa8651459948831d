/**
 * What a selector will do, known from log weights of some proposals before it is run: acceptance, total variation from the
 * target, and cost in proposals.
 *
 * {@link predictSelection} computes them, {@link recommend} chooses by them.
 *
 * @module @mhgan/mcmc/predictions
 */

export type { ParetoKHat } from "../diagnostics/pareto-k-hat.ts";
export type { DrawPrediction } from "./draw-law.ts";
export {
  type PredictedBound,
  type PredictedChain,
  type PredictedDiscriminatorRejection,
  type PredictedIteratedSir,
  type PredictedMetropolisHastings,
  type PredictedStart,
  predictSelection,
  type SelectionPrediction,
} from "./predict-selection.ts";
export {
  type PredictedChoice,
  type Recommendation,
  type RecommendOptions,
  type RecommendTarget,
  recommend,
  type SelectorChoice,
} from "./recommend.ts";

export {
  type AsyncIndependenceSampler,
  type AsyncIndependenceTarget,
  type BatchIndependenceTarget,
  type ChainState,
  type IndependenceSampler,
  type IndependenceTarget,
  independenceSampler,
  type MaybePromise,
  type Step,
  type StepInfo,
} from "./kernels/independence-sampler.ts";
export {
  type ChainStart,
  type SampleOptions,
  type SampleProgress,
  type SampleResult,
  sample,
} from "./kernels/sample.ts";
export { type SelectionExpectationsOptions, selectionExpectations } from "./laws/selection-expectations.ts";
export { type SelectionProbabilities, selectionProbabilities } from "./laws/selection-probabilities.ts";
export {
  type PredictedStart,
  predictSelection,
  type SelectionPrediction,
} from "./predictions/predict-selection.ts";
export { normal } from "./random/normal.ts";
export { normalQuantile } from "./random/normal-quantile.ts";
export {
  type RandomStream,
  type RandomStreamJSON,
  randomStream,
  randomStreamFromJSON,
} from "./random/random-stream.ts";
export { type MetropolisHastingsOptions, metropolisHastings } from "./selectors/metropolis-hastings.ts";
export {
  type BackwardSelection,
  type SelectBackwardOptions,
  selectBackward,
} from "./selectors/select-backward.ts";
export {
  type SelectMetropolisHastingsOptions,
  selectMetropolisHastings,
} from "./selectors/select-metropolis-hastings.ts";
export type { Restart, Selection, SelectionContext, Selector } from "./selectors/selection.ts";

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
} from "./independence-sampler.ts";
export { type MetropolisHastingsOptions, metropolisHastings } from "./metropolis-hastings.ts";
export { normal } from "./normal.ts";
export { normalQuantile } from "./normal-quantile.ts";
export {
  type RandomStream,
  type RandomStreamJSON,
  randomStream,
  randomStreamFromJSON,
} from "./random-stream.ts";
export {
  type ChainStart,
  type SampleOptions,
  type SampleProgress,
  type SampleResult,
  sample,
} from "./sample.ts";
export {
  type SelectMetropolisHastingsOptions,
  selectMetropolisHastings,
} from "./select-metropolis-hastings.ts";
export type { Restart, Selection, SelectionContext, Selector } from "./selection.ts";

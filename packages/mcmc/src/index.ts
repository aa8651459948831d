/**
 * Draws from any pair of a proposal and a weight, or from a pile of proposals that are weighed already.
 *
 * Everything rests on log weights, log p(x) − log q(x) up to a constant, and on random streams that are arguments. There are three layers:
 *
 * - **on arrays**: {@link selectMetropolisHastings}, {@link selectBackward}, {@link selectionProbabilities} and their like take log weights
 *   and say which proposal is picked;
 * - **selectors**: {@link metropolisHastings}, {@link budgetedRejection}, {@link couplingFromThePast} and the others, one interface for all of them,
 *   driven by {@link selectDraws} where proposals are made on demand and by {@link selectFromArray} where they lie ready;
 * - **kernels**: {@link independenceSampler}, {@link mala}, {@link langevin}, {@link iteratedSirMala}, driven by {@link sample}.
 *
 * What a selector will do before it is run is in [@mhgan/mcmc/predictions](./predictions/index.ts), and what chains have done in
 * [@mhgan/mcmc/diagnostics](./diagnostics/index.ts).
 *
 * @module @mhgan/mcmc
 */

export { type PilotLogWeightsOptions, pilotLogWeights } from "./drivers/pilot-log-weights.ts";
export type { ProposalBlock, ProposalRequest, ProposalSource } from "./drivers/proposal-source.ts";
export { type SampleResult, sample } from "./drivers/sample.ts";
export {
  type SampleBlock,
  type SampleOptions,
  type SampleProgress,
  type SavedChains,
  sampleBlocks,
} from "./drivers/sample-blocks.ts";
export {
  type ChainStart,
  type SelectDrawBlocksOptions,
  type SelectedDraws,
  type SelectProgress,
  selectDrawBlocks,
} from "./drivers/select-draw-blocks.ts";
export { type SelectDrawsOptions, selectDraws } from "./drivers/select-draws.ts";
export {
  type ArraySelection,
  type SelectFromArrayOptions,
  selectFromArray,
} from "./drivers/select-from-array.ts";
export type { GradientState, GradientTarget, LogDensitiesAndGradients } from "./kernels/gradient-target.ts";
export {
  type AsyncIndependenceSampler,
  type AsyncIndependenceTarget,
  type BatchIndependenceTarget,
  type ChainState,
  type IndependenceSampler,
  type IndependenceTarget,
  independenceSampler,
  type Step,
  type StepInfo,
} from "./kernels/independence-sampler.ts";
export {
  type IteratedSirMalaInfo,
  type IteratedSirMalaKernel,
  type IteratedSirMalaOptions,
  type IteratedSirMalaStep,
  type IteratedSirMalaTarget,
  iteratedSirMala,
} from "./kernels/iterated-sir-mala.ts";
export type { Kernel, KernelInfo, KernelState, KernelStep } from "./kernels/kernel.ts";
export { langevin } from "./kernels/langevin.ts";
export type { LangevinOptions } from "./kernels/langevin-step.ts";
export { mala } from "./kernels/mala.ts";
export type { MaybePromise } from "./kernels/maybe-promise.ts";
export { type SelectionExpectationsOptions, selectionExpectations } from "./laws/selection-expectations.ts";
export { type SelectionProbabilities, selectionProbabilities } from "./laws/selection-probabilities.ts";
export { chooseIndex } from "./random/choose-index.ts";
export { exponential } from "./random/exponential.ts";
export { integer } from "./random/integer.ts";
export { normal } from "./random/normal.ts";
export { normalQuantile } from "./random/normal-quantile.ts";
export { positiveUniform } from "./random/positive-uniform.ts";
export {
  type RandomStream,
  type RandomStreamJSON,
  randomStream,
  randomStreamFromJSON,
} from "./random/random-stream.ts";
export { shuffle } from "./random/shuffle.ts";
export { type BudgetedAcceptance, budgetedAcceptance } from "./selectors/budgeted-acceptance.ts";
export { type BudgetedRejectionOptions, budgetedRejection } from "./selectors/budgeted-rejection.ts";
export { type CouplingFromThePastOptions, couplingFromThePast } from "./selectors/coupling-from-the-past.ts";
export {
  type DiscriminatorRejectionOptions,
  discriminatorRejection,
} from "./selectors/discriminator-rejection.ts";
export { type ImportanceResamplingOptions, importanceResampling } from "./selectors/importance-resampling.ts";
export { type IteratedSirOptions, iteratedSir } from "./selectors/iterated-sir.ts";
export { type MetropolisHastingsOptions, metropolisHastings } from "./selectors/metropolis-hastings.ts";
export { type RejectionOptions, rejection } from "./selectors/rejection.ts";
export type { ResamplingScheme } from "./selectors/resampling-schemes.ts";
export type { Restart } from "./selectors/restart.ts";
export {
  type BackwardSelection,
  type SelectBackwardOptions,
  selectBackward,
} from "./selectors/select-backward.ts";
export {
  type BudgetedRejectionSelection,
  type SelectBudgetedRejectionOptions,
  selectBudgetedRejection,
} from "./selectors/select-budgeted-rejection.ts";
export {
  type DiscriminatorRejectionSelection,
  type SelectDiscriminatorRejectionOptions,
  selectDiscriminatorRejection,
} from "./selectors/select-discriminator-rejection.ts";
export {
  type ImportanceResampling,
  type SelectImportanceResamplingOptions,
  selectImportanceResampling,
} from "./selectors/select-importance-resampling.ts";
export {
  type IteratedSirSelection,
  type SelectIteratedSirOptions,
  selectIteratedSir,
} from "./selectors/select-iterated-sir.ts";
export {
  type MetropolisHastingsSelection,
  type SelectMetropolisHastingsOptions,
  selectMetropolisHastings,
} from "./selectors/select-metropolis-hastings.ts";
export {
  type RejectionSelection,
  type SelectRejectionOptions,
  selectRejection,
} from "./selectors/select-rejection.ts";
export type {
  KnownWeights,
  ProposalRange,
  RunContext,
  Selection,
  Selector,
  SelectRun,
} from "./selectors/selector.ts";
export { selectorOf } from "./selectors/selector-of.ts";
export {
  type StratifiedAcceptance,
  type StratifiedAcceptanceOptions,
  stratifiedAcceptance,
} from "./selectors/stratified-acceptance.ts";
export { temperLogWeights } from "./selectors/temper-log-weights.ts";
export { tempered } from "./selectors/tempered.ts";

/**
 * Better samples from any GAN that can generate and score.
 *
 * {@link calibrateGan} makes log weights of the scores of a {@link Gan}, on held-out data; {@link CalibratedGan.sample} then draws by any
 * selector of `@mhgan/mcmc`, or by a sampler that moves through the latent space. {@link fromFunctions} makes a GAN of two functions. Models
 * and training are in [@mhgan/gan-core/tfjs](./tfjs/index.ts), files in [@mhgan/gan-core/node](./node/index.ts), GANs of other frameworks in
 * [@mhgan/gan-core/onnx](./onnx/index.ts).
 *
 * @module @mhgan/gan-core
 */

export { type BackendName, backendNames } from "./backend-names.ts";
export type { ArrayBatch } from "./batch.ts";
export type { Features, NumericBatch, ReadableTensor } from "./batch-rows.ts";
export {
  type CalibrateGanOptions,
  type CalibrationProgress,
  calibrateGan,
} from "./calibrate-gan.ts";
export {
  type CalibrateScoresOptions,
  type CalibratorName,
  calibrateScores,
} from "./calibrate-scores.ts";
export type {
  CalibratedGan,
  GanSampleInfo,
  GanSampleOptions,
  GanSamples,
  WeightedGanSamples,
} from "./calibrated-gan.ts";
export type { CalibratedScores } from "./calibrated-scores.ts";
export type { CalibrationReport, Reliability } from "./calibration-report.ts";
export type { ChainPrediction, PredictChainsOptions } from "./chain-prediction.ts";
export {
  type DecodeOptions,
  type FromFunctionsOptions,
  fromFunctions,
  type GenerateOptions,
  type ScoringOptions,
} from "./from-functions.ts";
export type { DataSpace, Gan, Latent, ScoreGradients } from "./gan.ts";
export type { LatentPrior } from "./latent-prior.ts";
export {
  type DiscriminatorTransportOptions,
  discriminatorTransport,
} from "./latent-samplers/discriminator-transport.ts";
export {
  type FlowDivergence,
  type GradientFlowOptions,
  gradientFlow,
} from "./latent-samplers/gradient-flow.ts";
export { type LatentChainsOptions, latentChains } from "./latent-samplers/latent-chains.ts";
export {
  type LatentIteratedSirMalaOptions,
  latentIteratedSirMala,
} from "./latent-samplers/latent-iterated-sir-mala.ts";
export { type LatentLangevinOptions, latentLangevin } from "./latent-samplers/latent-langevin.ts";
export { type LatentMalaOptions, latentMala } from "./latent-samplers/latent-mala.ts";
export type {
  LatentRun,
  LatentSampler,
  LatentSamplerContext,
  LatentSamplerStatistics,
} from "./latent-samplers/latent-sampler.ts";
export type { StepSizeOptions } from "./latent-samplers/step-size.ts";
export { type LatentTarget, latentTarget } from "./latent-target.ts";
export { type LogWeight, scoresAsLogWeights } from "./log-weight.ts";
export type { NestedNumbers, PlainSamples } from "./plain-samples.ts";
export {
  type LatentSampleInfo,
  type LatentSampleOptions,
  type LatentSamples,
  type SampleLatentsOptions,
  sampleLatents,
} from "./sample-latents.ts";
export type { SampleSpace, SampleSpaceOptions } from "./sample-space.ts";
export {
  type ChooseStrengthOptions,
  type ChosenStrength,
  chooseStrength,
  type StrengthPoint,
} from "./selection/choose-strength.ts";
export type { MeasureSelectionOptions } from "./selection/measured-samples.ts";
export {
  type SelectionReport,
  type SelectionWarning,
  selectionReport,
  type TwoSampleMeasure,
} from "./selection/selection-report.ts";
export { type StratifiedGan, type StratifyGanOptions, stratifyGan } from "./selection/stratify-gan.ts";
export type {
  WeightedSampleInfo,
  WeightedSampleOptions,
  WeightedSampleProgress,
} from "./weighted-samples.ts";
export { withCalibration } from "./with-calibration.ts";

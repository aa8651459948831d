/**
 * GANs of TensorFlow.js, in Node and the browser: models, losses, optimizers, training that resumes to the same bits, and
 * critics trained on a finished generator.
 *
 * {@link fromTfjs} makes a `Gan` of two models, {@link trainGan} trains them, {@link refitDiscriminator} trains a better discriminator, and
 * {@link useBackend} picks the engine. Needs `@tensorflow/tfjs-core`, `@tensorflow/tfjs-layers` and a backend.
 *
 * @module @mhgan/gan-core/tfjs
 */

export { type BackendFailure, type BackendReport, useBackend } from "./backend.ts";
export { BackendError, type BackendFault } from "./backends/backend-error.ts";
export { cosineDecay } from "./cosine-decay.ts";
export { type DcganOptions, dcganDiscriminator, dcganGenerator } from "./dcgan.ts";
export { type BackendDescription, describeBackends } from "./describe-backends.ts";
export { type FlatThenCosineOptions, flatThenCosine } from "./flat-then-cosine.ts";
export { type FromTfjsOptions, fromTfjs } from "./from-tfjs.ts";
export type { HiddenActivation } from "./hidden-activation.ts";
export { linearDecay } from "./linear-decay.ts";
export { clipWeights } from "./losses/clip-weights.ts";
export {
  type CriticPenalty,
  type GradientPenaltyOptions,
  gradientPenalty,
  type R1PenaltyOptions,
  r1Penalty,
} from "./losses/critic-penalty.ts";
export type { GanLoss } from "./losses/gan-loss.ts";
export { hingeLoss } from "./losses/hinge-loss.ts";
export { type LeastSquaresLossOptions, leastSquaresLoss } from "./losses/least-squares-loss.ts";
export { type NonSaturatingLossOptions, nonSaturatingLoss } from "./losses/non-saturating-loss.ts";
export { wassersteinLoss } from "./losses/wasserstein-loss.ts";
export { mish } from "./mish.ts";
export { MishLayer } from "./mish-layer.ts";
export { deserializeModel } from "./models/deserialize-model.ts";
export { type FetchModelOptions, fetchModel } from "./models/fetch-model.ts";
export { ModelFileError } from "./models/model-file-error.ts";
export type { LoadModelOptions, ModelFiles, ModelManifest } from "./models/model-files.ts";
export type { Quantization } from "./models/quantize-weights.ts";
export { type SerializeModelOptions, serializeModel } from "./models/serialize-model.ts";
export { type MultilayerPerceptronOptions, multilayerPerceptron } from "./multilayer-perceptron.ts";
export { type AdamOptions, adam } from "./optimizers/adam.ts";
export { centralizedGradients } from "./optimizers/centralized-gradients.ts";
export { type LookaheadOptions, lookahead } from "./optimizers/lookahead.ts";
export type { MomentOptions } from "./optimizers/moment-optimizer.ts";
export type { Optimizer, OptimizerState } from "./optimizers/optimizer.ts";
export { type RangerOptions, ranger } from "./optimizers/ranger.ts";
export { type RectifiedAdamOptions, rectifiedAdam } from "./optimizers/rectified-adam.ts";
export { type WeightAverage, weightAverage } from "./optimizers/weight-average.ts";
export { type CriticGanOptions, criticGan } from "./refit/critic-gan.ts";
export {
  type CriticStore,
  type FinishedCritic,
  type RefitDiscriminator,
  type RefitDiscriminatorOptions,
  type RefitProgress,
  type RefitReport,
  refitDiscriminator,
} from "./refit/refit-discriminator.ts";
export { type RefitGan, type RefitGanOptions, refitGan } from "./refit/refit-gan.ts";
export { CriticDivergedError, type CriticTraining } from "./refit/train-critic.ts";
export type { Schedule } from "./schedule.ts";
export { type TrainingResult, trainGan } from "./train-gan.ts";
export type { HeldOutRows } from "./training/held-out-rows.ts";
export type { TrainGanOptions, TrainingProgress } from "./training/train-gan-options.ts";
export type { CheckpointStore, TrainingCheckpoint } from "./training/training-checkpoint.ts";
export { TrainingDivergedError } from "./training/training-diverged-error.ts";
export type { TrainingFingerprint } from "./training/training-fingerprint.ts";
export type { TrainingLog, TrainingLogEntry } from "./training/training-log.ts";
export { warmupThenConstant } from "./warmup-then-constant.ts";
export { installWasmKernels } from "./wasm-kernels/install-wasm-kernels.ts";

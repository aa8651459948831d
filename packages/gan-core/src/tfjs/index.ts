export { type BackendReport, useBackend } from "./backend.ts";
export { cosineDecay } from "./cosine-decay.ts";
export { type DcganOptions, dcganDiscriminator, dcganGenerator } from "./dcgan.ts";
export { type FromTfjsOptions, fromTfjs } from "./from-tfjs.ts";
export type { GanLoss } from "./losses/gan-loss.ts";
export { leastSquaresLoss } from "./losses/least-squares-loss.ts";
export { type MultilayerPerceptronOptions, multilayerPerceptron } from "./multilayer-perceptron.ts";
export { type AdamOptions, adam } from "./optimizers/adam.ts";
export type { Optimizer, OptimizerState } from "./optimizers/optimizer.ts";
export { type WeightAverage, weightAverage } from "./optimizers/weight-average.ts";
export {
  type RefitDiscriminator,
  type RefitDiscriminatorOptions,
  type RefitProgress,
  type RefitReport,
  refitDiscriminator,
} from "./refit/refit-discriminator.ts";
export { CriticDivergedError, type CriticTraining } from "./refit/train-critic.ts";
export { type TrainGanOptions, TrainingDivergedError, type TrainingProgress, trainGan } from "./train-gan.ts";
export { installWasmKernels } from "./wasm-kernels/install-wasm-kernels.ts";

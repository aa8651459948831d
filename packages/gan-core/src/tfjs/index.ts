export { type BackendReport, useBackend } from "./backend.ts";
export { cosineDecay } from "./cosine-decay.ts";
export { type DcganOptions, dcganDiscriminator, dcganGenerator } from "./dcgan.ts";
export { type FromTfjsOptions, fromTfjs } from "./from-tfjs.ts";
export { type GanLoss, leastSquaresLoss } from "./least-squares-loss.ts";
export { type MultilayerPerceptronOptions, multilayerPerceptron } from "./multilayer-perceptron.ts";
export { type TrainGanOptions, TrainingDivergedError, type TrainingProgress, trainGan } from "./train-gan.ts";

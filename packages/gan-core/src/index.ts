export { type BackendName, backendNames } from "./backend-names.ts";
export type { ArrayBatch } from "./batch.ts";
export {
  type CalibrateGanOptions,
  type CalibrationProgress,
  type CalibratorName,
  calibrateGan,
} from "./calibrate-gan.ts";
export type {
  CalibratedGan,
  GanSampleInfo,
  GanSampleOptions,
  GanSamples,
  WeightedGanSamples,
} from "./calibrated-gan.ts";
export type { CalibrationReport, Reliability } from "./calibration-report.ts";
export type { ChainPrediction, PredictChainsOptions } from "./chain-prediction.ts";
export { type FromFunctionsOptions, fromFunctions } from "./from-functions.ts";
export type { Gan, Latent, ScoreGradients } from "./gan.ts";
export type { LatentPrior } from "./latent-prior.ts";
export type { NestedNumbers, PlainSamples } from "./plain-samples.ts";
export type {
  WeightedSampleInfo,
  WeightedSampleOptions,
  WeightedSampleProgress,
} from "./weighted-samples.ts";

export { type BackendName, backendNames } from "./backend-names.ts";
export type { ArrayBatch } from "./batch.ts";
export type { Features, NumericBatch, ReadableTensor } from "./batch-rows.ts";
export { type CalibrateGanOptions, type CalibratorName, calibrateGan } from "./calibrate-gan.ts";
export type { CalibratedGan, GanSampleInfo, GanSampleOptions } from "./calibrated-gan.ts";
export type { CalibrationReport, Reliability } from "./calibration-report.ts";
export type { Gan, Latent, ScoreGradients } from "./gan.ts";
export type { LatentPrior } from "./latent-prior.ts";
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

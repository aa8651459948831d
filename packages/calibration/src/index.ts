export type { Calibrator, CalibratorJSON, FitCalibrator } from "./calibrator.ts";
export { calibratorFromJSON } from "./calibrator-from-json.ts";
export type { BinaryLabels } from "./checks.ts";
export { type FitIsotonicOptions, fitIsotonic } from "./isotonic/fit-isotonic.ts";
export type { IsotonicCalibrator, IsotonicJSON, OutOfBounds } from "./isotonic/isotonic-calibrator.ts";
export { isotonicFromJSON } from "./isotonic/isotonic-from-json.ts";
export type { Seed } from "./numerics/random-source.ts";
export type { BetaCalibrator, BetaJSON } from "./parametric/beta-calibrator.ts";
export { betaFromJSON } from "./parametric/beta-from-json.ts";
export { type BetaFamily, type FitBetaOptions, fitBeta } from "./parametric/fit-beta.ts";
export { type FitLogisticOptions, fitLogistic } from "./parametric/fit-logistic.ts";
export {
  type FitMulticlassTemperatureOptions,
  fitMulticlassTemperature,
} from "./parametric/fit-multiclass-temperature.ts";
export { type FitPlattOptions, fitPlatt } from "./parametric/fit-platt.ts";
export { type FitTemperatureOptions, fitTemperature } from "./parametric/fit-temperature.ts";
export {
  type IdentityCalibrator,
  type IdentityJSON,
  type IdentityOptions,
  identityCalibrator,
} from "./parametric/identity-calibrator.ts";
export { identityFromJSON } from "./parametric/identity-from-json.ts";
export type { LogisticCalibrator, LogisticFeatures, LogisticJSON } from "./parametric/logistic-calibrator.ts";
export { logisticFromJSON } from "./parametric/logistic-from-json.ts";
export type { LogitCalibrator } from "./parametric/logit-calibrator.ts";
export type {
  MulticlassTemperatureCalibrator,
  MulticlassTemperatureJSON,
} from "./parametric/multiclass-temperature-calibrator.ts";
export { multiclassTemperatureFromJSON } from "./parametric/multiclass-temperature-from-json.ts";
export type { PlattCalibrator, PlattJSON } from "./parametric/platt-calibrator.ts";
export { plattFromJSON } from "./parametric/platt-from-json.ts";
export type { ScoreReadingJSON } from "./parametric/score-reading.ts";
export type { TemperatureCalibrator, TemperatureJSON } from "./parametric/temperature-calibrator.ts";
export { temperatureFromJSON } from "./parametric/temperature-from-json.ts";
export { type CalibrationZ, calibrationZ } from "./reliability/calibration-z.ts";
export { expectedCalibrationError } from "./reliability/expected-calibration-error.ts";
export { maximumCalibrationError } from "./reliability/maximum-calibration-error.ts";
export {
  type ReliabilityCurve,
  type ReliabilityCurveOptions,
  reliabilityCurve,
} from "./reliability/reliability-curve.ts";
export { rocAuc } from "./reliability/roc-auc.ts";
export type { ScoreKind } from "./score-kind.ts";

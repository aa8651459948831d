export { type CalibrationZ, calibrationZ } from "./calibration-z.ts";
export type { Calibrator, CalibratorJSON } from "./calibrator.ts";
export { calibratorFromJSON } from "./calibrator-from-json.ts";
export type { BinaryLabels } from "./checks.ts";
export { expectedCalibrationError } from "./expected-calibration-error.ts";
export { type FitIsotonicOptions, fitIsotonic } from "./fit-isotonic.ts";
export { type FitPlattOptions, fitPlatt } from "./fit-platt.ts";
export type { IsotonicCalibrator, IsotonicJSON, OutOfBounds } from "./isotonic-calibrator.ts";
export { isotonicFromJSON } from "./isotonic-from-json.ts";
export { maximumCalibrationError } from "./maximum-calibration-error.ts";
export type { PlattCalibrator, PlattJSON } from "./platt-calibrator.ts";
export { plattFromJSON } from "./platt-from-json.ts";
export {
  type ReliabilityCurve,
  type ReliabilityCurveOptions,
  reliabilityCurve,
} from "./reliability-curve.ts";
export { rocAuc } from "./roc-auc.ts";

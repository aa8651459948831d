export type { BinningStrategy } from "./binning/bin-edges.ts";
export { type FitHistogramOptions, fitHistogram } from "./binning/fit-histogram.ts";
export { type FitScalingBinningOptions, fitScalingBinning } from "./binning/fit-scaling-binning.ts";
export type { HistogramCalibrator, HistogramJSON } from "./binning/histogram-calibrator.ts";
export { histogramFromJSON } from "./binning/histogram-from-json.ts";
export type { ScalingBinningCalibrator, ScalingBinningJSON } from "./binning/scaling-binning-calibrator.ts";
export { scalingBinningFromJSON } from "./binning/scaling-binning-from-json.ts";
export type { Calibrator, CalibratorJSON, FitCalibrator } from "./calibrator.ts";
export { calibratorFromJSON } from "./calibrator-from-json.ts";
export type { BinaryLabels } from "./checks.ts";
export { type FitIsotonicOptions, fitIsotonic } from "./isotonic/fit-isotonic.ts";
export type { IsotonicCalibrator, IsotonicJSON, OutOfBounds } from "./isotonic/isotonic-calibrator.ts";
export { isotonicFromJSON } from "./isotonic/isotonic-from-json.ts";
export type { Seed } from "./numerics/random-source.ts";
export { type FitPlattOptions, fitPlatt } from "./parametric/fit-platt.ts";
export type { PlattCalibrator, PlattJSON } from "./parametric/platt-calibrator.ts";
export { plattFromJSON } from "./parametric/platt-from-json.ts";
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
export { type FitVennAbersOptions, fitVennAbers } from "./venn-abers/fit-venn-abers.ts";
export type {
  ProbabilityInterval,
  VennAbersCalibrator,
  VennAbersJSON,
} from "./venn-abers/venn-abers-calibrator.ts";
export { vennAbersFromJSON } from "./venn-abers/venn-abers-from-json.ts";

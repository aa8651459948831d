/**
 * Probabilities and bounded odds from the scores of any classifier.
 *
 * Functions that begin with `fit` make a {@link Calibrator} of scores and labels; {@link compareCalibrators} says which is best on rows that it
 * was not fitted to; those that end in `FromJSON` read back what `toJSON` wrote. The rest measures how well probabilities say what they
 * claim.
 *
 * @module @mhgan/calibration
 */

export { type FitHistogramOptions, fitHistogram } from "./binning/fit-histogram.ts";
export { type FitScalingBinningOptions, fitScalingBinning } from "./binning/fit-scaling-binning.ts";
export type { HistogramCalibrator, HistogramJSON } from "./binning/histogram-calibrator.ts";
export { histogramFromJSON } from "./binning/histogram-from-json.ts";
export type { ScalingBinningCalibrator, ScalingBinningJSON } from "./binning/scaling-binning-calibrator.ts";
export { scalingBinningFromJSON } from "./binning/scaling-binning-from-json.ts";
export type { Calibrator, CalibratorJSON, FitCalibrator } from "./calibrator.ts";
export { calibratorFromJSON } from "./calibrator-from-json.ts";
export type { BinaryLabels } from "./checks.ts";
export {
  type AverageCalibrator,
  type AverageJSON,
  averageCalibrators,
} from "./combining/average-calibrator.ts";
export {
  type CalibratorComparison,
  type CompareCalibratorsOptions,
  type ComparedCalibrator,
  compareCalibrators,
} from "./combining/compare-calibrators.ts";
export {
  type CrossCalibrateOptions,
  type CrossCalibration,
  crossCalibrate,
} from "./combining/cross-calibrate.ts";
export {
  type ClassCounts,
  type PriorShiftCalibrator,
  type PriorShiftJSON,
  type ShiftPriorOptions,
  shiftPrior,
} from "./combining/shift-prior.ts";
export { type StandardCalibratorsOptions, standardCalibrators } from "./combining/standard-calibrators.ts";
export { type FitCentredIsotonicOptions, fitCentredIsotonic } from "./isotonic/fit-centred-isotonic.ts";
export { type FitIsotonicOptions, fitIsotonic } from "./isotonic/fit-isotonic.ts";
export type { IsotonicCalibrator, IsotonicJSON, OutOfBounds } from "./isotonic/isotonic-calibrator.ts";
export { isotonicFromJSON } from "./isotonic/isotonic-from-json.ts";
export type { IsotonicBlocks } from "./isotonic/pool-adjacent-violators.ts";
export { type ClippedTailsOptions, clippedTails } from "./isotonic/tails/clipped-tails.ts";
export { type PooledTailsOptions, pooledTails } from "./isotonic/tails/pooled-tails.ts";
export { type SmoothedTailsOptions, smoothedTails } from "./isotonic/tails/smoothed-tails.ts";
export type { IsotonicSteps, Tails } from "./isotonic/tails/tails.ts";
export {
  type FitMulticlassTemperatureOptions,
  fitMulticlassTemperature,
} from "./multiclass/fit-multiclass-temperature.ts";
export { type FitOneVsRestOptions, fitOneVsRest } from "./multiclass/fit-one-vs-rest.ts";
export type {
  MulticlassTemperatureCalibrator,
  MulticlassTemperatureJSON,
} from "./multiclass/multiclass-temperature-calibrator.ts";
export { multiclassTemperatureFromJSON } from "./multiclass/multiclass-temperature-from-json.ts";
export type { OneVsRestCalibrator, OneVsRestJSON } from "./multiclass/one-vs-rest-calibrator.ts";
export { oneVsRestFromJSON } from "./multiclass/one-vs-rest-from-json.ts";
export type { Seed } from "./numerics/random-source.ts";
export type { BetaCalibrator, BetaJSON } from "./parametric/beta-calibrator.ts";
export { betaFromJSON } from "./parametric/beta-from-json.ts";
export { type BetaFamily, type FitBetaOptions, fitBeta } from "./parametric/fit-beta.ts";
export { type FitLogisticOptions, fitLogistic } from "./parametric/fit-logistic.ts";
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
export type { PlattCalibrator, PlattJSON } from "./parametric/platt-calibrator.ts";
export { plattFromJSON } from "./parametric/platt-from-json.ts";
export type { ScoreReadingJSON } from "./parametric/score-reading.ts";
export type { TemperatureCalibrator, TemperatureJSON } from "./parametric/temperature-calibrator.ts";
export { temperatureFromJSON } from "./parametric/temperature-from-json.ts";
export { averageCalibrationError } from "./reliability/average-calibration-error.ts";
export type { BinStrategy, ClosedSide } from "./reliability/bin-edges.ts";
export { brierScore } from "./reliability/brier-score.ts";
export { type CalibrationZ, calibrationZ } from "./reliability/calibration-z.ts";
export {
  type CorpDecomposition,
  type CorpDecompositionOptions,
  corpDecomposition,
} from "./reliability/corp-decomposition.ts";
export { debiasedCalibrationError } from "./reliability/debiased-calibration-error.ts";
export { expectedCalibrationError } from "./reliability/expected-calibration-error.ts";
export { type LogLossOptions, logLoss } from "./reliability/log-loss.ts";
export { logLossOfLogOdds } from "./reliability/log-loss-of-log-odds.ts";
export { maximumCalibrationError } from "./reliability/maximum-calibration-error.ts";
export { type MeanWeightZ, type MeanWeightZOptions, meanWeightZ } from "./reliability/mean-weight-z.ts";
export {
  type BandKind,
  type ReliabilityBands,
  type ReliabilityBandsOptions,
  reliabilityBands,
} from "./reliability/reliability-bands.ts";
export {
  type ReliabilityCurve,
  type ReliabilityCurveOptions,
  reliabilityCurve,
} from "./reliability/reliability-curve.ts";
export { rocAuc } from "./reliability/roc-auc.ts";
export { rootMeanSquaredCalibrationError } from "./reliability/root-mean-squared-calibration-error.ts";
export type { WeightOptions } from "./reliability/rows.ts";
export { type SpiegelhalterZ, spiegelhalterZ } from "./reliability/spiegelhalter-z.ts";
export { topLabelCurve } from "./reliability/top-label-curve.ts";
export type { ScoreKind } from "./score-kind.ts";
export { type FitVennAbersOptions, fitVennAbers } from "./venn-abers/fit-venn-abers.ts";
export type {
  ProbabilityInterval,
  VennAbersCalibrator,
  VennAbersJSON,
} from "./venn-abers/venn-abers-calibrator.ts";
export { vennAbersFromJSON } from "./venn-abers/venn-abers-from-json.ts";

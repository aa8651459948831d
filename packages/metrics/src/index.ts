/**
 * How good samples are, and how sure that is, on plain arrays.
 *
 * Sets of features are `{ data, shape }`, row after row. Most measures compare two of them: {@link frechetDistance},
 * {@link kernelInceptionDistance}, {@link precisionRecallDensityCoverage}, {@link classifierTwoSampleTest}. {@link modeMetrics} is for mixtures whose modes
 * are known, {@link bootstrapInterval} and {@link pairedTTest} say how sure a figure or a difference is.
 *
 * @module @mhgan/metrics
 */

export { histogram } from "./distances/histogram.ts";
export {
  type InceptionScore,
  type InceptionScoreOptions,
  inceptionScore,
} from "./distances/inception-score.ts";
export { jensenShannonDivergence } from "./distances/jensen-shannon-divergence.ts";
export { totalVariation } from "./distances/total-variation.ts";
export {
  type TotalVariationOfDensitiesOptions,
  totalVariationOfDensities,
} from "./distances/total-variation-of-densities.ts";
export { type WassersteinDistanceOptions, wassersteinDistance } from "./distances/wasserstein-distance.ts";
export {
  type ClassifierTwoSampleTest,
  type ClassifierTwoSampleTestOptions,
  classifierTwoSampleTest,
} from "./features/classifier-two-sample-test.ts";
export type { Features } from "./features/features.ts";
export {
  type FrechetDistanceOptions,
  frechetDistance,
  frechetDistanceOfGaussians,
} from "./features/frechet-distance.ts";
export {
  type KernelInceptionDistance,
  type KernelInceptionDistanceOptions,
  kernelInceptionDistance,
} from "./features/kernel-inception-distance.ts";
export { type LogisticClassifierOptions, logisticClassifier } from "./features/logistic-classifier.ts";
export {
  type MaximumMeanDiscrepancyOptions,
  maximumMeanDiscrepancy,
} from "./features/maximum-mean-discrepancy.ts";
export {
  type MeanAndCovarianceOptions,
  type Moments,
  meanAndCovariance,
} from "./features/mean-and-covariance.ts";
export { medianDistance } from "./features/median-distance.ts";
export type { GaussianKernel, MmdKernel, PolynomialKernel } from "./features/mmd-kernel.ts";
export {
  type NearestNeighbourClassifierOptions,
  nearestNeighbourClassifier,
} from "./features/nearest-neighbour-classifier.ts";
export {
  type PrecisionRecallDensityCoverage,
  precisionRecallDensityCoverage,
} from "./features/precision-recall-density-coverage.ts";
export {
  type SlicedWassersteinDistanceOptions,
  slicedWassersteinDistance,
} from "./features/sliced-wasserstein-distance.ts";
export type { ScoreRows, TwoSampleClassifier } from "./features/two-sample-classifier.ts";
export { type AssignModesOptions, assignModes } from "./mixtures/assign-modes.ts";
export { type ModeMetrics, type ModeMetricsOptions, modeMetrics } from "./mixtures/mode-metrics.ts";
export {
  type BootstrapInterval,
  type BootstrapIntervalOptions,
  type BootstrapMethod,
  bootstrapInterval,
} from "./uncertainty/bootstrap-interval.ts";
export { type PairedSplits, type PairedSplitsOptions, pairedSplits } from "./uncertainty/paired-splits.ts";
export { type PairedTTest, type PairedTTestOptions, pairedTTest } from "./uncertainty/paired-t-test.ts";

export { type AssignModesOptions, assignModes } from "./assign-modes.ts";
export {
  type BootstrapInterval,
  type BootstrapIntervalOptions,
  type BootstrapMethod,
  bootstrapInterval,
} from "./bootstrap-interval.ts";
export {
  type ClassifierTwoSampleTest,
  type ClassifierTwoSampleTestOptions,
  classifierTwoSampleTest,
} from "./classifier-two-sample-test.ts";
export type { Features } from "./features.ts";
export { frechetDistance, frechetDistanceOfGaussians } from "./frechet-distance.ts";
export { histogram } from "./histogram.ts";
export { type InceptionScore, type InceptionScoreOptions, inceptionScore } from "./inception-score.ts";
export { jensenShannonDivergence } from "./jensen-shannon-divergence.ts";
export {
  type KernelInceptionDistance,
  type KernelInceptionDistanceOptions,
  kernelInceptionDistance,
} from "./kernel-inception-distance.ts";
export { type LogisticClassifierOptions, logisticClassifier } from "./logistic-classifier.ts";
export {
  type MaximumMeanDiscrepancyOptions,
  maximumMeanDiscrepancy,
} from "./maximum-mean-discrepancy.ts";
export { type Moments, meanAndCovariance } from "./mean-and-covariance.ts";
export { medianDistance } from "./median-distance.ts";
export type { GaussianKernel, MmdKernel, PolynomialKernel } from "./mmd-kernel.ts";
export { type ModeMetrics, type ModeMetricsOptions, modeMetrics } from "./mode-metrics.ts";
export {
  type NearestNeighbourClassifierOptions,
  nearestNeighbourClassifier,
} from "./nearest-neighbour-classifier.ts";
export { type PairedSplits, type PairedSplitsOptions, pairedSplits } from "./paired-splits.ts";
export { type PairedTTest, type PairedTTestOptions, pairedTTest } from "./paired-t-test.ts";
export {
  type PrecisionRecallDensityCoverage,
  precisionRecallDensityCoverage,
} from "./precision-recall-density-coverage.ts";
export {
  type SlicedWassersteinDistanceOptions,
  slicedWassersteinDistance,
} from "./sliced-wasserstein-distance.ts";
export { totalVariation } from "./total-variation.ts";
export {
  type TotalVariationOfDensitiesOptions,
  totalVariationOfDensities,
} from "./total-variation-of-densities.ts";
export type { ScoreRows, TwoSampleClassifier } from "./two-sample-classifier.ts";
export { type WassersteinDistanceOptions, wassersteinDistance } from "./wasserstein-distance.ts";

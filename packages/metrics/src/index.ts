export { type AssignModesOptions, assignModes } from "./assign-modes.ts";
export type { Features } from "./features.ts";
export { frechetDistance, frechetDistanceOfGaussians } from "./frechet-distance.ts";
export { histogram } from "./histogram.ts";
export { jensenShannonDivergence } from "./jensen-shannon-divergence.ts";
export {
  type KernelInceptionDistance,
  type KernelInceptionDistanceOptions,
  kernelInceptionDistance,
} from "./kernel-inception-distance.ts";
export {
  type MaximumMeanDiscrepancyOptions,
  maximumMeanDiscrepancy,
} from "./maximum-mean-discrepancy.ts";
export { type Moments, meanAndCovariance } from "./mean-and-covariance.ts";
export { medianDistance } from "./median-distance.ts";
export type { GaussianKernel, MmdKernel, PolynomialKernel } from "./mmd-kernel.ts";
export { type ModeMetrics, type ModeMetricsOptions, modeMetrics } from "./mode-metrics.ts";
export {
  type PrecisionRecallDensityCoverage,
  precisionRecallDensityCoverage,
} from "./precision-recall-density-coverage.ts";
export { totalVariation } from "./total-variation.ts";

/**
 * How far chains can be trusted: split R-hat, effective sample sizes and Monte Carlo errors as R's `posterior` finds them, and
 * how much weights carry.
 *
 * {@link summarize} gives what one looks at first, for each quantity.
 *
 * @module @mhgan/mcmc/diagnostics
 */

export {
  type AcceptanceRate,
  type AcceptanceRateOptions,
  acceptanceRate,
} from "./acceptance-rate.ts";
export { type AutocorrelationOptions, autocorrelation } from "./autocorrelation.ts";
export { type BasicRHatOptions, basicRHat } from "./basic-r-hat.ts";
export type { ChainsOptions } from "./chains.ts";
export {
  bulkEffectiveSampleSize,
  type EffectiveSampleSizeOfMeanOptions,
  effectiveSampleSizeOfMean,
  effectiveSampleSizeOfQuantile,
  effectiveSampleSizeOfStandardDeviation,
  type QuantileOptions,
  tailEffectiveSampleSize,
} from "./effective-sample-size.ts";
export {
  type IntegratedAutocorrelationTime,
  type IntegratedAutocorrelationTimeOptions,
  integratedAutocorrelationTime,
} from "./integrated-autocorrelation-time.ts";
export {
  type KishEffectiveSampleSize,
  kishEffectiveSampleSize,
} from "./kish-effective-sample-size.ts";
export {
  monteCarloErrorOfMean,
  monteCarloErrorOfQuantile,
  monteCarloErrorOfStandardDeviation,
} from "./monte-carlo-error.ts";
export { type NestedRHatOptions, nestedRHat } from "./nested-r-hat.ts";
export { type ParetoKHat, paretoKHat } from "./pareto-k-hat.ts";
export { type SplitRHat, splitRHat } from "./split-r-hat.ts";
export { type SummarizeOptions, type SummaryRow, summarize } from "./summarize.ts";
export { summaryTable } from "./summary-table.ts";

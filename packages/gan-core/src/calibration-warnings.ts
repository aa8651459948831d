/** The figures of a calibration that may give cause for doubt. */
interface DoubtfulFigures {
  readonly after: { readonly z: number; readonly spiegelhalterZ: number };
  readonly auc: number;
  readonly meanWeight: number;
  readonly meanWeightError: number;
  readonly maxWeight: number;
  readonly relativeEffectiveSampleSize: number;
  readonly plateauShare: number;
  readonly fittedOn: { readonly real: number; readonly fake: number };
  readonly evaluatedOn: { readonly real: number; readonly fake: number };
}

/** Beyond this a standard normal falls once in 370 times. */
const DOUBTFUL_Z = 3;

/**
 * Says in sentences what makes a calibration doubtful, each with what to do about it. Empty if nothing does.
 *
 * @internal
 */
export function calibrationWarnings(report: DoubtfulFigures): string[] {
  const { after, auc, meanWeight, meanWeightError, maxWeight, plateauShare } = report;
  const { relativeEffectiveSampleSize: share, fittedOn, evaluatedOn } = report;
  const warnings: string[] = [];
  const z = Math.abs(after.z) > Math.abs(after.spiegelhalterZ) ? after.z : after.spiegelhalterZ;
  // A fit to as many samples as judge it adds as much variance as they have.
  const spread = Math.sqrt(1 + total(evaluatedOn) / total(fittedOn));
  if (Math.abs(z) > DOUBTFUL_Z * spread) {
    warnings.push(
      `the calibrated probabilities do not fit held-out samples (Z = ${z.toFixed(1)}, right is about −${(2 * spread).toFixed(1)} to ${(2 * spread).toFixed(1)}): use more samples or another calibrator`,
    );
  }
  if (Math.abs(meanWeight - 1) > DOUBTFUL_Z * meanWeightError && Math.abs(meanWeight - 1) > 0.05) {
    warnings.push(
      `the mean weight is ${figure(meanWeight)} ± ${figure(meanWeightError)}, right is 1: weights are ${meanWeight > 1 ? "too large" : "too small"}, or the real samples were trained on`,
    );
  }
  if (plateauShare > 0) {
    warnings.push(
      `${percent(plateauShare)} of generated samples have a probability of exactly 0 or 1, where chains freeze: use a calibrator with pooled or smoothed tails`,
    );
  }
  if (maxWeight === Infinity) {
    warnings.push(
      "the weights have no bound, so chains cannot be found backward and exact samplers cannot be used",
    );
  }
  if (auc < 0.5 - DOUBTFUL_Z * areaError(evaluatedOn)) {
    warnings.push(
      `the AUC is ${auc.toFixed(3)}: scores are higher for generated samples than for real ones; is their sign turned round?`,
    );
  }
  if (share < 0.02) {
    warnings.push(
      `few proposals carry the weight (effective share ${percent(share)}): draws rest on ${percent(share)} of what the generator makes, and long chains are needed; see budgetedRejection and tempered`,
    );
  }
  return warnings;
}

const total = ({ real, fake }: { readonly real: number; readonly fake: number }): number => real + fake;

/** Three places, or two digits of what would be nothing so. */
const figure = (value: number): string => (value < 0.001 ? value.toPrecision(2) : value.toFixed(3));

/** Standard error of an AUC of ½: that of the rank sum. */
const areaError = ({ real, fake }: { readonly real: number; readonly fake: number }): number =>
  Math.sqrt((real + fake + 1) / (12 * real * fake));

const percent = (share: number): string => `${(100 * share).toPrecision(2)} %`;

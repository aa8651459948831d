import type { CalibratedScores } from "@mhgan/gan-core";
import { temperLogWeights } from "@mhgan/mcmc";

/** The log weights that a selection works on, all up to the same constant. */
export interface SelectionWeights {
  /** Of the proposals to pick from, in their order. */
  readonly logWeights: Float64Array;
  /** Of real samples, where chains start. */
  readonly startLogWeights: Float64Array;
  /** Of proposals that the calibrator was not fitted on. */
  readonly pilotLogWeights: Float64Array;
  /** None is larger. */
  readonly logWeightBound: number;
}

/**
 * The log weights of the proposals and of all that helps to pick among them, raised to a power.
 *
 * A power other than 1 changes the mean weight; it is made 1 again, over the pilots, so that predictions read them as weights of the law that is
 * drawn from, p^β q^(1−β).
 */
export function selectionWeights(
  calibrated: CalibratedScores,
  fake: Float64Array,
  exponent: number,
): SelectionWeights {
  const weights = {
    logWeights: calibrated.logWeights(fake),
    startLogWeights: calibrated.realLogWeights,
    pilotLogWeights: calibrated.pilotLogWeights,
    logWeightBound: calibrated.logWeightBound,
  };
  if (exponent === 1) return weights;
  const logMean = logMeanOf(temperLogWeights(weights.pilotLogWeights, exponent));
  const temper = (logWeights: ArrayLike<number>): Float64Array =>
    temperLogWeights(logWeights, exponent).map((logWeight) => logWeight - logMean);
  return {
    logWeights: temper(weights.logWeights),
    startLogWeights: temper(weights.startLogWeights),
    pilotLogWeights: temper(weights.pilotLogWeights),
    logWeightBound: temper([weights.logWeightBound])[0]!,
  };
}

/**
 * Weights that sum to 1, from their logarithms.
 *
 * @throws {Error} if all of them are 0.
 */
export function normalisedWeights(logWeights: Float64Array): Float64Array {
  const largest = logWeights.reduce((most, logWeight) => Math.max(most, logWeight), -Infinity);
  if (largest === -Infinity)
    throw new Error("every fake score has a weight of 0: the calibration takes none of them for real");
  // Weights of +∞ are equals, beside which the others count nothing.
  const weights = logWeights.map((logWeight) => (logWeight === largest ? 1 : Math.exp(logWeight - largest)));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

function logMeanOf(logWeights: Float64Array): number {
  const largest = logWeights.reduce((most, logWeight) => Math.max(most, logWeight), -Infinity);
  if (!Number.isFinite(largest)) return 0;
  const sum = logWeights.reduce((total, logWeight) => total + Math.exp(logWeight - largest), 0);
  return largest + Math.log(sum / logWeights.length);
}

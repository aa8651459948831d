import type { Calibrator, CalibratorJSON } from "../calibrator.ts";
import { describe } from "../checks.ts";
import { sigmoid } from "../numerics/log-odds.ts";

/** How many rows of either class there are, or their shares: only the ratio counts. */
export interface ClassCounts {
  /** Rows with label 1, or their share; above 0. */
  readonly positives: number;
  /** Rows with label 0, or their share; above 0. */
  readonly negatives: number;
}

/** Options of {@link shiftPrior}. */
export interface ShiftPriorOptions {
  /** The classes among the rows that the calibrator was fitted to. */
  readonly from: ClassCounts;
  /** The classes where it will be used. Default: as many positives as negatives, which makes odds density ratios. */
  readonly to?: ClassCounts | undefined;
}

/** The JSON form of a {@link PriorShiftCalibrator}. */
export interface PriorShiftJSON extends CalibratorJSON {
  readonly kind: "prior-shift";
  /** What is added to the log odds of `calibrator`, in nats. */
  readonly logShift: number;
  /** The calibrator that is shifted, in its own JSON form. */
  readonly calibrator: CalibratorJSON;
}

/** A calibrator whose log odds are shifted by a constant, as `shiftPrior` returns it. */
export class PriorShiftCalibrator implements Calibrator {
  readonly kind: "prior-shift" = "prior-shift";
  /** What is shifted. */
  readonly calibrator: Calibrator;
  /** What is added to its log odds. */
  readonly logShift: number;
  readonly minLogOdds: number;
  readonly maxLogOdds: number;

  /** @internal */
  constructor(calibrator: Calibrator, logShift: number) {
    this.calibrator = calibrator;
    this.logShift = logShift;
    this.minLogOdds = calibrator.minLogOdds + logShift;
    this.maxLogOdds = calibrator.maxLogOdds + logShift;
  }

  /**
   * The probability at each score under the new shares of the classes.
   *
   * @throws what the calibrator throws.
   */
  predict(scores: ArrayLike<number>): Float64Array {
    return this.logOdds(scores).map(sigmoid);
  }

  /**
   * The log odds of the calibrator, shifted.
   *
   * @throws what the calibrator throws.
   */
  logOdds(scores: ArrayLike<number>): Float64Array {
    return this.calibrator.logOdds(scores).map((logOdds) => logOdds + this.logShift);
  }

  /** That of the calibrator, if it has one: a constant has no slope. */
  get logOddsSlope(): Calibrator["logOddsSlope"] {
    return this.calibrator.logOddsSlope?.bind(this.calibrator);
  }

  toJSON(): PriorShiftJSON {
    return {
      version: 1,
      kind: "prior-shift",
      logShift: this.logShift,
      calibrator: this.calibrator.toJSON(),
    };
  }
}

/**
 * Corrects a calibrator for classes that are mixed otherwise where it is used than among the rows it was fitted to. By
 * Bayes' rule that shifts all log odds by ln(positives/negatives there) − ln(positives/negatives here).
 *
 * With `to` left out, the odds of the result are those of equally many of either class: for a discriminator fitted to unequal numbers
 * of real and generated samples, the density ratio p(x)/q(x).
 *
 * @param calibrator - any; it stays as it is.
 * @returns A calibrator. The scores within each class must be distributed as they were: only the mixture may differ.
 * @throws {RangeError} if a count is not a positive finite number.
 * @see Saerens, Latinne and Decaestecker (2002), "Adjusting the outputs of a classifier to new a priori probabilities", section 2.2.
 * @example
 * ```ts
 * import { fitPlatt, shiftPrior } from "@mhgan/calibration";
 * // One real sample among three generated ones, and scores that tell nothing: even odds once that is corrected.
 * const fitted = fitPlatt([1, 1, 1, 1], [1, 0, 0, 0]);
 * const ratio = shiftPrior(fitted, { from: { positives: 1, negatives: 3 } });
 * Math.abs(ratio.logOdds([1])[0]! - fitted.logOdds([1])[0]! - Math.log(3)) < 1e-12; // => true
 * ```
 */
export function shiftPrior(calibrator: Calibrator, options: ShiftPriorOptions): PriorShiftCalibrator {
  const { from, to = { positives: 1, negatives: 1 } } = options;
  return new PriorShiftCalibrator(calibrator, logRatio("to", to) - logRatio("from", from));
}

function logRatio(name: "from" | "to", counts: ClassCounts): number {
  for (const part of ["positives", "negatives"] as const) {
    const count: unknown = counts?.[part];
    if (!(typeof count === "number" && count > 0 && count < Infinity)) {
      throw new RangeError(
        `shiftPrior: ${name}.${part} must be a positive finite number, got ${describe(count)}`,
      );
    }
  }
  return Math.log(counts.positives) - Math.log(counts.negatives);
}

/**
 * A fitted map from raw scores to probabilities of the positive class, whatever the method.
 *
 * Anything of this shape is a calibrator: `fitIsotonic` and `fitPlatt` return one, and your own object may be one.
 *
 * @example
 * ```ts
 * import { type Calibrator, fitIsotonic, fitPlatt } from "@mhgan/calibration";
 * const calibrators: Calibrator[] = [fitIsotonic([1, 2], [0, 1]), fitPlatt([1, 2], [0, 1])];
 * calibrators.map((calibrator) => calibrator.kind); // => ["isotonic", "platt"]
 * ```
 */
export interface Calibrator {
  /** The method's name, as it stands in the JSON. */
  readonly kind: string;
  /** The smallest log odds that any score can get; may be `-Infinity`. */
  readonly minLogOdds: number;
  /** The largest log odds that any score can get; may be `Infinity`. */
  readonly maxLogOdds: number;
  /** Probabilities of the positive class in [0, 1], one per score. Scores must be finite. */
  predict(scores: ArrayLike<number>): Float64Array;
  /**
   * `ln p − ln(1 − p)`, one per score, accurate where `p` itself would round to 0 or 1.
   * No value lies below `minLogOdds` or above `maxLogOdds`.
   */
  logOdds(scores: ArrayLike<number>): Float64Array;
  /**
   * The derivative of the log odds by the score, one per score: what samplers need that follow gradients. Only calibrators have it whose
   * log odds are smooth; steps have none.
   */
  readonly logOddsSlope?: ((scores: ArrayLike<number>) => Float64Array) | undefined;
  /** A plain object for `JSON.stringify`; `calibratorFromJSON` reads it back, bit for bit. */
  toJSON(): CalibratorJSON;
}

/** What every serialised calibrator starts with. */
export interface CalibratorJSON {
  /** The version of the format. */
  readonly version: 1;
  /** The method's name. */
  readonly kind: string;
}

/**
 * Any way to fit a calibrator: what the functions take that fit one several times. `fitIsotonic` and `fitPlatt` are such as they
 * are; with options of their own they are wrapped in a function that hands the weights on.
 *
 * @example
 * ```ts
 * import { clippedTails, type FitCalibrator, fitIsotonic } from "@mhgan/calibration";
 * const fit: FitCalibrator = (scores, labels, { weights }) =>
 *   fitIsotonic(scores, labels, { weights, tails: clippedTails() });
 * fit(Float64Array.of(1, 2, 3, 4), Float64Array.of(0, 1, 0, 1), {}).predict([2, 3]); // => [0.5, 0.5]
 * ```
 */
export type FitCalibrator = (
  scores: Float64Array,
  /** 0 and 1, one per score. */
  labels: Float64Array,
  options: { readonly weights?: Float64Array | undefined },
) => Calibrator;

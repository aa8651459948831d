import type { Calibrator, CalibratorJSON } from "../calibrator.ts";
import { toFinite } from "../checks.ts";

/** The JSON form of a {@link PlattCalibrator}. */
export interface PlattJSON extends CalibratorJSON {
  readonly kind: "platt";
  readonly a: number;
  readonly b: number;
}

/** The sigmoid p = 1 / (1 + exp(a·score + b)), as `fitPlatt` and `plattFromJSON` return it. */
export class PlattCalibrator implements Calibrator {
  readonly kind: "platt" = "platt";
  /** The slope, in Platt's sign: negative when a higher score means a likelier positive. */
  readonly a: number;
  /** The intercept, in Platt's sign. */
  readonly b: number;
  /** `-Infinity`, or `-b` when the slope is 0. */
  readonly minLogOdds: number;
  /** `Infinity`, or `-b` when the slope is 0. */
  readonly maxLogOdds: number;

  /** @internal */
  constructor(a: number, b: number) {
    this.a = a + 0;
    this.b = b + 0;
    this.minLogOdds = a === 0 ? 0 - b : Number.NEGATIVE_INFINITY;
    this.maxLogOdds = a === 0 ? 0 - b : Number.POSITIVE_INFINITY;
  }

  /**
   * The probability at each score; it rounds to 1 above log odds of about 37.
   *
   * @throws {RangeError} if a score is not finite.
   */
  predict(scores: ArrayLike<number>): Float64Array {
    return this.#logOdds("predict", scores).map((logOdds) => 1 / (1 + Math.exp(-logOdds)));
  }

  /**
   * −(a·score + b) at each score, which does not saturate.
   *
   * @throws {RangeError} if a score is not finite.
   */
  logOdds(scores: ArrayLike<number>): Float64Array {
    return this.#logOdds("logOdds", scores);
  }

  toJSON(): PlattJSON {
    return { version: 1, kind: "platt", a: this.a, b: this.b };
  }

  #logOdds(caller: string, scores: ArrayLike<number>): Float64Array {
    return toFinite(caller, "scores", scores).map((score) => 0 - (this.a * score + this.b));
  }
}

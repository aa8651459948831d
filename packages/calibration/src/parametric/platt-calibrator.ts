import { LogitCalibrator } from "./logit-calibrator.ts";
import { readingToJSON, type ScoreReading, type ScoreReadingJSON } from "./score-reading.ts";

/** The JSON form of a {@link PlattCalibrator}. */
export interface PlattJSON extends ScoreReadingJSON {
  readonly kind: "platt";
  /** The slope, in Platt's sign: negative when a higher score means a likelier positive. */
  readonly a: number;
  /** The intercept, in Platt's sign. */
  readonly b: number;
}

/** The sigmoid p = 1 / (1 + exp(a·score + b)), as `fitPlatt` and `plattFromJSON` return it. */
export class PlattCalibrator extends LogitCalibrator {
  override readonly kind: "platt" = "platt";
  /** The slope, in Platt's sign: negative when a higher score means a likelier positive. */
  readonly a: number;
  /** The intercept, in Platt's sign. */
  readonly b: number;

  /** @internal */
  constructor(reading: ScoreReading, a: number, b: number) {
    super(
      reading,
      (logit) => (a === 0 ? 0 - b : 0 - (a * logit + b)),
      () => 0 - a,
    );
    this.a = a + 0;
    this.b = b + 0;
  }

  override toJSON(): PlattJSON {
    return { version: 1, kind: "platt", ...readingToJSON(this), a: this.a, b: this.b };
  }
}

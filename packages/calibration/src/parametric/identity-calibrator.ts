import { toProbabilities } from "../checks.ts";
import { LogitCalibrator } from "./logit-calibrator.ts";
import { readingToJSON, type ScoreReading, type ScoreReadingJSON, scoreReading } from "./score-reading.ts";

/** Options of {@link identityCalibrator}. */
export interface IdentityOptions {
  /** What the scores say; it is never guessed from the numbers. */
  readonly input: "probability" | "logit";
  /** With `input: "probability"`: probabilities are clipped to [clip, 1 − clip], in (0, 0.5). Default: they are not. */
  readonly clip?: number | undefined;
}

/** The JSON form of an {@link IdentityCalibrator}. */
export interface IdentityJSON extends ScoreReadingJSON {
  readonly kind: "identity";
}

/** Scores that are taken at their word, as `identityCalibrator` and `identityFromJSON` return it. */
export class IdentityCalibrator extends LogitCalibrator {
  override readonly kind: "identity" = "identity";

  /** @internal */
  constructor(reading: ScoreReading) {
    super(
      reading,
      (logit) => logit + 0,
      () => 1,
    );
  }

  /**
   * Scores that are probabilities as they are, but for the clip; the sigmoid of logits.
   *
   * @throws {RangeError} if a score is not finite, or is to be a probability and is none.
   */
  override predict(scores: ArrayLike<number>): Float64Array {
    const { clip } = this;
    if (clip === undefined) return super.predict(scores);
    return toProbabilities("predict", scores, "scores").map((p) => Math.min(1 - clip, Math.max(clip, p)));
  }

  override toJSON(): IdentityJSON {
    return { version: 1, kind: "identity", ...readingToJSON(this) };
  }
}

/**
 * Takes scores at their word: the calibrator to compare others with, or for a discriminator that is calibrated already.
 *
 * Probabilities of 0 and 1 have infinite log odds unless a `clip` is given. In its JSON a `clip` of 0 stands for none.
 *
 * @throws {RangeError} if an option is missing or out of range.
 * @example
 * ```ts
 * import { identityCalibrator } from "@mhgan/calibration";
 * const calibrator = identityCalibrator({ input: "probability" });
 * calibrator.predict([0.25, 1]); // => [0.25, 1]
 * calibrator.logOdds([0.25, 1]); // ≈ [-1.0986, Infinity]
 * identityCalibrator({ input: "logit" }).predict([0]); // => [0.5]
 * ```
 */
export function identityCalibrator(options: IdentityOptions): IdentityCalibrator {
  return new IdentityCalibrator(scoreReading("identityCalibrator", options, ["probability", "logit"], 0));
}

import type { Calibrator } from "../calibrator.ts";
import { logit } from "../numerics/log-odds.ts";
import { type ScoreKind, toLogits } from "../score-kind.ts";
import type { ScoreReading, ScoreReadingJSON } from "./score-reading.ts";

/** A calibrator whose log odds are a formula of the logit of the score, as all parametric ones are. */
export abstract class LogitCalibrator implements Calibrator {
  abstract readonly kind: string;
  /** What the scores say: logits and unbounded scores enter the formula as they are, probabilities through the logit. */
  readonly input: ScoreKind;
  /** Probabilities are clipped to [clip, 1 − clip] first; `undefined` unless `input` is `"probability"`. */
  readonly clip: number | undefined;
  /** The smallest log odds of any score: finite where the formula is, and where probabilities are clipped. */
  readonly minLogOdds: number;
  /** The largest log odds of any score: finite where the formula is, and where probabilities are clipped. */
  readonly maxLogOdds: number;
  readonly #formula: (logit: number) => number;
  readonly #slope: (logit: number) => number;

  /**
   * @internal `formula` takes logits from -Infinity to Infinity, and `slope` is its derivative; `turn` is the logit where it turns round,
   * if it is not monotone.
   */
  constructor(
    { input, clip }: ScoreReading,
    formula: (logit: number) => number,
    slope: (logit: number) => number,
    turn?: number,
  ) {
    this.input = input;
    this.clip = clip;
    this.#formula = formula;
    this.#slope = slope;
    const lowest = clip === undefined ? Number.NEGATIVE_INFINITY : logit(clip);
    const highest = clip === undefined ? Number.POSITIVE_INFINITY : logit(1 - clip);
    const extremes = [formula(lowest), formula(highest)];
    if (turn !== undefined && turn > lowest && turn < highest) extremes.push(formula(turn));
    this.minLogOdds = Math.min(...extremes) + 0;
    this.maxLogOdds = Math.max(...extremes) + 0;
  }

  /**
   * The probability at each score; it rounds to 1 above log odds of about 37.
   *
   * @throws {RangeError} if a score is not finite, or is to be a probability and is none.
   */
  predict(scores: ArrayLike<number>): Float64Array {
    const result = this.#logOdds("predict", scores);
    for (let i = 0; i < result.length; i++) result[i] = 1 / (1 + Math.exp(-result[i]!));
    return result;
  }

  /**
   * The formula at each score, which does not saturate where probabilities do.
   *
   * @throws {RangeError} if a score is not finite, or is to be a probability and is none.
   */
  logOdds(scores: ArrayLike<number>): Float64Array {
    return this.#logOdds("logOdds", scores);
  }

  /**
   * The derivative of the formula by the score. Of a probability p it grows like 1 / (p·(1 − p)); where p is clipped it is 0.
   *
   * @throws {RangeError} if a score is not finite, or is to be a probability and is none.
   */
  logOddsSlope(scores: ArrayLike<number>): Float64Array {
    const { input, clip = 0 } = this;
    return toLogits("logOddsSlope", scores, input, clip).map((logit, i) => {
      const p = scores[i]!;
      if (input === "probability") return p > clip && p < 1 - clip ? this.#slope(logit) / (p * (1 - p)) : 0;
      return this.#slope(logit);
    });
  }

  abstract toJSON(): ScoreReadingJSON;

  #logOdds(caller: string, scores: ArrayLike<number>): Float64Array {
    const result = toLogits(caller, scores, this.input, this.clip ?? 0);
    for (let i = 0; i < result.length; i++) {
      // Rounding may step over an end by one unit in the last place.
      result[i] = Math.min(this.maxLogOdds, Math.max(this.minLogOdds, this.#formula(result[i]!)));
    }
    return result;
  }
}

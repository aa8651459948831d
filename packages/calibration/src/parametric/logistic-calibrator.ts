import { sigmoid } from "../numerics/log-odds.ts";
import { logTerms, logTermsSlope } from "./log-terms.ts";
import { LogitCalibrator } from "./logit-calibrator.ts";
import { readingToJSON, type ScoreReading, type ScoreReadingJSON } from "./score-reading.ts";

/** What log odds are linear in, for a probability D: `"linear"` D, `"beta1"` its logit, `"beta2"` ln D and ln(1 − D). */
export type LogisticFeatures = "linear" | "beta1" | "beta2";

/** The JSON form of a {@link LogisticCalibrator}. */
export interface LogisticJSON extends ScoreReadingJSON {
  readonly kind: "logistic";
  /** What the log odds are linear in. */
  readonly features: LogisticFeatures;
  /** One per feature: two for `"beta2"`, that of ln D first. */
  readonly coefficients: readonly number[];
  /** The log odds, in nats, where all features are 0. */
  readonly intercept: number;
}

/** Log odds that are linear in features of a probability, as `fitLogistic` and `logisticFromJSON` return it. */
export class LogisticCalibrator extends LogitCalibrator {
  override readonly kind: "logistic" = "logistic";
  /** What the log odds are linear in. */
  readonly features: LogisticFeatures;
  /** One per feature: two for `"beta2"`, that of ln D first. */
  readonly coefficients: readonly number[];
  /** The log odds, in nats, where all features are 0. */
  readonly intercept: number;

  /** @internal */
  constructor(
    reading: ScoreReading,
    features: LogisticFeatures,
    coefficients: readonly number[],
    intercept: number,
  ) {
    const [first, second = 0] = coefficients as [number, number?];
    super(
      reading,
      formulaOf(features, first, second, intercept),
      slopeOf(features, first, second),
      turnOf(first, second),
    );
    this.features = features;
    this.coefficients = coefficients.map((coefficient) => coefficient + 0);
    this.intercept = intercept + 0;
  }

  override toJSON(): LogisticJSON {
    const { features, coefficients, intercept } = this;
    const fitted = { features, coefficients: [...coefficients], intercept };
    return { version: 1, kind: "logistic", ...readingToJSON(this), ...fitted };
  }
}

function formulaOf(
  features: LogisticFeatures,
  first: number,
  second: number,
  intercept: number,
): (logit: number) => number {
  if (features === "beta2") return logTerms(first, second, intercept);
  if (first === 0) return () => intercept;
  if (features === "beta1") return (logit) => first * logit + intercept;
  return (logit) => first / (1 + Math.exp(-logit)) + intercept;
}

function slopeOf(features: LogisticFeatures, first: number, second: number): (logit: number) => number {
  if (features === "linear") return (logit) => first * sigmoid(logit) * sigmoid(-logit);
  return logTermsSlope(first, features === "beta1" ? -first : second);
}

/** `first·ln D + second·ln(1 − D)` turns round at D = first / (first + second), if both pull the same way. */
function turnOf(first: number, second: number): number | undefined {
  return first * second > 0 ? Math.log(first / second) : undefined;
}

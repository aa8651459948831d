import { sigmoid } from "../numerics/log-odds.ts";
import { logTerms, logTermsSlope } from "./log-terms.ts";
import { LogitCalibrator } from "./logit-calibrator.ts";
import { readingToJSON, type ScoreReading, type ScoreReadingJSON } from "./score-reading.ts";

/** The JSON form of a {@link BetaCalibrator}. */
export interface BetaJSON extends ScoreReadingJSON {
  readonly kind: "beta";
  /** The slope of the log odds where p is near 0. */
  readonly a: number;
  /** The slope of the log odds where p is near 1. */
  readonly b: number;
  /** The constant of the log odds, in nats. */
  readonly c: number;
}

/** Log odds a·ln p − b·ln(1 − p) + c of a probability p, as `fitBeta` and `betaFromJSON` return it; never falling if a, b ≥ 0. */
export class BetaCalibrator extends LogitCalibrator {
  override readonly kind: "beta" = "beta";
  /** The slope of the log odds where p is near 0; below 0 only if the fit was free to fall. */
  readonly a: number;
  /** The slope of the log odds where p is near 1; below 0 only if the fit was free to fall. */
  readonly b: number;
  /** The constant of the log odds, in nats. */
  readonly c: number;
  /** The probability that is calibrated to ½, if there is one and the curve never falls. */
  readonly midpoint: number | undefined;

  /** @internal */
  constructor(reading: ScoreReading, a: number, b: number, c: number) {
    const formula = logTerms(a, -b, c);
    // Slopes of two signs turn round where a·(1 − p) + b·p is 0.
    const slope = logTermsSlope(a, -b);
    super(reading, formula, slope, a * b < 0 ? Math.log(-a / b) : undefined);
    this.a = a + 0;
    this.b = b + 0;
    this.c = c + 0;
    this.midpoint = midpointOf(formula, slope, a, b);
  }

  override toJSON(): BetaJSON {
    return { version: 1, kind: "beta", ...readingToJSON(this), a: this.a, b: this.b, c: this.c };
  }
}

/**
 * Newton's method on the formula, which is convex or concave: it overshoots once at most, and then closes in from one side.
 * Where a or b is 0 the formula levels off, maybe before it reaches 0.
 */
function midpointOf(
  formula: (logit: number) => number,
  slope: (logit: number) => number,
  a: number,
  b: number,
): number | undefined {
  if (a < 0 || b < 0) return undefined;
  const crosses = formula(Number.NEGATIVE_INFINITY) < 0 && formula(Number.POSITIVE_INFINITY) > 0;
  if (!crosses) return undefined;
  let logit = 0;
  for (let iteration = 0; iteration < 2000; iteration++) {
    const next = logit - formula(logit) / slope(logit);
    if (!Number.isFinite(next)) return undefined;
    const change = Math.abs(next - logit);
    logit = next;
    if (change <= 1e-14 * Math.max(1, Math.abs(logit))) break;
  }
  return sigmoid(logit);
}

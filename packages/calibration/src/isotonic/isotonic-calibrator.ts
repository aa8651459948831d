import type { Calibrator, CalibratorJSON } from "../calibrator.ts";
import { toFinite } from "../checks.ts";
import { knotGuide } from "../numerics/knot-guide.ts";
import { logit } from "../numerics/log-odds.ts";

/** What to answer for a score outside the range of the fit: the nearest end's value, NaN, or an error. */
export type OutOfBounds = "clip" | "nan" | "throw";

/** The JSON form of an {@link IsotonicCalibrator}. */
export interface IsotonicJSON extends CalibratorJSON {
  readonly kind: "isotonic";
  /** Whether probabilities rise with the score; else they fall. */
  readonly increasing: boolean;
  /** What is answered for a score outside the range of the fit. */
  readonly outOfBounds: OutOfBounds;
  /** Strictly ascending: the scores of the knots, as many as `values`. */
  readonly thresholds: readonly number[];
  /** In [0, 1]: the probability at each knot. */
  readonly values: readonly number[];
}

/** What an {@link IsotonicCalibrator} is made of. */
export interface IsotonicKnots {
  readonly increasing: boolean;
  readonly outOfBounds: OutOfBounds;
  readonly thresholds: Float64Array;
  readonly values: Float64Array;
}

/**
 * A monotone, piecewise linear function of the score, as `fitIsotonic` and `isotonicFromJSON` return it.
 *
 * Between two knots the value is interpolated linearly. With a single knot the value is constant everywhere.
 */
export class IsotonicCalibrator implements Calibrator {
  readonly kind: "isotonic" = "isotonic";
  /** Whether the values rise with the score. */
  readonly increasing: boolean;
  /** What is answered outside of the first and last threshold. */
  readonly outOfBounds: OutOfBounds;
  /** Length k, strictly ascending: the scores of the knots. */
  readonly thresholds: Float64Array;
  /** Length k, monotone: the values at the knots. */
  readonly values: Float64Array;
  /** The log odds of the smallest value; NaN if the values are not probabilities. */
  readonly minLogOdds: number;
  /** The log odds of the largest value; NaN if the values are not probabilities. */
  readonly maxLogOdds: number;
  #knotBelow: ((score: number) => number) | undefined;

  /** @internal */
  constructor({ increasing, outOfBounds, thresholds, values }: IsotonicKnots) {
    this.increasing = increasing;
    this.outOfBounds = outOfBounds;
    this.thresholds = thresholds;
    this.values = values;
    const [first, last] = [logit(values[0]!), logit(values.at(-1)!)];
    this.minLogOdds = Math.min(first, last);
    this.maxLogOdds = Math.max(first, last);
  }

  /**
   * The fitted value at each score; O(log k) each.
   *
   * @throws {RangeError} if a score is not finite, or lies outside the range of the fit when `outOfBounds` is `"throw"`.
   */
  predict(scores: ArrayLike<number>): Float64Array {
    return this.#interpolate("predict", scores);
  }

  /**
   * `ln p − ln(1 − p)` of the fitted value `p` at each score: `-Infinity` at 0 and `Infinity` at 1.
   *
   * @throws {RangeError} as `predict`, and if the fitted values are not probabilities.
   */
  logOdds(scores: ArrayLike<number>): Float64Array {
    if (Number.isNaN(this.minLogOdds)) {
      throw new RangeError(
        `logOdds: fitted values must be probabilities in [0, 1], got ${this.values[0]} to ${this.values.at(-1)}`,
      );
    }
    const result = this.#interpolate("logOdds", scores);
    for (let i = 0; i < result.length; i++) {
      result[i] = Math.min(this.maxLogOdds, Math.max(this.minLogOdds, logit(result[i]!)));
    }
    return result;
  }

  toJSON(): IsotonicJSON {
    return {
      version: 1,
      kind: "isotonic",
      increasing: this.increasing,
      outOfBounds: this.outOfBounds,
      thresholds: Array.from(this.thresholds),
      values: Array.from(this.values),
    };
  }

  #interpolate(caller: string, scores: ArrayLike<number>): Float64Array {
    const queries = toFinite(caller, "scores", scores);
    const { thresholds, values, outOfBounds } = this;
    const last = thresholds.length - 1;
    if (last === 0) return new Float64Array(queries.length).fill(values[0]!);
    const lowest = thresholds[0]!;
    const highest = thresholds[last]!;
    this.#knotBelow ??= knotGuide(thresholds);
    const knotBelow = this.#knotBelow;
    const result = new Float64Array(queries.length);
    for (let i = 0; i < queries.length; i++) {
      const score = queries[i]!;
      if (outOfBounds !== "clip" && (score < lowest || score > highest)) {
        if (outOfBounds === "throw") {
          throw new RangeError(
            `${caller}: scores must lie within the fitted range [${lowest}, ${highest}], got ${score} at index ${i}`,
          );
        }
        result[i] = NaN;
      } else if (score < lowest) {
        result[i] = values[0]!;
      } else {
        result[i] = score < highest ? this.#between(score, knotBelow(score)) : values[last]!;
      }
    }
    return result;
  }

  /** The value at a score from one knot to the next. */
  #between(score: number, left: number): number {
    const { thresholds, values } = this;
    const leftValue = values[left]!;
    const rightValue = values[left + 1]!;
    if (leftValue === rightValue) return leftValue;
    const start = thresholds[left]!;
    const value = leftValue + ((rightValue - leftValue) / (thresholds[left + 1]! - start)) * (score - start);
    // Rounding may step over the right value by one unit in the last place, which would break monotonicity.
    return leftValue < rightValue ? Math.min(value, rightValue) : Math.max(value, rightValue);
  }
}

/** Refuses thresholds so far apart that a slope between them would be lost. */
export function checkSpan(caller: string, name: string, thresholds: Float64Array): void {
  if (thresholds.at(-1)! - thresholds[0]! === Infinity) {
    throw new RangeError(
      `${caller}: ${name} must span a finite range, got ${thresholds[0]} to ${thresholds.at(-1)}`,
    );
  }
}

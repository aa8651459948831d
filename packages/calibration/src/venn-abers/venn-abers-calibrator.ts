import type { Calibrator, CalibratorJSON } from "../calibrator.ts";
import { toFinite } from "../checks.ts";
import { RESOLUTION } from "../numerics/resolution.ts";

/** The JSON form of a {@link VennAbersCalibrator}. */
export interface VennAbersJSON extends CalibratorJSON {
  readonly kind: "venn-abers";
  /** Length k, strictly ascending: the scores at which a value changes. */
  readonly thresholds: readonly number[];
  /** Length k + 1, non-decreasing, in [0, 1): p0 below the first threshold, from it on, …, from the last on. */
  readonly lower: readonly number[];
  /** Length k + 1, non-decreasing, in (0, 1]: p1 up to the first threshold, above it, …, above the last. */
  readonly upper: readonly number[];
}

/** What a {@link VennAbersCalibrator} is made of. */
export interface VennAbersSteps {
  readonly thresholds: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** The two probabilities of each score, between which its calibrated probability lies. */
export interface ProbabilityInterval {
  /** Length n, in [0, 1): the value of the score had its label been 0. */
  readonly lower: Float64Array;
  /** Length n, in (0, 1]: the value of the score had its label been 1; not below `lower`. */
  readonly upper: Float64Array;
}

/**
 * Two monotone step functions of the score, as `fitVennAbers` and `vennAbersFromJSON` return them.
 *
 * The lower one jumps as a score reaches a threshold, the upper one only as it passes it: a score equal to a threshold gets the
 * lower value from above it and the upper value from below it.
 */
export class VennAbersCalibrator implements Calibrator {
  readonly kind: "venn-abers" = "venn-abers";
  /** Length k, strictly ascending: the scores at which a value changes. */
  readonly thresholds: Float64Array;
  /** Length k + 1, non-decreasing, in [0, 1): p0 below the first threshold, from it on, …, from the last on. */
  readonly lower: Float64Array;
  /** Length k + 1, non-decreasing, in (0, 1]: p1 up to the first threshold, above it, …, above the last. */
  readonly upper: Float64Array;
  /** The log odds below all thresholds; finite. */
  readonly minLogOdds: number;
  /** The log odds above all thresholds; finite. */
  readonly maxLogOdds: number;

  /** @internal */
  constructor({ thresholds, lower, upper }: VennAbersSteps) {
    this.thresholds = thresholds;
    this.lower = lower;
    this.upper = upper;
    this.minLogOdds = mergedLogOdds(lower[0]!, upper[0]!);
    this.maxLogOdds = mergedLogOdds(lower[thresholds.length]!, upper[thresholds.length]!);
  }

  /**
   * p1 / (1 − p0 + p1) at each score; O(log k) each.
   *
   * @throws {RangeError} if a score is not finite.
   */
  predict(scores: ArrayLike<number>): Float64Array {
    const { lower, upper } = this.#interval("predict", scores);
    return lower.map((p0, i) => upper[i]! / (1 - p0 + upper[i]!));
  }

  /**
   * ln p1 − ln(1 − p0) at each score, which is the log odds of what `predict` gives.
   *
   * @throws {RangeError} if a score is not finite.
   */
  logOdds(scores: ArrayLike<number>): Float64Array {
    const { lower, upper } = this.#interval("logOdds", scores);
    return lower.map((p0, i) =>
      Math.min(this.maxLogOdds, Math.max(this.minLogOdds, mergedLogOdds(p0, upper[i]!))),
    );
  }

  /**
   * p0 and p1 at each score. The wider the interval, the less the rows say about such scores.
   *
   * @throws {RangeError} if a score is not finite.
   */
  interval(scores: ArrayLike<number>): ProbabilityInterval {
    return this.#interval("interval", scores);
  }

  toJSON(): VennAbersJSON {
    return {
      version: 1,
      kind: "venn-abers",
      thresholds: Array.from(this.thresholds),
      lower: Array.from(this.lower),
      upper: Array.from(this.upper),
    };
  }

  #interval(caller: string, scores: ArrayLike<number>): ProbabilityInterval {
    const queries = toFinite(caller, "scores", scores);
    const { thresholds } = this;
    const lower = new Float64Array(queries.length);
    const upper = new Float64Array(queries.length);
    for (let i = 0; i < queries.length; i++) {
      const passed = this.#passed(queries[i]!);
      const reached =
        passed < thresholds.length && thresholds[passed]! - queries[i]! < RESOLUTION ? passed + 1 : passed;
      lower[i] = this.lower[reached]!;
      upper[i] = this.upper[passed]!;
    }
    return { lower, upper };
  }

  /** How many thresholds lie below a score. */
  #passed(score: number): number {
    let low = 0;
    let high = this.thresholds.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (score - this.thresholds[middle]! >= RESOLUTION) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function mergedLogOdds(p0: number, p1: number): number {
  return Math.log(p1) - Math.log1p(-p0);
}

import {
  type BinaryLabels,
  checkChoice,
  describe,
  toBinaryLabels,
  toGivenWeights,
  toLabels,
  toNonEmpty,
} from "../checks.ts";
import { averageRanks } from "../numerics/average-ranks.ts";
import { isotonicBlocks, sortedRows } from "./isotonic-blocks.ts";
import {
  checkSpan,
  IsotonicCalibrator,
  type IsotonicKnots,
  type OutOfBounds,
} from "./isotonic-calibrator.ts";
import type { IsotonicSteps, Tails } from "./tails/tails.ts";

/** Options of {@link fitIsotonic}. */
export interface FitIsotonicOptions {
  /** Length n, finite, ≥ 0, default all 1. A weight of 2 counts as the row given twice, one of 0 as the row left out. */
  readonly weights?: ArrayLike<number> | undefined;
  /** Whether values rise with the score. `"auto"` takes the sign of Spearman's rank correlation. Default `true`. */
  readonly increasing?: boolean | "auto" | undefined;
  /** Fitted values below are raised to it. Default `-Infinity`. */
  readonly lowerBound?: number | undefined;
  /** Fitted values above are lowered to it. Default `Infinity`. */
  readonly upperBound?: number | undefined;
  /** What `predict` answers outside the range of the fitted scores. Default `"clip"`: the value at the nearest end. */
  readonly outOfBounds?: OutOfBounds | undefined;
  /**
   * What is done to the lowest and the highest blocks, which with labels 0 and 1 are 0 below the lowest positive and 1 above
   * the highest negative: `pooledTails()`, `clippedTails()`, `smoothedTails()`, or a function of your own.
   * Default: nothing, as scikit-learn. Needs labels of two classes and a rising fit.
   */
  readonly tails?: Tails | undefined;
}

/**
 * Fits a monotone function from scores to labels by weighted least squares.
 *
 * With 0/1 labels the result is a calibrator: the fitted values are probabilities of label 1. Labels may be any finite
 * numbers for a regression. Rows of equal score (closer than 1e-15) become one point of mean label.
 * Thresholds, values and predictions are those of scikit-learn's `IsotonicRegression`.
 *
 * @param scores - length n, finite, in any order. A `Float32Array` is widened first.
 * @param labels - length n, finite numbers or booleans.
 * @returns A calibrator of at most n knots. O(n).
 * @throws {TypeError} if an argument is no array of numbers.
 * @throws {RangeError} if an array is empty, of another length or not finite, if a weight is negative or all are 0, if an option
 * is out of range, or if with `tails` there are labels of more than two classes.
 * @see Best and Chakravarti (1990), section 3, for the algorithm; de Leeuw (1977), "secondary" method, for ties.
 * @example
 * ```ts
 * import { fitIsotonic } from "@mhgan/calibration";
 * const calibrator = fitIsotonic([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1]);
 * calibrator.thresholds; // => [0.1, 0.35, 0.4, 0.8]
 * calibrator.values; // => [0, 0.5, 0.5, 1]
 * calibrator.predict([0.2, 0.6]); // ≈ [0.2, 0.75]
 * ```
 */
export function fitIsotonic(
  scores: ArrayLike<number>,
  labels: BinaryLabels,
  options: FitIsotonicOptions = {},
): IsotonicCalibrator {
  const { lowerBound = -Infinity, upperBound = Infinity } = options;
  const { outOfBounds = "clip", tails, increasing: direction = true } = options;
  const caller = "fitIsotonic";
  const x = toNonEmpty(caller, "scores", scores);
  const y = (tails ? toBinaryLabels : toLabels)(caller, labels, "scores", x.length);
  const w = toGivenWeights(caller, options.weights, "scores", x.length);
  checkChoice(caller, "outOfBounds", outOfBounds, ["clip", "nan", "throw"]);
  checkChoice(caller, "increasing", direction, tails ? [true] : [true, false, "auto"]);
  checkBounds(lowerBound, upperBound);

  const increasing = direction === "auto" ? isPositivelyCorrelated(x, y) : direction;
  const sign = increasing ? 1 : -1;
  const rows = sortedRows(x, increasing ? y : y.map((label) => -label), w);
  const blocks = isotonicBlocks(caller, rows);
  const steps: IsotonicSteps = tails ? tails(blocks) : { ...blocks, values: blocks.means };
  const values = steps.values.map((value) => Math.min(upperBound, Math.max(lowerBound, sign * value)) + 0);
  const knots = toKnots({ ...steps, values });
  checkSpan(caller, "scores", knots.thresholds);
  return new IsotonicCalibrator({ increasing, outOfBounds, ...knots });
}

/** The ends of each run of steps of equal value; lines between them make the fitted function. */
function toKnots({ firsts, lasts, values }: IsotonicSteps): Pick<IsotonicKnots, "thresholds" | "values"> {
  const thresholds: number[] = [];
  const knotValues: number[] = [];
  const add = (threshold: number, value: number): void => {
    if (threshold === thresholds.at(-1)) return;
    thresholds.push(threshold);
    knotValues.push(value);
  };
  for (let i = 0; i < values.length; i++) {
    if (values[i] !== values[i - 1]) add(firsts[i]!, values[i]!);
    if (values[i] !== values[i + 1]) add(lasts[i]!, values[i]!);
  }
  return { thresholds: Float64Array.from(thresholds), values: Float64Array.from(knotValues) };
}

/** Whether Spearman's rank correlation is ≥ 0; in multiples of ¼, so exact for up to some 100,000 rows. */
function isPositivelyCorrelated(x: Float64Array, y: Float64Array): boolean {
  const ranks = averageRanks(y);
  const mean = (x.length + 1) / 2;
  return averageRanks(x).reduce((covariance, rank, i) => covariance + (rank - mean) * ranks[i]!, 0) >= 0;
}

function checkBounds(lowerBound: unknown, upperBound: unknown): void {
  const areNumbers = typeof lowerBound === "number" && typeof upperBound === "number";
  // A difference is NaN for two bounds at one infinity.
  if (!(areNumbers && lowerBound - upperBound <= 0)) {
    throw new RangeError(
      `fitIsotonic: lowerBound and upperBound must leave a number between them, got ${describe(lowerBound)} and ${describe(upperBound)}`,
    );
  }
}

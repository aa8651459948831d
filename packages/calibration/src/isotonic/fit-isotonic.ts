import { type BinaryLabels, checkChoice, describe, toLabels, toNonEmpty, toWeights } from "../checks.ts";
import { ascendingOrder } from "../numerics/ascending-order.ts";
import { averageRanks } from "../numerics/average-ranks.ts";
import { IsotonicCalibrator, type OutOfBounds } from "./isotonic-calibrator.ts";
import { type Blocks, PoolAdjacentViolators } from "./pool-adjacent-violators.ts";
import { poolTails, type Steps } from "./pool-tails.ts";

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
   * `"exact"` (default) leaves the least-squares fit as it is: it is 0 below the lowest positive and 1 above the
   * highest negative. `"pooled"` pools the outer blocks until each has seen both classes, so that no
   * probability reaches 0 or 1 and the odds stay as small as the data warrant. Needs labels 0 and 1.
   */
  readonly tails?: "exact" | "pooled" | undefined;
  /** With pooled tails: the negatives the top one, and the positives the bottom one, must hold. Default 5. */
  readonly tailCount?: number | undefined;
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
 * is out of range, or if `tails` is `"pooled"` and labels other than 0 and 1, or of one class only, are given.
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
  const { lowerBound = Number.NEGATIVE_INFINITY, upperBound = Number.POSITIVE_INFINITY } = options;
  const { outOfBounds = "clip", tails = "exact", tailCount, increasing: direction = true } = options;
  const x = toNonEmpty("fitIsotonic", "scores", scores);
  const y = toLabels("fitIsotonic", labels, x.length);
  const w =
    options.weights === undefined ? undefined : toWeights("fitIsotonic", options.weights, "scores", x.length);
  checkChoice("fitIsotonic", "outOfBounds", outOfBounds, ["clip", "nan", "throw"]);
  checkChoice("fitIsotonic", "tails", tails, ["exact", "pooled"]);
  checkChoice("fitIsotonic", "increasing", direction, [true, false, "auto"]);
  checkBounds(lowerBound, upperBound);
  checkTails(tails, tailCount, direction, y, w);

  const increasing = direction === "auto" ? isPositivelyCorrelated(x, y) : direction;
  const blocks = pool(x, y, w, increasing ? 1 : -1);
  const steps: Steps =
    tails === "pooled" ? poolTails(blocks, tailCount ?? 5) : { ...blocks, values: blocks.means };
  const bounded = steps.values.map(
    (value) => Math.min(upperBound, Math.max(lowerBound, increasing ? value : -value)) + 0,
  );
  return new IsotonicCalibrator({ increasing, outOfBounds, ...toKnots({ ...steps, values: bounded }) });
}

/** Scores this close to the first of a group are one point: a smaller gap would make slopes overflow. */
const RESOLUTION = 1e-15;

/** Sorts the rows, makes one point of those of equal score, and pools. Rows of weight 0 are left out. */
function pool(x: Float64Array, y: Float64Array, w: Float64Array | undefined, sign: 1 | -1): Blocks {
  const { sorted, order } = ascendingOrder(x);
  // Gathered ahead of the loop, where their cache misses overlap instead of holding up every branch.
  const labels = gather(y, order);
  const weights = w && gather(w, order);
  const pools = new PoolAdjacentViolators(x.length);
  let score = Number.NaN;
  let sum = 0;
  let weight = 0;
  let magnitude = 0;
  for (let i = 0; i < sorted.length; i++) {
    const rowWeight = weights === undefined ? 1 : weights[i]!;
    if (rowWeight === 0) continue;
    if (!(sorted[i]! - score < RESOLUTION)) {
      if (weight > 0) pools.add(score, sum, weight);
      score = sorted[i]!;
      sum = 0;
      weight = 0;
    }
    const label = sign * rowWeight * labels[i]!;
    sum += label;
    weight += rowWeight;
    magnitude += Math.abs(label);
  }
  pools.add(score, sum, weight);
  if (magnitude === Number.POSITIVE_INFINITY) {
    throw new RangeError("fitIsotonic: labels must have a finite weighted sum, got Infinity");
  }
  return pools.blocks();
}

function gather(values: Float64Array, order: Uint32Array): Float64Array {
  const result = new Float64Array(order.length);
  for (let i = 0; i < order.length; i++) result[i] = values[order[i]!]!;
  return result;
}

/** The ends of each run of steps of equal value; lines between them make the fitted function. */
function toKnots({ firsts, lasts, values }: Steps): { thresholds: Float64Array; values: Float64Array } {
  const thresholds: number[] = [];
  const knotValues: number[] = [];
  for (let start = 0, next = 1; start < values.length; start = next++) {
    while (next < values.length && values[next] === values[start]) next++;
    const first = firsts[start]!;
    const last = lasts[next - 1]!;
    thresholds.push(first);
    knotValues.push(values[start]!);
    if (last === first) continue;
    thresholds.push(last);
    knotValues.push(values[start]!);
  }
  const span = thresholds.at(-1)! - thresholds[0]!;
  if (span === Number.POSITIVE_INFINITY) {
    throw new RangeError(
      `fitIsotonic: scores must span a finite range, got ${thresholds[0]} to ${thresholds.at(-1)}`,
    );
  }
  return { thresholds: Float64Array.from(thresholds), values: Float64Array.from(knotValues) };
}

/** Whether Spearman's rank correlation is ≥ 0; in integers, so exact. */
function isPositivelyCorrelated(x: Float64Array, y: Float64Array): boolean {
  const xRanks = averageRanks(x);
  const yRanks = averageRanks(y);
  const twiceMean = x.length + 1;
  let covariance = 0;
  for (let i = 0; i < x.length; i++) {
    covariance += (2 * xRanks[i]! - twiceMean) * (2 * yRanks[i]! - twiceMean);
  }
  return covariance >= 0;
}

function checkBounds(lowerBound: unknown, upperBound: unknown): void {
  for (const [name, bound] of Object.entries({ lowerBound, upperBound })) {
    if (typeof bound !== "number") {
      throw new TypeError(`fitIsotonic: ${name} must be a number, got ${describe(bound)}`);
    }
  }
  const low = Math.max(lowerBound as number, -Number.MAX_VALUE);
  const high = Math.min(upperBound as number, Number.MAX_VALUE);
  if (!(low <= high)) {
    throw new RangeError(
      `fitIsotonic: lowerBound and upperBound must leave a number between them, got ${lowerBound} and ${upperBound}`,
    );
  }
}

function checkTails(
  tails: "exact" | "pooled",
  tailCount: number | undefined,
  direction: boolean | "auto",
  y: Float64Array,
  w: Float64Array | undefined,
): void {
  if (tails === "exact") {
    if (tailCount === undefined) return;
    throw new RangeError(
      `fitIsotonic: tailCount must be left out unless tails is "pooled", got ${describe(tailCount)}`,
    );
  }
  if (direction !== true) {
    throw new RangeError(
      `fitIsotonic: increasing must be true with pooled tails, got ${describe(direction)}`,
    );
  }
  if (tailCount !== undefined && !(typeof tailCount === "number" && tailCount > 0 && tailCount < Infinity)) {
    throw new RangeError(
      `fitIsotonic: tailCount must be a positive finite number, got ${describe(tailCount)}`,
    );
  }
  const seen = [false, false];
  for (let i = 0; i < y.length; i++) {
    const label = y[i]!;
    if (label !== 0 && label !== 1) {
      throw new RangeError(
        `fitIsotonic: labels must be 0 or 1 with pooled tails, got ${label} at index ${i}`,
      );
    }
    if (w?.[i] !== 0) seen[label] = true;
  }
  if (!seen[0] || !seen[1]) {
    throw new RangeError(
      `fitIsotonic: labels must contain both classes with pooled tails, got only ${seen[1] ? 1 : 0}`,
    );
  }
}

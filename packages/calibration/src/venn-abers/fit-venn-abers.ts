import { type BinaryLabels, toBinaryLabels, toNonEmpty, toWeights } from "../checks.ts";
import { ascendingOrder } from "../numerics/ascending-order.ts";
import { RESOLUTION } from "../numerics/resolution.ts";
import { valuesOfInsertedOne } from "./inserted-one.ts";
import { VennAbersCalibrator, type VennAbersSteps } from "./venn-abers-calibrator.ts";

/** Options of {@link fitVennAbers}. */
export interface FitVennAbersOptions {
  /** Length n, finite, ≥ 0, default all 1. A weight of 2 counts as the row given twice, one of 0 as the row left out. */
  readonly weights?: ArrayLike<number> | undefined;
}

/**
 * Fits an inductive Venn-ABERS predictor: isotonic regression that admits what it cannot know, the label of the very score it is
 * asked about. It is fitted to the rows and that score twice, with label 0 and with label 1 (and weight 1), which gives two
 * probabilities, p0 ≤ p1. Of exchangeable rows one of the two is calibrated, whatever the scores. `predict` gives the
 * probability p1 / (1 − p0 + p1) between them, of least regret in log loss; `interval` gives both.
 *
 * No probability is 0 or 1, so odds stay finite: a score above n positives that no negative reaches gets odds of n + 1.
 * There is nothing to choose. Weights count as repetitions here: let them add up to a number of rows, not to 1.
 *
 * All refits are made at once when fitting. Rows of equal score (closer than 1e-15) are one point, as for `fitIsotonic`.
 *
 * @param scores - length n, finite, in any order, rising with the positive class. A `Float32Array` is widened first.
 * @param labels - length n: 0 and 1, -1 and 1, or booleans. One class alone will do.
 * @returns A calibrator that is constant between the scores where p0 or p1 changes, at most n. O(n).
 * @throws {TypeError} if an argument is no array of numbers.
 * @throws {RangeError} if an array is empty, of another length or not finite, if a label is of neither class, or if a weight is
 * negative or all are 0.
 * @see Vovk, Petej and Fedorova (2015), "Large-scale probabilistic predictors with and without guarantees of validity".
 * @example
 * ```ts
 * import { fitVennAbers } from "@mhgan/calibration";
 * const calibrator = fitVennAbers([1, 2, 3, 4, 5, 6], [0, 0, 1, 0, 1, 1]);
 * calibrator.predict([0, 3.5, 7]); // ≈ [0.25, 0.5, 0.75]
 * const { lower, upper } = calibrator.interval([3.5]);
 * [lower[0], upper[0]]; // ≈ [0.3333, 0.6667]
 * calibrator.maxLogOdds; // ≈ 1.0986
 * ```
 */
export function fitVennAbers(
  scores: ArrayLike<number>,
  labels: BinaryLabels,
  options: FitVennAbersOptions = {},
): VennAbersCalibrator {
  const x = toNonEmpty("fitVennAbers", "scores", scores);
  const y = toBinaryLabels("fitVennAbers", labels, "scores", x.length);
  const w = toWeights("fitVennAbers", options.weights, "scores", x.length);
  const points = toPoints(x, y, w);
  const upper = valuesOfInsertedOne(points.positives, points.negatives);
  // From the other end, and with the classes swapped, a 0 that is put in is a 1.
  const mirrored = valuesOfInsertedOne(reversed(points.negatives), reversed(points.positives));
  const lower = reversed(mirrored).map((value, i) =>
    // Weights so large that it would round to 1, or over the upper value, are stopped short of that.
    Math.min(1 - value, 1 - Number.EPSILON / 2, upper[Math.max(0, i - 1)]!),
  );
  return new VennAbersCalibrator(changesOnly({ thresholds: points.scores, lower, upper }));
}

interface Points {
  /** Length m, ascending: the lowest score of each point. */
  readonly scores: Float64Array;
  readonly positives: Float64Array;
  readonly negatives: Float64Array;
}

/** Sorts the rows and makes one point of those of equal score. Rows of weight 0 are left out. */
function toPoints(x: Float64Array, y: Float64Array, w: Float64Array): Points {
  const { sorted, order } = ascendingOrder(x);
  const scores = new Float64Array(x.length);
  const positives = new Float64Array(x.length);
  const negatives = new Float64Array(x.length);
  let last = -1;
  for (let i = 0; i < sorted.length; i++) {
    const row = order[i]!;
    if (w[row] === 0) continue;
    if (last < 0 || sorted[i]! - scores[last]! >= RESOLUTION) scores[++last] = sorted[i]!;
    const side = y[row] === 1 ? positives : negatives;
    side[last]! += w[row]!;
  }
  const m = last + 1;
  return {
    scores: scores.subarray(0, m),
    positives: positives.subarray(0, m),
    negatives: negatives.subarray(0, m),
  };
}

function reversed(values: Float64Array): Float64Array {
  return values.slice().reverse();
}

/** Leaves out the thresholds at which nothing changes, unless a score there might be taken for the next one. */
function changesOnly({ thresholds, lower, upper }: VennAbersSteps): VennAbersSteps {
  const isKept = (i: number): boolean =>
    lower[i + 1] !== lower[i] ||
    upper[i + 1] !== upper[i] ||
    thresholds[i + 1]! - thresholds[i]! < 2 * RESOLUTION;
  return {
    thresholds: thresholds.filter((_, i) => isKept(i)),
    lower: lower.filter((_, i) => i === 0 || isKept(i - 1)),
    upper: upper.filter((_, i) => i === 0 || isKept(i - 1)),
  };
}

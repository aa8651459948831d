import type { Calibrator, FitCalibrator } from "../calibrator.ts";
import { type BinaryLabels, describe, toBinaryLabels, toNonEmpty, toWeights } from "../checks.ts";
import { stratifiedFolds } from "../combining/stratified-folds.ts";
import { sigmoid } from "../numerics/log-odds.ts";
import { randomSource, type Seed } from "../numerics/random-source.ts";
import { fitPlatt } from "../parametric/fit-platt.ts";
import { checkBins, equalMassEdges } from "./bin-edges.ts";
import { binOf } from "./bin-of.ts";
import { ScalingBinningCalibrator } from "./scaling-binning-calibrator.ts";

/** Options of {@link fitScalingBinning}. */
export interface FitScalingBinningOptions {
  /** How the scaling function is fitted. Default `fitPlatt`. */
  readonly fit?: FitCalibrator | undefined;
  /** How many bins at most, an integer of at least 1. Default 10. */
  readonly bins?: number | undefined;
  /** Length n, finite, ≥ 0, default all 1. A weight of 2 counts as the row given twice, one of 0 as the row left out. */
  readonly weights?: ArrayLike<number> | undefined;
  /**
   * Three steps on three parts of the rows, drawn by `seed` and alike in their classes, as the guarantee of the paper asks for.
   * By default all rows serve all steps, as in the authors' own library: the steps after the first have little to overfit.
   */
  readonly split?:
    | {
        /** Decides which row serves which step. */
        readonly seed: Seed;
      }
    | undefined;
}

/**
 * Fits a scaling function, cuts what it gives into bins of equal weight, and answers with the mean of what it gives in a bin.
 * Such a calibrator has finitely many values, so its calibration error can be measured, which that of the function itself
 * cannot; and means of the function vary far less than the shares of positives that `fitHistogram` takes.
 *
 * Bins are cut between the log odds that the function gives, halfway between neighbours, so they stay apart where
 * probabilities all round to 1. Where scores are equal in its eyes they share a bin, so there may be fewer bins than asked for.
 * The result rises and falls with the function.
 *
 * @param scores - length n, of a kind that `fit` takes, finite, in any order. A `Float32Array` is widened first.
 * @param labels - length n: 0 and 1, -1 and 1, or booleans. For `split` at least 3 of each class.
 * @returns A calibrator of at most `bins` steps. O(n log bins), beside what `fit` takes.
 * @throws {TypeError} if an argument is no array of numbers, or `fit` no function.
 * @throws {RangeError} if an array is empty, of another length or not finite, if a label is of neither class, if a weight is
 * negative or all are 0, if an option is out of range, if rows are too few to be split, if the function has no answer for
 * a score of the rows, or as `fit` throws.
 * @see Kumar, Liang and Ma (2019), "Verified uncertainty calibration", section 4.
 * @example
 * ```ts
 * import { fitScalingBinning } from "@mhgan/calibration";
 * const scores = [-2, -1, -0.5, 0, 0.5, 2];
 * const labels = [0, 0, 1, 0, 1, 1];
 * const calibrator = fitScalingBinning(scores, labels, { bins: 2 });
 * calibrator.predict([-3, -1, 1, 3]); // ≈ [0.3339, 0.3339, 0.6661, 0.6661]
 * ```
 */
export function fitScalingBinning(
  scores: ArrayLike<number>,
  labels: BinaryLabels,
  options: FitScalingBinningOptions = {},
): ScalingBinningCalibrator {
  const { fit = fitPlatt, bins = 10, split } = options;
  const x = toNonEmpty("fitScalingBinning", "scores", scores);
  const y = toBinaryLabels("fitScalingBinning", labels, "scores", x.length);
  const w = toWeights("fitScalingBinning", options.weights, "scores", x.length);
  checkBins("fitScalingBinning", bins);
  if (typeof fit !== "function") {
    throw new TypeError(`fitScalingBinning: fit must be a function, got ${describe(fit)}`);
  }
  const counts = (_: number, row: number): boolean => w[row]! > 0;
  const all = { scores: x.filter(counts), labels: y.filter(counts), weights: w.filter(counts) };
  const [fitted, cut, averaged] = split === undefined ? [all, all, all] : inThree(all, split?.seed);

  const calibrator = fit(fitted.scores, fitted.labels, {
    weights: options.weights === undefined ? undefined : fitted.weights,
  });
  const logOdds = scaled(calibrator, cut.scores);
  // An edge must be finite, also one next to log odds that are not.
  const bounded = logOdds.map((l) => Math.min(Number.MAX_VALUE, Math.max(-Number.MAX_VALUE, l)));
  const edges = equalMassEdges(bounded, cut.weights, bins);
  const cutMeans = binMeans(logOdds, cut.weights, edges);
  if (split === undefined) return new ScalingBinningCalibrator({ calibrator, edges, ...ascending(cutMeans) });

  const means = binMeans(scaled(calibrator, averaged.scores), averaged.weights, edges);
  // Where no row was left to average, those that the bin was cut for stand in: they are near enough.
  const filled = {
    values: means.values.map((mean, bin) => (Number.isNaN(mean) ? cutMeans.values[bin]! : mean)),
    complements: means.complements.map((mean, bin) =>
      Number.isNaN(mean) ? cutMeans.complements[bin]! : mean,
    ),
  };
  return new ScalingBinningCalibrator({ calibrator, edges, ...ascending(filled) });
}

interface Rows {
  readonly scores: Float64Array;
  /** 0 and 1. */
  readonly labels: Float64Array;
  /** All positive. */
  readonly weights: Float64Array;
}

/** Deals rows out into three parts at random, each class by itself. */
function inThree({ scores, labels, weights }: Rows, seed: unknown): [Rows, Rows, Rows] {
  const positives = labels.reduce((sum, label) => sum + label, 0);
  const rarer = Math.min(positives, labels.length - positives);
  if (rarer < 3) {
    throw new RangeError(
      `fitScalingBinning: labels must hold at least 3 rows of each class for split, got ${rarer} of one`,
    );
  }
  const part = stratifiedFolds("fitScalingBinning", labels, 3, randomSource("fitScalingBinning", seed));
  const rowsOf = (which: number): Rows => {
    const isIn = (_: number, row: number): boolean => part[row] === which;
    return { scores: scores.filter(isIn), labels: labels.filter(isIn), weights: weights.filter(isIn) };
  };
  return [rowsOf(0), rowsOf(1), rowsOf(2)];
}

/** The log odds that the scaling function gives; it must know of all rows. */
function scaled(calibrator: Calibrator, scores: Float64Array): Float64Array {
  const logOdds = calibrator.logOdds(scores);
  const unknown = logOdds.findIndex(Number.isNaN);
  if (unknown < 0) return logOdds;
  throw new RangeError(
    `fitScalingBinning: fit must give a calibrator of all scores, got NaN at the score ${scores[unknown]}`,
  );
}

interface Means {
  /** The mean probability in each bin; NaN in one without rows. */
  readonly values: Float64Array;
  /** The mean of 1 minus the probability, which keeps its digits where that is close to 1. */
  readonly complements: Float64Array;
}

function binMeans(logOdds: Float64Array, weights: Float64Array, edges: Float64Array): Means {
  const values = new Float64Array(edges.length + 1);
  const complements = new Float64Array(edges.length + 1);
  const totals = new Float64Array(edges.length + 1);
  for (let i = 0; i < logOdds.length; i++) {
    const bin = binOf(logOdds[i]!, edges);
    values[bin]! += weights[i]! * sigmoid(logOdds[i]!);
    complements[bin]! += weights[i]! * sigmoid(-logOdds[i]!);
    totals[bin]! += weights[i]!;
  }
  const mean = (sum: number, bin: number): number => sum / totals[bin]!;
  return { values: values.map(mean), complements: complements.map(mean) };
}

/** Means of bins rise from one to the next; rounding must not undo that where they are as good as equal. */
function ascending({ values, complements }: Means): Means {
  for (let bin = 1; bin < values.length; bin++) {
    values[bin] = Math.max(values[bin - 1]!, values[bin]!);
    complements[bin] = Math.min(complements[bin - 1]!, complements[bin]!);
  }
  return { values, complements };
}

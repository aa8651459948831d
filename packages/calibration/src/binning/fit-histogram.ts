import {
  type BinaryLabels,
  describe,
  toBinaryLabels,
  toNonEmpty,
  toProbabilities,
  toWeights,
} from "../checks.ts";
import { checkInput, type ScoreKind } from "../score-kind.ts";
import { checkBins, checkStrategy, equalMassEdges, quantileEdges, uniformEdges } from "./bin-edges.ts";
import { binOf } from "./bin-of.ts";
import { HistogramCalibrator } from "./histogram-calibrator.ts";

/** Options of {@link fitHistogram}. */
export interface FitHistogramOptions {
  /** How many bins at most, an integer of at least 1. Default 10. */
  readonly bins?: number | undefined;
  /**
   * How scores are cut: `"uniform"` (default), into equal widths; `"quantile"`, at their quantiles, interpolated as numpy does; or
   * `"equal-mass"`, into equal weights, halfway between two scores that differ. For quantiles weights are repetitions: let them add
   * up to a number of rows, not to 1. For bins of equal mass any scale will do.
   */
  readonly strategy?: "uniform" | "quantile" | "equal-mass" | undefined;
  /**
   * What the scores are. `"probability"`: they must lie in [0, 1], which uniform bins divide. Otherwise, as by default
   * (`"unbounded"`), uniform bins divide the range of the scores.
   */
  readonly input?: ScoreKind | undefined;
  /** What is added to the count of either class in a bin, a finite number ≥ 0. Default 0; above it no probability is 0 or 1. */
  readonly smoothing?: number | undefined;
  /** Length n, finite, ≥ 0, default all 1. A weight of 2 counts as the row given twice, one of 0 as the row left out. */
  readonly weights?: ArrayLike<number> | undefined;
}

/**
 * Fits histogram binning: cuts the scores into bins and gives each the share of positives among its rows, (n₁ + s) / (n + 2s)
 * with smoothing s. It assumes nothing about the scores, so the probabilities need not rise with them, unlike those of other
 * methods: scores of different bins may change places.
 *
 * Bins are closed on the right. The first and the last go on beyond the fitted scores. Edges that coincide are one, so there
 * may be fewer bins than asked for. With `"equal-mass"` no bin is without rows. One that is, with the other strategies, is given
 * its midpoint where scores are probabilities, so that they stay about as they are, and otherwise a value between those
 * of the nearest bins with rows on either side, in a straight line from one to the other.
 *
 * @param scores - length n, finite, in any order. A `Float32Array` is widened first.
 * @param labels - length n: 0 and 1, -1 and 1, or booleans.
 * @returns A calibrator of at most `bins` steps. O(n log bins), and a sort unless bins are uniform.
 * @throws {TypeError} if an argument is no array of numbers.
 * @throws {RangeError} if an array is empty, of another length or not finite, if scores that are said to be probabilities are
 * none, if a label is of neither class, if a weight is negative or all are 0, or if an option is out of range.
 * @see Zadrozny and Elkan (2001), "Obtaining calibrated probability estimates from decision trees and naive Bayesian classifiers".
 * @example
 * ```ts
 * import { fitHistogram } from "@mhgan/calibration";
 * const scores = [-2, -1, -0.5, 0, 0.5, 2];
 * const labels = [0, 0, 1, 0, 1, 1];
 * const calibrator = fitHistogram(scores, labels, { bins: 2, strategy: "equal-mass" });
 * calibrator.edges; // => [-0.25]
 * calibrator.predict([-3, 0.1]); // ≈ [0.3333, 0.6667]
 * fitHistogram([0.1, 0.3, 0.4], [0, 1, 1], { bins: 4, input: "probability" }).values; // => [0, 1, 0.625, 0.875]
 * ```
 */
export function fitHistogram(
  scores: ArrayLike<number>,
  labels: BinaryLabels,
  options: FitHistogramOptions = {},
): HistogramCalibrator {
  const { bins = 10, strategy = "uniform", input = "unbounded", smoothing = 0 } = options;
  checkInput("fitHistogram", input, ["probability", "logit", "unbounded"]);
  const x = toNonEmpty("fitHistogram", "scores", scores);
  if (input === "probability") toProbabilities("fitHistogram", x, "scores");
  const y = toBinaryLabels("fitHistogram", labels, "scores", x.length);
  const w = toWeights("fitHistogram", options.weights, "scores", x.length);
  checkBins("fitHistogram", bins);
  checkStrategy("fitHistogram", strategy);
  if (!(typeof smoothing === "number" && smoothing >= 0 && smoothing <= Number.MAX_SAFE_INTEGER)) {
    throw new RangeError(
      `fitHistogram: smoothing must be a number from 0 to ${Number.MAX_SAFE_INTEGER}, got ${describe(smoothing)}`,
    );
  }

  const edges = cut(x, w, bins, strategy, input);
  const positives = new Float64Array(edges.length + 1);
  const negatives = new Float64Array(edges.length + 1);
  for (let i = 0; i < x.length; i++) {
    const side = y[i] === 1 ? positives : negatives;
    side[binOf(x[i]!, edges)]! += w[i]!;
  }
  // Counts so large that smoothing is lost next to them are stopped short of 1.
  const highest = smoothing > 0 ? 1 - Number.EPSILON / 2 : 1;
  const values = positives.map((n1, bin) => {
    const n = n1 + negatives[bin]!;
    return n > 0 ? Math.min(highest, (n1 + smoothing) / (n + 2 * smoothing)) : Number.NaN;
  });
  fillEmpty(values, edges, input);
  return new HistogramCalibrator({ input, edges, values });
}

function cut(
  x: Float64Array,
  w: Float64Array,
  bins: number,
  strategy: "uniform" | "quantile" | "equal-mass",
  input: ScoreKind,
): Float64Array {
  if (strategy === "uniform" && input === "probability") return uniformEdges(0, 1, bins);
  const counts = (_: number, row: number): boolean => w[row]! > 0;
  const kept = x.filter(counts);
  const lowest = kept.reduce((low, score) => Math.min(low, score));
  const highest = kept.reduce((high, score) => Math.max(high, score));
  if (!Number.isFinite(highest - lowest)) {
    throw new RangeError(`fitHistogram: scores must span a finite range, got ${lowest} to ${highest}`);
  }
  if (strategy === "uniform") return uniformEdges(lowest, highest, bins);
  return (strategy === "quantile" ? quantileEdges : equalMassEdges)(kept, w.filter(counts), bins);
}

/** Gives a value to the bins that have none; without probabilities for a guide the first and the last bin always have one. */
function fillEmpty(values: Float64Array, edges: Float64Array, input: ScoreKind): void {
  for (let bin = 0; bin < values.length; bin++) {
    if (!Number.isNaN(values[bin]!)) continue;
    if (input === "probability") {
      values[bin] = ((edges[bin - 1] ?? 0) + (edges[bin] ?? 1)) / 2;
      continue;
    }
    let next = bin + 1;
    while (Number.isNaN(values[next]!)) next++;
    values[bin] = values[bin - 1]! + (values[next]! - values[bin - 1]!) / (next - bin + 1);
  }
}

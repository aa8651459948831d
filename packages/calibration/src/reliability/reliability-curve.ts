import { type BinaryLabels, checkChoice, describe } from "../checks.ts";
import { assignBins } from "./assign-bins.ts";
import { type BinStrategy, binEdges, type ClosedSide } from "./bin-edges.ts";
import { type Rows, toRows } from "./rows.ts";

/** Options of {@link reliabilityCurve}. */
export interface ReliabilityCurveOptions {
  /** How many bins, an integer of at least 1. Default 10; isotonic bins number themselves, so leave it out there. */
  readonly bins?: number | undefined;
  /** How probabilities are cut into bins. Default `"uniform"`. */
  readonly strategy?: BinStrategy | undefined;
  /** Which edge of a bin belongs to it. Default `"right"`, as in scikit-learn; netcal's bins are closed on the left. */
  readonly closed?: ClosedSide | undefined;
  /** Length n, finite, ≥ 0, default all 1. They weigh rows within bins; quantiles and equal masses count rows. */
  readonly weights?: ArrayLike<number> | undefined;
}

/** Binned probabilities against what came true. Empty bins are left out, so the arrays may be shorter than `bins`. */
export interface ReliabilityCurve {
  /**
   * Ascending, one more than there are bins: bin `i` is (`edges[i]`, `edges[i + 1]`], and the first holds its left edge
   * too; or [`edges[i]`, `edges[i + 1]`), and the last holds its right edge too. Equal masses whose edges coincide are one bin.
   */
  readonly edges: Float64Array;
  /** Which bin each of the following entries describes, ascending. */
  readonly bins: Uint32Array;
  /** The rows in the bin, or their weight. */
  readonly counts: Float64Array;
  /** The mean probability in the bin. */
  readonly predicted: Float64Array;
  /** The share of positives in the bin. */
  readonly observed: Float64Array;
}

/**
 * Bins probabilities and compares, per bin, their mean with the share of positives: a reliability diagram.
 * Uniform and quantile bins, means and shares are those of scikit-learn's `calibration_curve`.
 *
 * @param probabilities - length n, each in [0, 1].
 * @param labels - length n: 0 and 1, -1 and 1, or booleans.
 * @returns Non-empty bins. O(n) for uniform bins, else O(n log bins).
 * @throws {TypeError} if an argument is no array of numbers.
 * @throws {RangeError} if an array is empty or of another length, if a probability, label or weight is out of range, or an option is.
 * @see DeGroot and Fienberg (1983); Niculescu-Mizil and Caruana (2005); Kumar, Liang and Ma (2019), "Verified uncertainty
 * calibration", for equal masses; Dimitriadis, Gneiting and Jordan (2021), "Stable reliability diagrams for probabilistic
 * classifiers", for isotonic bins.
 * @example
 * ```ts
 * import { reliabilityCurve } from "@mhgan/calibration";
 * const curve = reliabilityCurve([0.1, 0.3, 0.8, 0.9], [0, 1, 1, 1], { bins: 2 });
 * curve.predicted; // ≈ [0.2, 0.85]
 * curve.observed; // => [0.5, 1]
 * curve.counts; // => [2, 2]
 * const corp = reliabilityCurve([0.1, 0.3, 0.8, 0.9], [0, 1, 0, 1], { strategy: "isotonic" });
 * corp.predicted; // ≈ [0.1, 0.55, 0.9]
 * corp.observed; // => [0, 0.5, 1]
 * ```
 */
export function reliabilityCurve(
  probabilities: ArrayLike<number>,
  labels: BinaryLabels,
  options: ReliabilityCurveOptions = {},
): ReliabilityCurve {
  const rows = toRows("reliabilityCurve", probabilities, labels, options.weights);
  return curveOf("reliabilityCurve", rows, options, 10);
}

/** @internal As {@link reliabilityCurve}, for rows that a caller has checked under its own name. */
export function curveOf(
  caller: string,
  rows: Rows,
  { bins, strategy = "uniform", closed = "right" }: ReliabilityCurveOptions,
  defaultBins: number,
): ReliabilityCurve {
  checkChoice(caller, "strategy", strategy, ["uniform", "quantile", "equal-mass", "isotonic"]);
  checkChoice(caller, "closed", closed, ["right", "left"]);
  checkBins(caller, bins, strategy);
  const { probabilities, labels, weights } = rows;
  const edges = binEdges(strategy, bins ?? defaultBins, closed, rows);
  const binOf = assignBins(probabilities, edges, strategy, closed);
  const counts = new Float64Array(edges.length - 1);
  const predicted = new Float64Array(counts.length);
  const observed = new Float64Array(counts.length);
  for (let i = 0; i < binOf.length; i++) {
    const bin = binOf[i]!;
    counts[bin]! += weights[i]!;
    predicted[bin]! += weights[i]! * probabilities[i]!;
    observed[bin]! += weights[i]! * labels[i]!;
  }
  const kept = Uint32Array.from(counts.keys()).filter((bin) => counts[bin]! > 0);
  return {
    edges,
    bins: kept,
    counts: Float64Array.from(kept, (bin) => counts[bin]!),
    predicted: Float64Array.from(kept, (bin) => predicted[bin]! / counts[bin]!),
    observed: Float64Array.from(kept, (bin) => observed[bin]! / counts[bin]!),
  };
}

function checkBins(caller: string, bins: unknown, strategy: BinStrategy): void {
  if (bins === undefined) return;
  if (strategy === "isotonic") {
    throw new RangeError(`${caller}: bins must be left out if strategy is "isotonic", got ${describe(bins)}`);
  }
  if (!(Number.isInteger(bins) && (bins as number) >= 1)) {
    throw new RangeError(`${caller}: bins must be an integer of at least 1, got ${describe(bins)}`);
  }
}

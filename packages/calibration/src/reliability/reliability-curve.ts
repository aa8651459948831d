import {
  type BinaryLabels,
  checkChoice,
  describe,
  toBinaryLabels,
  toSomeProbabilities,
  toWeights,
} from "../checks.ts";

/** Options of {@link reliabilityCurve}. */
export interface ReliabilityCurveOptions {
  /** How many bins, an integer of at least 1. Default 10. */
  readonly bins?: number | undefined;
  /** `"uniform"` (default): bins of equal width. `"quantile"`: bins that hold equally many rows. */
  readonly strategy?: "uniform" | "quantile" | undefined;
  /** Length n, finite, ≥ 0, default all 1. They weigh rows within bins; quantiles count rows. */
  readonly weights?: ArrayLike<number> | undefined;
}

/** Binned probabilities against what came true. Empty bins are left out, so the arrays may be shorter than `bins`. */
export interface ReliabilityCurve {
  /** Length bins + 1: bin `i` is (`edges[i]`, `edges[i + 1]`]; the first holds its left edge too. */
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
 * Bins, means and shares are those of scikit-learn's `calibration_curve`.
 *
 * @param probabilities - length n, each in [0, 1].
 * @param labels - length n: 0 and 1, -1 and 1, or booleans.
 * @returns Non-empty bins. O(n log bins), and the sort that quantiles take.
 * @throws {TypeError} if an argument is no array of numbers.
 * @throws {RangeError} if an array is empty or of another length, if a probability, label or weight is out of range, or an option is.
 * @see DeGroot and Fienberg (1983); Niculescu-Mizil and Caruana (2005).
 * @example
 * ```ts
 * import { reliabilityCurve } from "@mhgan/calibration";
 * const curve = reliabilityCurve([0.1, 0.3, 0.8, 0.9], [0, 1, 1, 1], { bins: 2 });
 * curve.predicted; // ≈ [0.2, 0.85]
 * curve.observed; // => [0.5, 1]
 * curve.counts; // => [2, 2]
 * ```
 */
export function reliabilityCurve(
  probabilities: ArrayLike<number>,
  labels: BinaryLabels,
  options: ReliabilityCurveOptions = {},
): ReliabilityCurve {
  const { bins = 10, strategy = "uniform" } = options;
  const p = toSomeProbabilities("reliabilityCurve", probabilities);
  const y = toBinaryLabels("reliabilityCurve", labels, "probabilities", p.length);
  const w = toWeights("reliabilityCurve", options.weights, "probabilities", p.length);
  if (!(Number.isInteger(bins) && bins >= 1)) {
    throw new RangeError(`reliabilityCurve: bins must be an integer of at least 1, got ${describe(bins)}`);
  }
  checkChoice("reliabilityCurve", "strategy", strategy, ["uniform", "quantile"]);

  const uniform = Float64Array.from({ length: bins + 1 }, (_, i) => (i === bins ? 1 : i * (1 / bins)));
  const edges = strategy === "uniform" ? uniform : quantiles(p, uniform);
  const counts = new Float64Array(bins);
  const predicted = new Float64Array(bins);
  const observed = new Float64Array(bins);
  for (let i = 0; i < p.length; i++) {
    const bin = binOf(p[i]!, edges);
    counts[bin]! += w[i]!;
    predicted[bin]! += w[i]! * p[i]!;
    observed[bin]! += w[i]! * y[i]!;
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

/** The number of inner edges below `probability`: bins are closed on the right. */
function binOf(probability: number, edges: Float64Array): number {
  let low = 1;
  let high = edges.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (edges[middle]! < probability) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Linearly interpolated quantiles (type 7), in numpy's order of operations: an edge that falls on a value must equal it. */
function quantiles(values: Float64Array, levels: Float64Array): Float64Array {
  const sorted = values.slice().sort();
  return levels.map((level) => {
    const position = (sorted.length - 1) * ((level * 100) / 100);
    const index = Math.floor(position);
    const below = sorted[index]!;
    const above = sorted[Math.min(index + 1, sorted.length - 1)]!;
    const share = position - index;
    return share < 0.5 ? below + (above - below) * share : above - (above - below) * (1 - share);
  });
}

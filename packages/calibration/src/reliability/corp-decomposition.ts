import { type BinaryLabels, checkChoice } from "../checks.ts";
import { meanSquaredError } from "./brier-score.ts";
import { meanLogLoss } from "./log-loss.ts";
import { curveOf } from "./reliability-curve.ts";
import { toRows, type WeightOptions } from "./rows.ts";
import { weightedMean } from "./weighted-mean.ts";

/** Options of {@link corpDecomposition}. */
export interface CorpDecompositionOptions extends WeightOptions {
  /** Which proper score is taken apart. Default `"brier"`. */
  readonly score?: "brier" | "log" | undefined;
}

/** What {@link corpDecomposition} returns: score = miscalibration − discrimination + uncertainty. */
export interface CorpDecomposition {
  /** The mean score of the probabilities, as of `brierScore` or `logLoss`. */
  readonly score: number;
  /** What recalibration would win, ≥ 0; 0 is perfect. `Infinity` if and only if the score is. */
  readonly miscalibration: number;
  /** What the recalibrated probabilities win over the share of positives, ≥ 0; 0 if they tell nothing. */
  readonly discrimination: number;
  /** The score of the share of positives, given to every row; it depends on the labels only. */
  readonly uncertainty: number;
}

/**
 * Takes a mean score apart into miscalibration, discrimination and uncertainty (CORP: consistent, optimally binned, reproducible,
 * by pool-adjacent-violators). The recalibrated probabilities are the isotonic fit of the labels; there are no bins to choose.
 *
 * @param probabilities - length n, each in [0, 1].
 * @param labels - length n: 0 and 1, -1 and 1, or booleans.
 * @returns The score and its three parts. O(n log n).
 * @throws {TypeError} if an argument is no array of numbers.
 * @throws {RangeError} if an array is empty or of another length, if a probability, label or weight is out of range, or an option is.
 * @see Dimitriadis, Gneiting and Jordan (2021), "Stable reliability diagrams for probabilistic classifiers".
 * @example
 * ```ts
 * import { corpDecomposition } from "@mhgan/calibration";
 * const parts = corpDecomposition([0.2, 0.4, 0.6, 0.9], [0, 1, 0, 1]);
 * parts.score; // ≈ 0.1925
 * parts.miscalibration; // ≈ 0.0675
 * parts.discrimination; // ≈ 0.125
 * parts.uncertainty; // => 0.25
 * ```
 */
export function corpDecomposition(
  probabilities: ArrayLike<number>,
  labels: BinaryLabels,
  options: CorpDecompositionOptions = {},
): CorpDecomposition {
  const { score: name = "brier", weights } = options;
  const rows = toRows("corpDecomposition", probabilities, labels, weights);
  checkChoice("corpDecomposition", "score", name, ["brier", "log"]);
  const { mean, entropy } = SCORES[name];
  const { counts, observed } = curveOf("corpDecomposition", rows, { strategy: "isotonic" }, 1);
  const score = mean(rows);
  const recalibrated = weightedMean(observed.map(entropy), counts);
  const uncertainty = entropy(weightedMean(rows.labels, rows.weights));
  return {
    score,
    // Neither can be negative but by rounding.
    miscalibration: Math.max(0, score - recalibrated),
    discrimination: Math.max(0, uncertainty - recalibrated),
    uncertainty,
  };
}

/** A mean score, and its value over rows that all got the share of positives among them. */
const SCORES = {
  brier: { mean: meanSquaredError, entropy: (share: number): number => share * (1 - share) },
  log: {
    mean: meanLogLoss,
    entropy: (share: number): number =>
      share === 0 || share === 1 ? 0 : -share * Math.log(share) - (1 - share) * Math.log1p(-share),
  },
} as const;

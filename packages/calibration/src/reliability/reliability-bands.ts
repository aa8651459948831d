import { type BinaryLabels, checkChoice, describe } from "../checks.ts";
import { randomSource, type Seed } from "../numerics/random-source.ts";
import { assignBins } from "./assign-bins.ts";
import { binCells, isotonicCells } from "./band-cells.ts";
import { drawCurves, drawLabels, drawRows } from "./draw-curves.ts";
import { quantile } from "./quantile.ts";
import { curveOf, type ReliabilityCurve, type ReliabilityCurveOptions } from "./reliability-curve.ts";
import { type Rows, toRows } from "./rows.ts";

/**
 * What a band is around.
 * - `"confidence"`: around the curve; where the true curve may lie. A diagonal outside speaks against the probabilities.
 * - `"consistency"`: around the diagonal; where the curve would lie if the probabilities were right. A curve outside speaks against them.
 */
export type BandKind = "confidence" | "consistency";

/** Options of {@link reliabilityBands}; bins and weights as in {@link ReliabilityCurveOptions}. */
export interface ReliabilityBandsOptions extends ReliabilityCurveOptions {
  /** What the band is around. */
  readonly kind: BandKind;
  /** Where random numbers come from: the same seed gives the same bits. */
  readonly seed: Seed;
  /** How often the band is to hold, at each point by itself; in (0, 1). Default 0.9. */
  readonly level?: number | undefined;
  /** How many curves are drawn, an integer of at least 1. Default 1000. */
  readonly replicates?: number | undefined;
}

/** What {@link reliabilityBands} returns. The three arrays have one entry per point, ascending. */
export interface ReliabilityBands {
  /** The curve of the rows themselves, as of `reliabilityCurve`. */
  readonly curve: ReliabilityCurve;
  /** The predictions where the band is known: the bins' means; for isotonic bins the first and the last prediction of each. */
  readonly at: Float64Array;
  /** The lower end of the band at each. */
  readonly lower: Float64Array;
  /** The upper end of the band at each. */
  readonly upper: Float64Array;
}

/**
 * Bands for a reliability curve, by resampling: quantiles, point by point, of the curves of many replicates.
 *
 * Confidence draws rows with replacement, consistency keeps the rows and draws labels that are 1 with the row's own probability.
 * Bins keep their edges in all replicates, except isotonic ones, which are fitted anew. A replicate without a row in
 * some bin says nothing there; should none have one, the band there is NaN. A row drawn keeps its weight, and rows of
 * weight 0 are never drawn. For isotonic bins trust consistency bands more: the bootstrap of a monotone fit is not
 * consistent (Sen, Banerjee and Woodroofe 2010, on the Grenander estimator), so there confidence is a rough guide.
 *
 * @param probabilities - length n, each in [0, 1].
 * @param labels - length n: 0 and 1, -1 and 1, or booleans.
 * @returns The curve and its band. O(replicates · n), after one sort.
 * @throws {TypeError} if an argument is no array of numbers.
 * @throws {RangeError} if an array is empty or of another length, if a probability, label or weight is out of range, or an option is.
 * @see Bröcker and Smith (2007), "Increasing the reliability of reliability diagrams"; Dimitriadis, Gneiting and Jordan
 * (2021), "Stable reliability diagrams for probabilistic classifiers"; Efron (1979) for the bootstrap.
 * @example
 * ```ts
 * import { reliabilityBands } from "@mhgan/calibration";
 * const p = [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5];
 * const y = [0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0];
 * const { curve, lower, upper } = reliabilityBands(p, y, { kind: "consistency", seed: 1 });
 * lower; // => [0.25]
 * upper; // => [0.75]
 * curve.observed; // ≈ [0.1667]
 * ```
 */
export function reliabilityBands(
  probabilities: ArrayLike<number>,
  labels: BinaryLabels,
  options: ReliabilityBandsOptions,
): ReliabilityBands {
  const { strategy = "uniform", closed = "right", kind, level = 0.9, replicates = 1000 } = options;
  const all = toRows("reliabilityBands", probabilities, labels, options.weights);
  checkChoice("reliabilityBands", "kind", kind, ["confidence", "consistency"]);
  if (!(typeof level === "number" && level > 0 && level < 1)) {
    throw new RangeError(`reliabilityBands: level must be a number in (0, 1), got ${describe(level)}`);
  }
  if (!(Number.isInteger(replicates) && replicates >= 1)) {
    throw new RangeError(
      `reliabilityBands: replicates must be an integer of at least 1, got ${describe(replicates)}`,
    );
  }
  const random = randomSource("reliabilityBands", options.seed);
  const curve = curveOf("reliabilityBands", all, options, 10);

  const rows = withWeight(all);
  const binOf = assignBins(rows.probabilities, curve.edges, strategy, closed);
  const cells =
    strategy === "isotonic" ? isotonicCells(rows.probabilities, curve, binOf) : binCells(curve, binOf);
  const curves = drawCurves(rows, cells, kind === "confidence" ? drawRows : drawLabels, replicates, random);
  return {
    curve,
    at: cells.at.slice(),
    lower: Float64Array.from(curves, (values) => quantile(values, (1 - level) / 2)),
    upper: Float64Array.from(curves, (values) => quantile(values, (1 + level) / 2)),
  };
}

/** The rows of positive weight, of which a replicate is drawn. */
function withWeight({ probabilities, labels, weights }: Rows): Rows {
  const isKept = (_: number, i: number): boolean => weights[i]! > 0;
  return {
    probabilities: probabilities.filter(isKept),
    labels: labels.filter(isKept),
    weights: weights.filter(isKept),
  };
}

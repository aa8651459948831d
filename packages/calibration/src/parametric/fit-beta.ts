import { type BinaryLabels, checkChoice } from "../checks.ts";
import { softplus } from "../numerics/log-odds.ts";
import { BetaCalibrator } from "./beta-calibrator.ts";
import { checkBothClasses, type FitRows, toFitRows } from "./fit-rows.ts";
import { minimiseLogLoss } from "./minimise-log-loss.ts";
import { scoreReading } from "./score-reading.ts";

/**
 * Which of a, b and the midpoint m are free: `"abm"` all; `"am"` a = b and m; `"ab"` a and b, with m = ½; `"a"` a = b, with m = ½.
 */
export type BetaFamily = "abm" | "am" | "ab" | "a";

/** Options of {@link fitBeta}. */
export interface FitBetaOptions {
  /** What the scores say; it is never guessed from the numbers. */
  readonly input: "probability" | "logit";
  /** What is free. Default `"abm"`. */
  readonly family?: BetaFamily | undefined;
  /**
   * Whether a and b are held at ≥ 0, so that the curve never falls. Default `true`. With `false` they are free in sign, as they are in the
   * authors' program for `"am"`, `"ab"` and `"a"`.
   */
  readonly monotone?: boolean | undefined;
  /**
   * With `input: "probability"`: probabilities are clipped to [clip, 1 − clip], in (0, 0.5), default 2⁻⁵². Where probabilities of
   * 0 or 1 occur the fit depends on it.
   */
  readonly clip?: number | undefined;
  /** Length n, finite, ≥ 0, default all 1. A weight of 2 counts as the row given twice, one of 0 as the row left out. */
  readonly weights?: ArrayLike<number> | undefined;
}

/**
 * Fits beta calibration, log odds a·ln p − b·ln(1 − p) + c, by maximum likelihood under a ≥ 0 and b ≥ 0: the probability that two
 * beta distributions of scores imply. Unlike a sigmoid of the logit it can be steeper at one end than at the other, and unlike a
 * sigmoid of p it can leave good scores as they are.
 *
 * The optimum under the constraints is exact. Where the authors' program drops a negative coefficient this gives the same fit,
 * unless the one left is negative too: then that is 0 here, and the curve still never falls. Classes that scores separate have no finite
 * optimum; a penalty of ½·10⁻¹¹ times the squares of the free slopes, as in the authors' program, gives them one, and moves no digit of
 * others that counts.
 * Where scores are all equal and the midpoint is free, a and b are 0 and the share of positives is predicted.
 *
 * @param scores - length n, finite, in any order. A `Float32Array` is widened first.
 * @param labels - length n: 0 and 1, -1 and 1, or booleans; both classes.
 * @returns A calibrator of three numbers. O(n) per Newton step, of which about ten are taken, thirty where classes are separable.
 * @throws {TypeError} if an argument is no array of numbers.
 * @throws {RangeError} if an array is empty, of another length or not finite, if labels are of neither class or all of one, if a
 * weight is negative or all are 0, if an option is missing or out of range, or if a probability is none.
 * @see Kull, Silva Filho and Flach (2017), "Beta calibration: a well-founded and easily implemented improvement on logistic
 * calibration for binary classifiers", AISTATS.
 * @example
 * ```ts
 * import { fitBeta } from "@mhgan/calibration";
 * const scores = [0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8, 0.9, 0.95];
 * const labels = [0, 0, 1, 0, 0, 1, 1, 0, 1, 1];
 * const calibrator = fitBeta(scores, labels, { input: "probability" });
 * calibrator.a; // ≈ 0.635
 * calibrator.b; // ≈ 0.506
 * calibrator.midpoint; // ≈ 0.364
 * calibrator.predict([0.1, 0.5, 0.9]); // ≈ [0.27, 0.58, 0.819]
 * ```
 */
export function fitBeta(
  scores: ArrayLike<number>,
  labels: BinaryLabels,
  options: FitBetaOptions,
): BetaCalibrator {
  const reading = scoreReading("fitBeta", options, ["probability", "logit"]);
  const { family = "abm", monotone = true, weights } = options;
  checkChoice("fitBeta", "family", family, ["abm", "am", "ab", "a"]);
  checkChoice("fitBeta", "monotone", monotone, [true, false]);
  const rows = toFitRows("fitBeta", scores, labels, reading, weights);
  checkBothClasses("fitBeta", rows);
  const intercept = family === "abm" || family === "am";
  const fit = family.startsWith("ab") ? fitTwoSlopes : fitOneSlope;
  const { a, b, height } = fit(rows, intercept, monotone);
  return new BetaCalibrator(reading, a, b, height + (a - b) * Math.LN2);
}

/** Log odds a·ln 2p − b·ln 2(1 − p) + height: the height is that at p = ½. */
interface Curve {
  readonly a: number;
  readonly b: number;
  readonly height: number;
}

const PENALTY = 1e-11;

/** a = b, so that the curve is a line of the logit. */
function fitOneSlope(rows: FitRows, intercept: boolean, monotone: boolean): Curve {
  const { slope, height } = fitLine(rows, rows.logits, intercept, monotone);
  return { a: slope, b: slope, height };
}

function fitTwoSlopes(rows: FitRows, intercept: boolean, monotone: boolean): Curve {
  const onLow = rows.logits.map((logit) => Math.LN2 - softplus(-logit));
  const onHigh = rows.logits.map((logit) => softplus(logit) - Math.LN2);
  const { coefficients, intercept: height } = minimiseLogLoss({
    rows,
    columns: [onLow, onHigh],
    intercept,
    penalty: PENALTY,
  });
  const [a, b] = coefficients;
  if (!monotone || (a >= 0 && b >= 0)) return { a, b, height };
  // The loss is convex: its least value under the constraints lies where one that was violated is met with equality.
  const edges: Edge[] = [];
  if (a < 0) {
    const { slope, height, loss } = fitLine(rows, onHigh, intercept, true);
    edges.push({ a: 0, b: slope, height, loss });
  }
  if (b < 0) {
    const { slope, height, loss } = fitLine(rows, onLow, intercept, true);
    edges.push({ a: slope, b: 0, height, loss });
  }
  return edges.reduce((best, edge) => (edge.loss < best.loss ? edge : best));
}

interface Edge extends Curve {
  readonly loss: number;
}

/** The best line of one feature, that does not fall if it is to be monotone, and its log loss. */
function fitLine(
  rows: FitRows,
  column: Float64Array,
  intercept: boolean,
  monotone: boolean,
): { slope: number; height: number; loss: number } {
  const fit = (columns: Float64Array[]) => minimiseLogLoss({ rows, columns, intercept, penalty: PENALTY });
  const line = fit([column]);
  const { coefficients, intercept: height } = !monotone || line.coefficients[0] >= 0 ? line : fit([]);
  const slope = coefficients[0];
  let loss = 0;
  for (let i = 0; i < column.length; i++) {
    const sign = 1 - 2 * rows.labels[i]!;
    loss += (rows.weights?.[i] ?? 1) * softplus(sign * (slope * column[i]! + height));
  }
  return { slope, height, loss };
}

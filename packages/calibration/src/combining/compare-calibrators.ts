import type { FitCalibrator } from "../calibrator.ts";
import { type BinaryLabels, describe, toBinaryLabels, toNonEmpty, toWeights } from "../checks.ts";
import { softplus } from "../numerics/log-odds.ts";
import { randomSource, type Seed } from "../numerics/random-source.ts";
import { brierScore } from "../reliability/brier-score.ts";
import { calibrationZ } from "../reliability/calibration-z.ts";
import { expectedCalibrationError } from "../reliability/expected-calibration-error.ts";
import { reliabilityCurve } from "../reliability/reliability-curve.ts";
import { spiegelhalterZ } from "../reliability/spiegelhalter-z.ts";
import { weightedMean } from "../reliability/weighted-mean.ts";
import { fitFolds } from "./cross-calibrate.ts";
import { stratifiedFolds } from "./stratified-folds.ts";

/** Options of {@link compareCalibrators}. */
export interface CompareCalibratorsOptions {
  /** What to compare, by a name of your choice; `standardCalibrators` has a set for each kind of score. */
  readonly calibrators: Readonly<Record<string, FitCalibrator>>;
  /** How many parts the rows are cut into, an integer from 2 to the number of rows of the rarer class. Default 5. */
  readonly folds?: number | undefined;
  /** Where the random parts come from: the same seed gives the same bits. All calibrators get the same parts. */
  readonly seed: Seed;
  /** Length n, finite, ≥ 0, default all 1: rows count so often. */
  readonly weights?: ArrayLike<number> | undefined;
}

/** What {@link compareCalibrators} says of one calibrator; every figure is of rows it was not fitted to. */
export interface ComparedCalibrator {
  /** The name it was given among those that were compared. */
  readonly name: string;
  /** Mean log loss in nats; `Infinity` if a probability of 0 or 1 was wrong. What the ranking goes by. */
  readonly logLoss: number;
  /** By how much its log loss is above the smallest, and the standard error of that, from the differences row by row. */
  readonly excess: number;
  /** The standard error of `excess`: 0 for the calibrator with the smallest log loss, NaN where `excess` is infinite. */
  readonly excessError: number;
  /** Whether chance explains the excess: it is within two standard errors. */
  readonly isTied: boolean;
  /** Mean squared difference of probability and label, in [0, 1]. */
  readonly brierScore: number;
  /** Over ten bins of equal width. */
  readonly expectedCalibrationError: number;
  /** Dawid's Z, of rows unweighted: standard normal if the probabilities are right on average. */
  readonly z: number;
  /** Spiegelhalter's Z, of rows unweighted: above 0 if the probabilities are too bold. */
  readonly spiegelhalterZ: number;
  /** The mean over negatives of the weight p(x)/q(x): 1 if the odds are right. */
  readonly meanWeight: number;
  /** The largest weight that any of its fits can give: what exact sampling costs in proposals. */
  readonly maximumWeight: number;
  /** The share of rows whose probability is exactly 0 or 1: chains freeze there. */
  readonly plateauShare: number;
}

/** What {@link compareCalibrators} returns. */
export interface CalibratorComparison {
  /** Smallest held-out log loss first; of equals the smaller maximum weight. */
  readonly ranking: readonly ComparedCalibrator[];
  /** In words: which is first and by how much, which are tied with it, and what is wrong with those that fail. */
  readonly reason: string;
}

/**
 * Compares ways to calibrate by cross-fitting all of them on the same parts of the rows, and ranks them by held-out log loss.
 *
 * Log loss is proper and punishes odds that are too large, which is what importance weights and acceptance ratios suffer from. Ties are
 * stated: among calibrators that are tied take the one that suits, such as the smallest maximum weight.
 *
 * @param scores - length n, finite, in any order. A `Float32Array` is widened first.
 * @param labels - length n: 0 and 1, -1 and 1, or booleans.
 * @returns The ranking and its reason. As many fits as there are calibrators times folds.
 * @throws {TypeError} if an argument is no array of numbers, or a calibrator no function.
 * @throws {RangeError} if an array is empty, of another length or not finite, if there is no calibrator, a class has fewer rows than
 * there are folds, or an option is out of range.
 * @throws {Error} if a calibrator cannot be fitted: it is named, and its own error is the cause.
 * @see Gneiting and Raftery (2007), "Strictly proper scoring rules, prediction, and estimation", for log loss.
 * @example
 * ```ts
 * import { compareCalibrators, fitIsotonic, fitPlatt } from "@mhgan/calibration";
 * const scores = Array.from({ length: 300 }, (_, i) => i / 100 - 1.5);
 * const labels = scores.map((score, i) => Number(Math.sin(7 * i) < score));
 * const calibrators = { platt: fitPlatt, isotonic: fitIsotonic };
 * const { ranking } = compareCalibrators(scores, labels, { calibrators, seed: 1 });
 * ranking.map(({ name }) => name); // => ["platt", "isotonic"]
 * ranking[1].maximumWeight; // => Infinity
 * ```
 */
export function compareCalibrators(
  scores: ArrayLike<number>,
  labels: BinaryLabels,
  options: CompareCalibratorsOptions,
): CalibratorComparison {
  const caller = "compareCalibrators";
  const { calibrators, folds = 5 } = options;
  const x = toNonEmpty(caller, "scores", scores);
  const y = toBinaryLabels(caller, labels, "scores", x.length);
  const w = toWeights(caller, options.weights, "scores", x.length);
  const fits = Object.entries(calibrators ?? {});
  if (fits.length === 0) throw new RangeError(`${caller}: calibrators must name at least one, got none`);
  for (const [name, fit] of fits) {
    if (typeof fit !== "function") {
      throw new TypeError(`${caller}: calibrators.${name} must be a function, got ${describe(fit)}`);
    }
  }
  const foldOf = stratifiedFolds(caller, y, folds, randomSource(caller, options.seed));
  const measured = fits.map(([name, fit]) => {
    try {
      const weights = options.weights === undefined ? undefined : w;
      return measure(name, fitFolds(fit, x, y, weights, foldOf, folds), y, w);
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`${caller}: ${name} cannot be fitted: ${message}`, { cause });
    }
  });
  return rank(measured, w);
}

type Fitted = ReturnType<typeof fitFolds>;

interface Measured extends Omit<ComparedCalibrator, "excess" | "excessError" | "isTied"> {
  /** The log loss of each row. */
  readonly losses: Float64Array;
}

function measure(name: string, fitted: Fitted, y: Float64Array, w: Float64Array): Measured {
  const { calibrator, probabilities, logOdds } = fitted;
  const losses = logOdds.map((l, row) => softplus(y[row] === 1 ? -l : l));
  const negatives = w.map((weight, row) => (y[row] === 0 ? weight : 0));
  const positiveShare = weightedMean(y, w);
  const logPrior = Math.log1p(-positiveShare) - Math.log(positiveShare);
  const largest = calibrator.calibrators.reduce(
    (max, { maxLogOdds }) => Math.max(max, maxLogOdds),
    -Infinity,
  );
  return {
    name,
    losses,
    logLoss: weightedMean(losses, w),
    brierScore: brierScore(probabilities, y, { weights: w }),
    expectedCalibrationError: expectedCalibrationError(reliabilityCurve(probabilities, y, { weights: w })),
    z: calibrationZ(probabilities, y).z,
    spiegelhalterZ: spiegelhalterZ(probabilities, y).z,
    meanWeight: weightedMean(
      logOdds.map((l) => Math.exp(l + logPrior)),
      negatives,
    ),
    maximumWeight: Math.exp(largest + logPrior),
    plateauShare: weightedMean(
      probabilities.map((p) => (p === 0 || p === 1 ? 1 : 0)),
      w,
    ),
  };
}

function rank(measured: readonly Measured[], w: Float64Array): CalibratorComparison {
  const order = (a: number, b: number): number => (a === b ? 0 : a - b);
  const sorted = [...measured].sort(
    (a, b) => order(a.logLoss, b.logLoss) || order(a.maximumWeight, b.maximumWeight),
  );
  const ranking = sorted.map((entry): ComparedCalibrator => {
    const { losses, ...figures } = entry;
    return { ...figures, ...excessOver(sorted[0]!, entry, w) };
  });
  return { ranking, reason: reasonOf(ranking, sorted) };
}

/** By how much one loses more than another, row by row. */
function excessOver(
  best: Measured,
  other: Measured,
  w: Float64Array,
): Pick<ComparedCalibrator, "excess" | "excessError" | "isTied"> {
  if (other.logLoss === best.logLoss) return { excess: 0, excessError: 0, isTied: true };
  const excess = other.logLoss - best.logLoss;
  if (excess === Infinity) return { excess, excessError: NaN, isTied: false };
  const squares = other.losses.map((loss, row) => (loss - best.losses[row]! - excess) ** 2);
  const rows = w.reduce((sum, weight) => sum + weight, 0);
  const excessError = Math.sqrt(weightedMean(squares, w) / rows);
  return { excess, excessError, isTied: excess <= 2 * excessError };
}

function reasonOf(ranking: readonly ComparedCalibrator[], measured: readonly Measured[]): string {
  const [best, ...others] = ranking as [ComparedCalibrator, ...ComparedCalibrator[]];
  const behind = ({ name, excess, excessError }: ComparedCalibrator): string =>
    `${name} by ${excess.toPrecision(2)} ± ${excessError.toPrecision(2)}`;
  const sentences: string[] = [];
  const isInfinite = ({ logLoss }: { readonly logLoss: number }): boolean => logLoss === Infinity;
  if (!isInfinite(best)) {
    sentences.push(`${best.name} has the smallest held-out log loss, ${best.logLoss.toPrecision(4)}.`);
    const tied = others.filter(({ isTied }) => isTied);
    if (tied.length > 0) {
      sentences.push(`Behind it, but no further than chance explains: ${tied.map(behind).join(", ")}.`);
    }
    const equals = [best, ...tied];
    const cheapest = equals.reduce((a, b) => (b.maximumWeight < a.maximumWeight ? b : a));
    const bounded = others.find(({ maximumWeight }) => maximumWeight < Infinity);
    if (cheapest.maximumWeight < Infinity && tied.length > 0) {
      sentences.push(
        `Of these ${cheapest.name} has the smallest maximum weight, ${cheapest.maximumWeight.toPrecision(3)}.`,
      );
    } else if (cheapest.maximumWeight === Infinity && bounded !== undefined) {
      const subject = tied.length > 0 ? "None of these bounds" : "It does not bound";
      sentences.push(
        `${subject} the weights; ${bounded.name} is the first that does, at ${bounded.maximumWeight.toPrecision(3)}.`,
      );
    }
    const worse = others.filter((other) => !other.isTied && !isInfinite(other));
    if (worse.length > 0) sentences.push(`Worse: ${worse.map(behind).join(", ")}.`);
  }
  for (const { name, losses } of measured.filter(isInfinite)) {
    const wrong = losses.reduce((count, loss) => count + (loss === Infinity ? 1 : 0), 0);
    sentences.push(
      `${name} has an infinite log loss: it was certain, and wrong, of ${wrong} held-out ${wrong === 1 ? "row" : "rows"}.`,
    );
  }
  return sentences.join(" ");
}

import type { Calibrator, FitCalibrator } from "../calibrator.ts";
import { type BinaryLabels, describe, toBinaryLabels, toGivenWeights, toNonEmpty } from "../checks.ts";
import { randomSource, type Seed } from "../numerics/random-source.ts";
import { AverageCalibrator } from "./average-calibrator.ts";
import { stratifiedFolds } from "./stratified-folds.ts";

/** Options of {@link crossCalibrate}. */
export interface CrossCalibrateOptions {
  /** What fits each calibrator, for example `fitPlatt`. */
  readonly fit: FitCalibrator;
  /** How many parts the rows are cut into, an integer from 2 to the number of rows of the rarer class. Default 5. */
  readonly folds?: number | undefined;
  /** Where the random parts come from: the same seed gives the same bits. */
  readonly seed: Seed;
  /** Length n, finite, ≥ 0, default all 1; handed on to `fit`. */
  readonly weights?: ArrayLike<number> | undefined;
}

/** What {@link crossCalibrate} returns. */
export interface CrossCalibration {
  /** The mean of the calibrators of all folds: what to use on new scores. */
  readonly calibrator: AverageCalibrator;
  /** Length n: the part that each row is in, from 0 to folds − 1. */
  readonly foldOf: Uint32Array;
  /** Length n: the probability of each row by the calibrator that was fitted without its part. */
  readonly probabilities: Float64Array;
  /** Length n: the same as log odds. */
  readonly logOdds: Float64Array;
}

/**
 * Fits a calibrator on all rows but one part, for each of several parts, so that every row is used to fit and is also judged
 * by a calibrator that has not seen it.
 *
 * Measure `probabilities` and `logOdds` (Z, log loss, reliability) as if they were held out; use `calibrator` on new scores. Parts are
 * drawn at random with equal shares of the classes.
 *
 * @param scores - length n, finite, in any order: held out from what made the scores, as ever. A `Float32Array` is widened first.
 * @param labels - length n: 0 and 1, -1 and 1, or booleans.
 * @returns The calibrators' average, and what each gave to the rows it had not seen. As many fits as there are folds.
 * @throws {TypeError} if an argument is no array of numbers, or `fit` no function.
 * @throws {RangeError} if an array is empty, of another length or not finite, if a class has fewer rows than there are folds, or if
 * an option is out of range.
 * @see Stone (1974), "Cross-validatory choice and assessment of statistical predictions".
 * @example
 * ```ts
 * import { calibrationZ, crossCalibrate, fitPlatt } from "@mhgan/calibration";
 * const scores = Array.from({ length: 200 }, (_, i) => i / 100 - 1);
 * const labels = scores.map((score, i) => Number(Math.sin(7 * i) < score));
 * const { calibrator, probabilities } = crossCalibrate(scores, labels, { fit: fitPlatt, seed: 1 });
 * Math.abs(calibrationZ(probabilities, labels).z) < 2; // => true
 * calibrator.calibrators.length; // => 5
 * ```
 */
export function crossCalibrate(
  scores: ArrayLike<number>,
  labels: BinaryLabels,
  options: CrossCalibrateOptions,
): CrossCalibration {
  const { fit, folds = 5 } = options;
  const x = toNonEmpty("crossCalibrate", "scores", scores);
  const y = toBinaryLabels("crossCalibrate", labels, "scores", x.length);
  const w = toGivenWeights("crossCalibrate", options.weights, "scores", x.length);
  if (typeof fit !== "function") {
    throw new TypeError(`crossCalibrate: fit must be a function, got ${describe(fit)}`);
  }
  const random = randomSource("crossCalibrate", options.seed);
  const foldOf = stratifiedFolds("crossCalibrate", y, folds, random);
  return { foldOf, ...fitFolds(fit, x, y, w, foldOf, folds) };
}

/** @internal Fits without each fold in turn, and gives to each row what the calibrator of its fold says. */
export function fitFolds(
  fit: FitCalibrator,
  x: Float64Array,
  y: Float64Array,
  w: Float64Array | undefined,
  foldOf: Uint32Array,
  folds: number,
): Omit<CrossCalibration, "foldOf"> {
  const probabilities = new Float64Array(x.length);
  const logOdds = new Float64Array(x.length);
  const calibrators: Calibrator[] = [];
  for (let fold = 0; fold < folds; fold++) {
    const isSeen = (_: number, row: number): boolean => foldOf[row] !== fold;
    const calibrator = fit(x.filter(isSeen), y.filter(isSeen), { weights: w?.filter(isSeen) });
    calibrators.push(calibrator);
    const unseen = x.filter((_, row) => foldOf[row] === fold);
    const predicted = calibrator.predict(unseen);
    const odds = calibrator.logOdds(unseen);
    for (let row = 0, k = 0; row < x.length; row++) {
      if (foldOf[row] !== fold) continue;
      probabilities[row] = predicted[k]!;
      logOdds[row] = odds[k++]!;
    }
  }
  return { calibrator: new AverageCalibrator(calibrators), probabilities, logOdds };
}

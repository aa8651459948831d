import type { Calibrator, CalibratorJSON } from "../calibrator.ts";
import { describe } from "../checks.ts";

/** The JSON form of an {@link AverageCalibrator}. */
export interface AverageJSON extends CalibratorJSON {
  readonly kind: "average";
  /** What is averaged, each in its own JSON form; at least one. */
  readonly calibrators: readonly CalibratorJSON[];
}

/** The mean of the probabilities of several calibrators, as `averageCalibrators` and `crossCalibrate` return it. */
export class AverageCalibrator implements Calibrator {
  readonly kind: "average" = "average";
  /** What is averaged, each with the same say. */
  readonly calibrators: readonly Calibrator[];
  /** The log odds of the mean of the smallest probabilities: no score can get less. */
  readonly minLogOdds: number;
  /** The log odds of the mean of the largest probabilities: no score can get more. */
  readonly maxLogOdds: number;

  /** @internal */
  constructor(calibrators: readonly Calibrator[]) {
    this.calibrators = [...calibrators];
    this.minLogOdds = logOddsOfMean(calibrators.map(({ minLogOdds }) => minLogOdds));
    this.maxLogOdds = logOddsOfMean(calibrators.map(({ maxLogOdds }) => maxLogOdds));
  }

  /**
   * The mean probability at each score.
   *
   * @throws what any of the calibrators throws.
   */
  predict(scores: ArrayLike<number>): Float64Array {
    const all = this.calibrators.map((calibrator) => calibrator.predict(scores));
    return all[0]!.map((_, i) => {
      let sum = 0;
      for (const probabilities of all) sum += probabilities[i]!;
      return Math.min(1, sum / all.length);
    });
  }

  /**
   * The log odds of the mean probability at each score, accurate where the probability rounds to 0 or 1.
   *
   * @throws what any of the calibrators throws.
   */
  logOdds(scores: ArrayLike<number>): Float64Array {
    const all = this.calibrators.map((calibrator) => calibrator.logOdds(scores));
    const atScore = new Float64Array(all.length);
    return all[0]!.map((_, i) => {
      for (let k = 0; k < all.length; k++) atScore[k] = all[k]![i]!;
      return Math.min(this.maxLogOdds, Math.max(this.minLogOdds, logOddsOfMean(atScore)));
    });
  }

  /** The derivative of the log odds by the score, if every one of the calibrators has it. */
  get logOddsSlope(): Calibrator["logOddsSlope"] {
    const { calibrators } = this;
    if (!calibrators.every((calibrator) => calibrator.logOddsSlope)) return undefined;
    return (scores) => {
      const logOdds = calibrators.map((calibrator) => calibrator.logOdds(scores));
      const slopes = calibrators.map((calibrator) => calibrator.logOddsSlope!(scores));
      return slopes[0]!.map((_, i) => {
        const atScore = logOdds.map((values) => values[i]!);
        return slopeOfMean(
          atScore,
          slopes.map((values) => values[i]!),
        );
      });
    };
  }

  toJSON(): AverageJSON {
    return {
      version: 1,
      kind: "average",
      calibrators: this.calibrators.map((calibrator) => calibrator.toJSON()),
    };
  }
}

/**
 * Averages the probabilities of calibrators.
 *
 * @param calibrators - at least one.
 * @returns A calibrator. Its cost is the sum of theirs.
 * @throws {TypeError} if `calibrators` is no array.
 * @throws {RangeError} if it is empty.
 * @example
 * ```ts
 * import { averageCalibrators, plattFromJSON } from "@mhgan/calibration";
 * const steep = plattFromJSON({ version: 1, kind: "platt", input: "unbounded", a: -2, b: 0 });
 * const flat = plattFromJSON({ version: 1, kind: "platt", input: "unbounded", a: 0, b: 0 });
 * const calibrator = averageCalibrators([steep, flat]);
 * calibrator.predict([0, 1]); // ≈ [0.5, 0.6904]
 * calibrator.maxLogOdds; // ≈ 1.0986
 * ```
 */
export function averageCalibrators(calibrators: readonly Calibrator[]): AverageCalibrator {
  if (!Array.isArray(calibrators)) {
    throw new TypeError(
      `averageCalibrators: calibrators must be an array of calibrators, got ${describe(calibrators)}`,
    );
  }
  if (calibrators.length === 0) {
    throw new RangeError("averageCalibrators: calibrators must not be empty, got length 0");
  }
  return new AverageCalibrator(calibrators);
}

/** The log odds of the mean of the probabilities that have these log odds. */
function logOddsOfMean(logOdds: ArrayLike<number>): number {
  let low = Infinity;
  let high = -Infinity;
  for (let k = 0; k < logOdds.length; k++) {
    low = Math.min(low, logOdds[k]!);
    high = Math.max(high, logOdds[k]!);
  }
  // Of one opinion. This also keeps what is infinite.
  if (low === high) return low;
  // The odds of the mean are Σp / Σ(1 − p). Each sum is taken in the unit of its largest term, e^high or e^−low, where that is small.
  const [highest, lowest] = [Math.min(high, 0), Math.max(low, 0)];
  let positive = 0;
  let negative = 0;
  for (let k = 0; k < logOdds.length; k++) {
    const l = logOdds[k]!;
    positive += l > 0 ? 1 / (1 + Math.exp(-l)) : Math.exp(l - highest) / (1 + Math.exp(l));
    negative += l < 0 ? 1 / (1 + Math.exp(l)) : Math.exp(lowest - l) / (1 + Math.exp(-l));
  }
  return Math.log(positive / negative) + highest + lowest;
}

/**
 * The slope of the log odds of a mean of probabilities: Σ p(1 − p)l′ / (n·p̄(1 − p̄)). With the log odds L of the mean, the factor of l′ is
 * cosh²(L/2) / (n·cosh²(l/2)), of which only the ratio can be held by a number.
 */
function slopeOfMean(logOdds: readonly number[], slopes: readonly number[]): number {
  const mean = logOddsOfMean(logOdds);
  const twiceLogCosh = (l: number) => Math.abs(l) + 2 * Math.log1p(Math.exp(-Math.abs(l)));
  let sum = 0;
  for (let k = 0; k < logOdds.length; k++) {
    // Of one opinion, also where it is infinite.
    const factor = logOdds[k] === mean ? 1 : Math.exp(twiceLogCosh(mean) - twiceLogCosh(logOdds[k]!));
    if (slopes[k] !== 0) sum += factor * slopes[k]!;
  }
  return sum / logOdds.length;
}

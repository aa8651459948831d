import { type BinaryLabels, toBinaryLabels, toSomeProbabilities } from "../checks.ts";
import { twoSidedPValue } from "./two-sided-p-value.ts";

/** What {@link calibrationZ} returns. */
export interface CalibrationZ {
  /** Standard normal when the probabilities are calibrated. Positive: too low; negative: too high. */
  readonly z: number;
  /** The two-sided p value of `z`, accurate in the far tail too. */
  readonly pValue: number;
}

/**
 * Tests whether probabilities are right on average: Z = Σ(yᵢ − pᵢ) / √Σ pᵢ(1 − pᵢ).
 *
 * Use rows that no calibrator was fitted on: on its own training rows isotonic regression makes Z zero. Z sees one
 * bias only: probabilities that are too bold on both sides alike pass, so look at a reliability curve too. If every
 * probability is 0 or 1 the variance is 0; then Z is NaN if misses on the two sides balance, else infinite.
 *
 * @param probabilities - length n, each in [0, 1].
 * @param labels - length n: 0 and 1, -1 and 1, or booleans.
 * @returns Z and its two-sided p value. O(n).
 * @throws {TypeError} if an argument is no array of numbers.
 * @throws {RangeError} if an array is empty or of another length, or a probability or label is out of range.
 * @see Turner et al. (2019), "Metropolis-Hastings generative adversarial networks", equation 8; Dawid (1997).
 * @example
 * ```ts
 * import { calibrationZ } from "@mhgan/calibration";
 * const { z, pValue } = calibrationZ([0.2, 0.6, 0.9, 0.3], [0, 1, 1, 1]);
 * z; // ≈ 1.1952
 * pValue; // ≈ 0.2320
 * ```
 */
export function calibrationZ(probabilities: ArrayLike<number>, labels: BinaryLabels): CalibrationZ {
  const p = toSomeProbabilities("calibrationZ", probabilities);
  const y = toBinaryLabels("calibrationZ", labels, "probabilities", p.length);
  let surprise = 0;
  let variance = 0;
  for (let i = 0; i < p.length; i++) {
    surprise += y[i]! - p[i]!;
    variance += p[i]! * (1 - p[i]!);
  }
  const z = surprise / Math.sqrt(variance);
  return { z, pValue: twoSidedPValue(z) };
}

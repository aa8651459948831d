import type { BinaryLabels } from "../checks.ts";
import { toRows } from "./rows.ts";
import { twoSidedPValue } from "./two-sided-p-value.ts";

/** What {@link spiegelhalterZ} returns. */
export interface SpiegelhalterZ {
  /** Standard normal when the probabilities are calibrated. Positive: too bold; negative: too timid. */
  readonly z: number;
  /** The two-sided p value of `z`, accurate in the far tail too. */
  readonly pValue: number;
}

/**
 * Tests whether the Brier score is what the probabilities themselves promise:
 * Z = Σ(yᵢ − pᵢ)(1 − 2pᵢ) / √Σ (1 − 2pᵢ)² pᵢ(1 − pᵢ).
 *
 * It sees probabilities that are too bold on both sides alike, which `calibrationZ` cannot, and misses a bias around ½,
 * which `calibrationZ` sees. Use rows that no calibrator was fitted on. If every probability is 0, ½ or 1 the variance is 0; then Z
 * is `Infinity` if a 0 or 1 was wrong, else NaN.
 *
 * @param probabilities - length n, each in [0, 1].
 * @param labels - length n: 0 and 1, -1 and 1, or booleans.
 * @returns Z and its two-sided p value. O(n).
 * @throws {TypeError} if an argument is no array of numbers.
 * @throws {RangeError} if an array is empty or of another length, or a probability or label is out of range.
 * @see Spiegelhalter (1986), "Probabilistic prediction in patient management and clinical trials".
 * @example
 * ```ts
 * import { spiegelhalterZ } from "@mhgan/calibration";
 * const { z, pValue } = spiegelhalterZ([0.1, 0.9, 0.9, 0.2], [0, 1, 0, 1]);
 * z; // ≈ 2.1667
 * pValue; // ≈ 0.0303
 * ```
 */
export function spiegelhalterZ(probabilities: ArrayLike<number>, labels: BinaryLabels): SpiegelhalterZ {
  const { probabilities: p, labels: y } = toRows("spiegelhalterZ", probabilities, labels, undefined);
  let surprise = 0;
  let variance = 0;
  for (let i = 0; i < p.length; i++) {
    const boldness = 1 - 2 * p[i]!;
    surprise += (y[i]! - p[i]!) * boldness;
    variance += boldness * boldness * p[i]! * (1 - p[i]!);
  }
  const z = surprise / Math.sqrt(variance);
  return { z, pValue: twoSidedPValue(z) };
}

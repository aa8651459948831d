import type { ReliabilityCurve } from "./reliability-curve.ts";

/**
 * The root mean squared calibration error, less what chance alone adds: from the squared gap of a bin of n rows that saw a share s of
 * positives, s(1 − s)/(n − 1) is taken, an unbiased estimate of the variance of s. If more is taken than there is, the error is 0.
 *
 * A bin of one row says nothing of its variance and adds nothing to the sum, as in Kumar's own program; use bins that
 * hold more. Weights must have been repetitions of rows: a variance needs counts.
 *
 * @param curve - what `reliabilityCurve` returned, unweighted or with weights that are whole numbers; bins of equal mass suit it best.
 * @returns A number in [0, 1]. O(bins).
 * @throws {RangeError} if a count of the curve is no whole number, or none is above 1.
 * @see Kumar, Liang and Ma (2019), "Verified uncertainty calibration".
 * @example
 * ```ts
 * import { debiasedCalibrationError, reliabilityCurve } from "@mhgan/calibration";
 * const curve = reliabilityCurve([0.9, 0.9, 0.9, 0.9], [0, 1, 0, 1]);
 * debiasedCalibrationError(curve); // ≈ 0.2769
 * ```
 */
export function debiasedCalibrationError({ counts, predicted, observed }: ReliabilityCurve): number {
  let total = 0;
  let largest = 0;
  let sum = 0;
  for (let i = 0; i < counts.length; i++) {
    const n = counts[i]!;
    if (!Number.isInteger(n)) {
      throw new RangeError(
        `debiasedCalibrationError: curve must count whole rows, got a count of ${n} at index ${i}`,
      );
    }
    total += n;
    largest = Math.max(largest, n);
    if (n === 1) continue;
    const share = observed[i]!;
    sum += n * ((predicted[i]! - share) ** 2 - (share * (1 - share)) / (n - 1));
  }
  if (largest <= 1) {
    throw new RangeError(
      `debiasedCalibrationError: curve must have a bin of at least 2 rows, got at most ${largest}`,
    );
  }
  return Math.sqrt(Math.max(0, sum / total));
}

import { requireLogWeight } from "../requirements.ts";

/** What {@link kishEffectiveSampleSize} finds. */
export interface KishEffectiveSampleSize {
  /** (Σ w)² / Σ w²: from 1 (one weight is all) to n (all are equal), or 0 if no weight is above 0. */
  readonly ess: number;
  /** `ess` / n, in [0, 1]. */
  readonly relative: number;
  /** The share of the largest weight in their sum, in [1/n, 1]; NaN if no weight is above 0. */
  readonly maxNormalisedWeight: number;
}

/**
 * Kish's effective sample size of weighted samples: how many unweighted ones have as small a variance, roughly.
 *
 * @param logWeights - log weights of n samples, each up to the same constant. −∞ is a weight of 0; samples of weight +∞ are equals
 * beside which the others count nothing.
 * @returns A number of samples, and shares. Nothing overflows: weights are taken relative to the largest. O(n).
 * @throws {RangeError} if there are no weights or one is NaN.
 * @see Kish, "Survey sampling", 1965, section 11.7; Kong, Liu and Wong, "Sequential imputations and Bayesian missing data problems",
 * JASA 89 (1994), section 4.1.
 * @example
 * ```ts
 * import { kishEffectiveSampleSize } from "@mhgan/mcmc/diagnostics";
 * const { ess, relative, maxNormalisedWeight } = kishEffectiveSampleSize([1000, 1000, 1000, -Infinity]);
 * ess; // => 3
 * relative; // => 0.75
 * maxNormalisedWeight; // ≈ 0.3333
 * ```
 */
export function kishEffectiveSampleSize(logWeights: ArrayLike<number>): KishEffectiveSampleSize {
  const { length } = logWeights;
  if (length === 0) {
    throw new RangeError("kishEffectiveSampleSize: logWeights must not be empty, got length 0");
  }
  let largest = -Infinity;
  for (let i = 0; i < length; i++) {
    const logWeight = logWeights[i]!;
    requireLogWeight("kishEffectiveSampleSize", `logWeights[${i}]`, logWeight);
    if (logWeight > largest) largest = logWeight;
  }
  if (largest === -Infinity) return { ess: 0, relative: 0, maxNormalisedWeight: Number.NaN };
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < length; i++) {
    const weight = logWeights[i] === largest ? 1 : Math.exp(logWeights[i]! - largest);
    sum += weight;
    squares += weight * weight;
  }
  const ess = (sum * sum) / squares;
  return { ess, relative: ess / length, maxNormalisedWeight: 1 / sum };
}

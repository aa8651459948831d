import { requireLogWeight } from "../requirements.ts";
import { fitGeneralizedPareto } from "./generalized-pareto-fit.ts";

/** What {@link paretoKHat} finds. */
export interface ParetoKHat {
  /** The shape of the tail of the weights: moments of order 1 / k and above do not exist. −∞ where the weights have a flat top. */
  readonly kHat: number;
  /** Up to here, so many samples are enough: min(1 − 1 / log10 n, 0.7). */
  readonly threshold: number;
  /**
   * `"good"`: at most the threshold. `"too-few-samples"`: above it, at most 0.7; more samples would do. `"bad"`: above 0.7, estimates are unreliable
   * with any affordable number of samples. `"very-bad"`: from 1 on, the weights have no mean. `"unknown"`: too few weights to tell.
   */
  readonly level: "good" | "too-few-samples" | "bad" | "very-bad" | "unknown";
  /** How many of the largest weights were fitted. */
  readonly tailLength: number;
}

/**
 * Pareto k-hat of importance weights: how heavy their tail is, from a generalised Pareto fit to the largest of them.
 *
 * It warns where an effective sample size cannot: of weights without a variance, the few that are seen look harmless. Weights of a GAN's discriminator
 * with k-hat above 0.7 say that no chain length of practical size is enough.
 *
 * @param logWeights - log weights of n samples, each up to the same constant. −∞ is a weight of 0; with a weight of +∞ k-hat is +∞.
 * @returns k-hat (no unit) with its reading. NaN, `"unknown"`, for less than 25 weights, for weights that are all 0, or if less than five weights stand
 * out above many equal ones. O(n).
 * @throws {RangeError} if a log weight is NaN.
 * @see Vehtari, Simpson, Gelman, Yao and Gabry, "Pareto smoothed importance sampling", JMLR 25 (2024), sections 3 and 4; Zhang and Stephens,
 * "A new and efficient estimation method for the generalized Pareto distribution", Technometrics 51 (2009).
 * @example
 * ```ts
 * import { randomStream } from "@mhgan/mcmc";
 * import { paretoKHat } from "@mhgan/mcmc/diagnostics";
 * const random = randomStream(1);
 * // P(weight > w) = w^(−1/k): a Pareto law with k = 0.4, and one with k = 0.9.
 * const logUniforms = Float64Array.from({ length: 4000 }, () => Math.log(1 - random()));
 * paretoKHat(logUniforms.map((logU) => -0.4 * logU)).level; // => "good"
 * paretoKHat(logUniforms.map((logU) => -0.9 * logU)).level; // => "bad"
 * ```
 */
export function paretoKHat(logWeights: ArrayLike<number>): ParetoKHat {
  const { length } = logWeights;
  for (let i = 0; i < length; i++) requireLogWeight("paretoKHat", `logWeights[${i}]`, logWeights[i]!);
  const tailLength = Math.floor(Math.min(length / 5, 3 * Math.sqrt(length)));
  const threshold = Math.min(1 - 1 / Math.log10(length), 0.7);
  const reading = (kHat: number, fitted: number): ParetoKHat => ({
    kHat,
    threshold,
    level: levelOf(kHat, threshold),
    tailLength: fitted,
  });

  const sorted = new Float64Array(logWeights).sort();
  const largest = sorted[length - 1]!;
  if (largest === Infinity) return reading(Infinity, 0);
  if (tailLength < 5 || largest === -Infinity) return reading(Number.NaN, 0);
  const cutoff = sorted[length - tailLength - 1]!;
  let first = length - tailLength;
  while (first < length && sorted[first] === cutoff) first++;
  if (first === length) return reading(-Infinity, 0);
  if (length - first < 5) return reading(Number.NaN, 0);
  // w − cutoff relative to the largest weight, as the product of numbers that cannot cancel.
  const excesses = sorted
    .subarray(first)
    .map((logWeight) => -Math.exp(logWeight - largest) * Math.expm1(cutoff - logWeight));
  // Weights of less than 1e-300 of the largest: the ratio of tail weights alone spans what a heavy tail cannot.
  if (excesses[Math.floor(excesses.length / 4)]! < 1e-300) return reading(Infinity, excesses.length);
  const n = excesses.length;
  // A prior worth ten weights pulls k-hat towards 1/2.
  return reading((n * fitGeneralizedPareto(excesses).shape + 5) / (n + 10), n);
}

function levelOf(kHat: number, threshold: number): ParetoKHat["level"] {
  if (Number.isNaN(kHat)) return "unknown";
  if (kHat <= threshold) return "good";
  if (kHat <= 0.7) return "too-few-samples";
  return kHat < 1 ? "bad" : "very-bad";
}

import { requireOneOf, requirePositiveCount } from "../requirements.ts";
import { largestLogWeight, relativeWeight, requireLogWeights } from "./log-weights.ts";
import { type ResamplingScheme, resamplingSchemes } from "./resampling-schemes.ts";

/** Options of {@link selectImportanceResampling}. */
export interface SelectImportanceResamplingOptions {
  /** Uniform on [0, 1). */
  readonly random: () => number;
  /** How many draws to take, from 1. */
  readonly draws: number;
  /** How to take them. Default `"systematic"`. */
  readonly scheme?: ResamplingScheme;
}

/** Which of the proposals are the draws. */
export interface ImportanceResampling {
  /** One index for each draw; proposals are repeated. */
  readonly picked: Uint32Array;
  /** How many different proposals were picked. */
  readonly distinctCount: number;
}

/**
 * Sampling importance resampling (SIR): takes draws from the proposals with probability proportional to weight, with replacement.
 *
 * Each scheme picks proposal k `draws · w_k / Σw` times on average. They differ in the noise around that:
 * - `"multinomial"`: independent picks, uniform number d for draw number d, in random order;
 * - `"residual"`: the whole part of that number for certain, the rest by multinomial picks, whose uniforms alone are taken;
 * - `"stratified"`: one pick in each of `draws` equal parts of the weights, uniform number d for part number d;
 * - `"systematic"`: the same place in every part, by one uniform. A proposal is picked its expected number of times, rounded up or down.
 *
 * Only multinomial draws are in random order, and independent given the weights: of the others, shuffle before taking a part.
 *
 * Under every scheme a draw follows the target only in the limit of many proposals; with n of them the bias is of order 1/n.
 * Proposals of weight +∞ are equals beside which the others have no chance; −∞ is never picked unless all are, then all are alike.
 *
 * @param logWeights - log weights of n proposals, each up to the same constant. NaN is an error.
 * @returns The picked indices. O(n + draws), expected for the multinomial picks.
 * @throws {RangeError} if there are no weights, one is NaN (the message names its index), or an option is off.
 * @see Rubin, "Using the SIR algorithm to simulate posterior distributions", Bayesian Statistics 3 (1988); Douc, Cappé and Moulines,
 * "Comparison of resampling schemes for particle filtering", ISPA 2005.
 * @example
 * ```ts
 * import { randomStream, selectImportanceResampling } from "@mhgan/mcmc";
 * const logWeights = [4, 0, 3, 1].map(Math.log);
 * const { picked, distinctCount } = selectImportanceResampling(logWeights, { random: randomStream(1), draws: 8 });
 * Array.from(picked); // => [0, 0, 0, 0, 2, 2, 2, 3]
 * distinctCount; // => 3
 * ```
 */
export function selectImportanceResampling(
  logWeights: ArrayLike<number>,
  options: SelectImportanceResamplingOptions,
): ImportanceResampling {
  const { random, draws, scheme = "systematic" } = options;
  requireLogWeights("selectImportanceResampling", logWeights);
  requirePositiveCount("selectImportanceResampling", "draws", draws);
  requireOneOf("selectImportanceResampling", "scheme", scheme, Object.keys(resamplingSchemes));

  const largest = largestLogWeight("selectImportanceResampling", logWeights);
  const weights = new Float64Array(logWeights.length);
  for (let k = 0; k < weights.length; k++) weights[k] = relativeWeight(logWeights[k]!, largest);
  const picked = new Uint32Array(draws);
  resamplingSchemes[scheme](weights, picked, random);
  return { picked, distinctCount: countDistinct(picked, weights.length) };
}

function countDistinct(indices: Uint32Array, length: number): number {
  const seen = new Uint8Array(length);
  let count = 0;
  for (const index of indices) {
    if (seen[index] === 0) count++;
    seen[index] = 1;
  }
  return count;
}

import { requireLogWeight } from "../requirements.ts";
import { relativeWeight, throwNaN } from "./log-weights.ts";

/** Options of {@link selectRejection}. */
export interface SelectRejectionOptions {
  /** Uniform on [0, 1). Value number k decides proposal number k. */
  readonly random: () => number;
  /** An upper bound of the log weights of all proposals that could come, not only of these. */
  readonly logWeightBound: number;
}

/** Which of the proposals were accepted. */
export interface RejectionSelection {
  /** Indices of the accepted proposals, ascending. */
  readonly accepted: Uint32Array;
  /** The share of proposals that were accepted; 0 without proposals. */
  readonly acceptanceRate: number;
}

/**
 * Rejection sampling: accepts each proposal with probability weight / bound, on its own.
 *
 * Every accepted proposal is an exact, independent draw of the target if the bound is true of every possible proposal. The
 * maximum of a batch is not such a bound. A weight equal to the bound is always accepted, infinities included; so a
 * weight of 0 (−∞) is accepted only if the bound itself is −∞.
 *
 * @param logWeights - `log p(x) − log q(x)` of the proposals, each up to the same constant. NaN is an error.
 * @returns The accepted indices. O(n).
 * @throws {RangeError} if a log weight is NaN or above the bound (the message names its index), or the bound is NaN.
 * @see von Neumann, "Various techniques used in connection with random digits", 1951; Devroye, "Non-uniform random variate
 * generation", 1986, section II.3.
 * @example
 * ```ts
 * import { randomStream, selectRejection } from "@mhgan/mcmc";
 * // Density 2x on [0, 1] from uniform proposals: the weight is 2x, at most 2.
 * const random = randomStream(1);
 * const proposals = Float64Array.from({ length: 10_000 }, random);
 * const { accepted, acceptanceRate } = selectRejection(
 *   proposals.map((x) => Math.log(2 * x)),
 *   { random, logWeightBound: Math.log(2) },
 * );
 * acceptanceRate; // ≈ 0.5
 * const draws = Array.from(accepted, (k) => proposals[k]);
 * draws.reduce((sum, x) => sum + x) / draws.length; // ≈ 0.67
 * ```
 */
export function selectRejection(
  logWeights: ArrayLike<number>,
  options: SelectRejectionOptions,
): RejectionSelection {
  const { random, logWeightBound } = options;
  requireLogWeight("selectRejection", "logWeightBound", logWeightBound);
  const { length } = logWeights;
  const accepted = new Uint32Array(length);
  let count = 0;
  for (let k = 0; k < length; k++) {
    const logWeight = logWeights[k]!;
    if (!(logWeight <= logWeightBound)) throwAboveBound(logWeight, k, logWeightBound);
    const u = 1 - random();
    if (u <= relativeWeight(logWeight, logWeightBound)) accepted[count++] = k;
  }
  return { accepted: accepted.slice(0, count), acceptanceRate: length === 0 ? 0 : count / length };
}

function throwAboveBound(logWeight: number, index: number, bound: number): never {
  if (Number.isNaN(logWeight)) throwNaN("selectRejection", index);
  throw new RangeError(
    `selectRejection: logWeights must be at most logWeightBound ${bound}, got ${logWeight} at index ${index}`,
  );
}

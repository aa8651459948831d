import { quantileOfSorted } from "../diagnostics/quantile-of-sorted.ts";
import { requireLogWeight, requireOneOf } from "../requirements.ts";
import { largestLogWeight, requireLogWeights } from "./log-weights.ts";

/** Options of {@link selectDiscriminatorRejection}. */
export interface SelectDiscriminatorRejectionOptions {
  /** Uniform on [0, 1). Value number k decides proposal number k. */
  readonly random: () => number;
  /** The largest log weight of earlier proposals (the burn-in). Default −∞: there were none. */
  readonly initialLogMaximum?: number;
  /**
   * What a proposal is measured against, besides `initialLogMaximum`: `"running"` (default), the largest weight up to it, as in
   * the paper; `"batch"`, the largest of all.
   */
  readonly maximum?: "running" | "batch";
  /** Keeps the logarithm finite where a weight is the maximum; above 0. Default 1e-8. */
  readonly epsilon?: number;
  /**
   * What is subtracted from F before the sigmoid: a finite number, or the percentile in [0, 100] of the F of these proposals
   * (linear interpolation). The larger, the fewer are accepted; the paper's 0 comes closest to the target.
   */
  readonly gamma:
    | number
    | {
        /** In [0, 100]. */
        readonly percentile: number;
      };
}

/** Which of the proposals were accepted, and the one to take. */
export interface DiscriminatorRejectionSelection {
  /** Indices of the accepted proposals, ascending. */
  readonly accepted: Uint32Array;
  /** Probability of acceptance of each proposal. */
  readonly acceptanceProbabilities: Float64Array;
  /** The number that was subtracted. */
  readonly gamma: number;
  /** The first accepted proposal, or the first of the heaviest if none was. */
  readonly picked: number;
  /** Whether none was accepted. */
  readonly fellBack: boolean;
}

/**
 * Discriminator rejection sampling (DRS): accepts proposal k with probability sigmoid(F − γ), where
 * F = t − M − log(1 − exp(t − M − ε)), t is its log weight and M the maximum so far.
 *
 * **Not exact.** With γ = 0 and a true maximum the probability is the ratio w / max w of rejection sampling, up to ε. Any other γ, a
 * maximum that is still being learned, and the fallback each sample another law: with the usual percentile, one that lies between
 * the proposals and the target. For a chosen share of accepted proposals `selectBudgetedRejection` comes closer.
 *
 * Equal infinities are equal weights. A weight of 0 (−∞) is never accepted beside one that is not, be that
 * `initialLogMaximum` or later in the array; where all are 0, all have the same F.
 *
 * @param logWeights - log weights of the proposals, each up to the same constant, in their order. NaN is an error.
 * @returns Accepted indices, probabilities and the pick. O(n), and a sort for a percentile.
 * @throws {RangeError} if there are no weights, one is NaN (the message names its index), or an option is off.
 * @see Azadi, Olsson, Darrell, Goodfellow and Odena, "Discriminator rejection sampling", ICLR 2019, section 3.
 * @example
 * ```ts
 * import { randomStream, selectDiscriminatorRejection } from "@mhgan/mcmc";
 * const logWeights = [1, 4, 2].map(Math.log);
 * const options = { initialLogMaximum: Math.log(4), gamma: 0 };
 * const selection = selectDiscriminatorRejection(logWeights, { random: randomStream(1), ...options });
 * Array.from(selection.acceptanceProbabilities); // ≈ [0.25, 1.00, 0.50]
 * selection.picked; // => 1
 * ```
 */
export function selectDiscriminatorRejection(
  logWeights: ArrayLike<number>,
  options: SelectDiscriminatorRejectionOptions,
): DiscriminatorRejectionSelection {
  const { random, initialLogMaximum = -Infinity, maximum = "running", epsilon = 1e-8 } = options;
  requireLogWeights("selectDiscriminatorRejection", logWeights);
  requireLogWeight("selectDiscriminatorRejection", "initialLogMaximum", initialLogMaximum);
  requireDiscriminatorRejectionOptions("selectDiscriminatorRejection", options);

  const { length } = logWeights;
  const known = Math.max(initialLogMaximum, largestLogWeight("selectDiscriminatorRejection", logWeights));
  let reference = maximum === "batch" ? known : initialLogMaximum;
  let heaviest = 0;
  const logOdds = new Float64Array(length);
  for (let k = 0; k < length; k++) {
    const logWeight = logWeights[k]!;
    if (logWeight > reference) reference = logWeight;
    if (logWeight > logWeights[heaviest]!) heaviest = k;
    const logRatio = logWeight === reference ? 0 : logWeight - reference;
    // A weight of 0 must not win because the maximum has not been met yet.
    logOdds[k] = logWeight === -Infinity && known > -Infinity ? -Infinity : shiftedLogOdds(logRatio, epsilon);
  }

  const gamma =
    typeof options.gamma === "number"
      ? options.gamma
      : quantileOfSorted(logOdds.slice().sort(), options.gamma.percentile / 100);
  const acceptanceProbabilities = new Float64Array(length);
  const accepted = new Uint32Array(length);
  let count = 0;
  for (let k = 0; k < length; k++) {
    // The percentile may be −∞ itself.
    const probability = logOdds[k] === -Infinity ? 0 : 1 / (1 + Math.exp(gamma - logOdds[k]!));
    const u = 1 - random();
    acceptanceProbabilities[k] = probability;
    if (u <= probability) accepted[count++] = k;
  }

  const fellBack = count === 0;
  return {
    accepted: accepted.slice(0, count),
    acceptanceProbabilities,
    gamma,
    picked: fellBack ? heaviest : accepted[0]!,
    fellBack,
  };
}

/** F: r − log(1 − exp(r − ε)) for r ≤ 0, accurate for small r − ε as well. */
function shiftedLogOdds(logRatio: number, epsilon: number): number {
  return logRatio - Math.log(-Math.expm1(logRatio - epsilon));
}

/** Checks the options that say what the rule is. */
export function requireDiscriminatorRejectionOptions(
  caller: string,
  options: Omit<SelectDiscriminatorRejectionOptions, "random">,
): void {
  const { maximum = "running", epsilon = 1e-8, gamma } = options;
  requireOneOf(caller, "maximum", maximum, ["running", "batch"]);
  if (!Number.isFinite(epsilon) || epsilon <= 0) {
    throw new RangeError(`${caller}: epsilon must be finite and above 0, got ${String(epsilon)}`);
  }
  if (typeof gamma === "number") {
    if (Number.isFinite(gamma)) return;
    throw new RangeError(`${caller}: gamma must be finite or { percentile }, got ${String(gamma)}`);
  }
  const percentile = gamma?.percentile;
  if (!(percentile >= 0 && percentile <= 100)) {
    throw new RangeError(`${caller}: gamma.percentile must be in [0, 100], got ${String(percentile)}`);
  }
}

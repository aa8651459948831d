import { solveBudget } from "./budgeted-acceptance.ts";

/** Options of {@link selectBudgetedRejection}. */
export interface SelectBudgetedRejectionOptions {
  /** Uniform on [0, 1). Value number k decides proposal number k. */
  readonly random: () => number;
  /** The mean probability of acceptance, in (0, 1]: 0.25 pays four proposals a draw. */
  readonly budget: number;
}

/** Which of the proposals were accepted, and by which rule. */
export interface BudgetedRejectionSelection {
  /** Indices of the accepted proposals, ascending. */
  readonly accepted: Uint32Array;
  /** Probability of acceptance of each proposal. Their mean is the budget, unless too many weights are 0. */
  readonly acceptanceProbabilities: Float64Array;
  /** The share of proposals that were accepted: random, near the budget. */
  readonly acceptanceRate: number;
  /** log c of the rule min(1, c·w). */
  readonly logScale: number;
}

/**
 * Budgeted rejection sampling (OBRS): accepts each proposal with probability min(1, c·w), where c makes the mean of these
 * probabilities a given budget.
 *
 * Of all rules that accept this share of the proposals, it brings the accepted closest to the target in every f-divergence. Not
 * exact unless no probability is cut off at 1, which is to say c·max w ≤ 1: then it is plain rejection sampling. To use the rule
 * of one batch on another, see `budgetedAcceptance`; what it says of infinities and of weights of 0 holds here.
 *
 * @param logWeights - log weights of the proposals, each up to the same constant. NaN is an error.
 * @returns Accepted indices and the rule. O(n log n).
 * @throws {RangeError} if there are no weights, one is NaN (the message names its index), or the budget is not in (0, 1].
 * @see Verine, Pydi, Negrevergne and Chevaleyre, "Optimal budgeted rejection sampling for generative models", AISTATS 2024:
 * the optimal acceptance function.
 * @example
 * ```ts
 * import { randomStream, selectBudgetedRejection } from "@mhgan/mcmc";
 * const logWeights = [8, 1, 1, 2, 0.5, 0.5].map(Math.log);
 * const { acceptanceProbabilities } = selectBudgetedRejection(logWeights, { random: randomStream(1), budget: 0.5 });
 * Array.from(acceptanceProbabilities); // ≈ [1, 0.4, 0.4, 0.8, 0.2, 0.2]
 * ```
 */
export function selectBudgetedRejection(
  logWeights: ArrayLike<number>,
  options: SelectBudgetedRejectionOptions,
): BudgetedRejectionSelection {
  const { random, budget } = options;
  const { length } = logWeights;
  const { logScale, acceptance } = solveBudget("selectBudgetedRejection", logWeights, budget);
  const acceptanceProbabilities = new Float64Array(length);
  const accepted = new Uint32Array(length);
  let count = 0;
  for (let k = 0; k < length; k++) {
    const probability = acceptance(logWeights[k]!);
    const u = 1 - random();
    acceptanceProbabilities[k] = probability;
    if (u <= probability) accepted[count++] = k;
  }
  return {
    accepted: accepted.slice(0, count),
    acceptanceProbabilities,
    acceptanceRate: count / length,
    logScale,
  };
}

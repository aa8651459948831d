import { requireLogWeight } from "../requirements.ts";
import { largestLogWeight, relativeWeight, requireLogWeights } from "./log-weights.ts";

/** The rule of budgeted rejection sampling: accept with probability min(1, c·w). */
export interface BudgetedAcceptance {
  /** log c; −∞ if only weights of +∞ have a chance, +∞ if every weight above 0 is accepted. */
  readonly logScale: number;
  /** The probability of acceptance of a proposal with this log weight. NaN is an error. */
  readonly acceptance: (logWeight: number) => number;
}

/**
 * Finds the scale c with which min(1, c·w) has a given mean over some proposals: the rule of budgeted rejection sampling, to be
 * used on these proposals or on others.
 *
 * Solved exactly, by sorting and summing, not by iteration. Equal infinities are equal weights: if the +∞ alone exceed the budget, they
 * share it. Weights of 0 (−∞) are never accepted, so the mean is the share of the others if that is below the budget; but if all are
 * 0 they are all alike, and each is accepted with probability `budget`.
 *
 * @param logWeights - log weights of the proposals (pilots), each up to the same constant. NaN is an error.
 * @param budget - the mean of the probabilities of acceptance, in (0, 1].
 * @returns The scale and the rule. O(n log n).
 * @throws {RangeError} if there are no weights, one is NaN (the message names its index), or the budget is not in (0, 1].
 * @see Verine, Pydi, Negrevergne and Chevaleyre, "Optimal budgeted rejection sampling for generative models", AISTATS 2024:
 * the optimal acceptance function.
 * @example
 * ```ts
 * import { budgetedAcceptance } from "@mhgan/mcmc";
 * const { logScale, acceptance } = budgetedAcceptance([8, 1, 1, 2, 0.5, 0.5].map(Math.log), 0.5);
 * Math.exp(logScale); // ≈ 0.4
 * acceptance(Math.log(1.5)); // ≈ 0.6
 * acceptance(Math.log(100)); // => 1
 * ```
 */
export function budgetedAcceptance(logWeights: ArrayLike<number>, budget: number): BudgetedAcceptance {
  return solveBudget("budgetedAcceptance", logWeights, budget);
}

/**
 * `budgetedAcceptance` for another function, which its errors name.
 *
 * @internal
 */
export function solveBudget(
  caller: string,
  logWeights: ArrayLike<number>,
  budget: number,
): BudgetedAcceptance {
  requireLogWeights(caller, logWeights);
  requireBudget(caller, budget);
  const largest = largestLogWeight(caller, logWeights);
  if (largest === -Infinity) return rule(-Infinity, budget);

  const sorted = Float64Array.from(logWeights).sort();
  const { length } = sorted;
  const target = budget * length;
  // If just the weights above place i are cut off at 1, c·w_i is what they leave of the target, over the sum of the weights up
  // to i in units of w_i. The fewest that may be cut off are right: the last place where this c·w_i is at most 1.
  let base = -1;
  let share = 1;
  let sum = 0;
  for (let i = 0; i < length; i++) {
    if (sorted[i] === -Infinity) continue;
    sum = 1 + (sum === 0 ? 0 : sum * relativeWeight(sorted[i - 1]!, sorted[i]!));
    const left = target - (length - 1 - i);
    if (left <= sum) {
      base = i;
      share = left / sum;
    }
  }
  // Even all weights above 0 do not fill the budget.
  if (base === -1) return { logScale: Infinity, acceptance: acceptPositive };
  return rule(sorted[base]!, share);
}

export function requireBudget(caller: string, budget: number): void {
  if (!(budget > 0 && budget <= 1)) {
    throw new RangeError(`${caller}: budget must be in (0, 1], got ${String(budget)}`);
  }
}

function acceptPositive(logWeight: number): number {
  requireLogWeight("acceptance", "logWeight", logWeight);
  return logWeight === -Infinity ? 0 : 1;
}

/** The rule that accepts a weight w with probability min(1, share · w / base). */
function rule(logBase: number, share: number): BudgetedAcceptance {
  return {
    logScale: Math.log(share) - logBase,
    acceptance: (logWeight) => {
      requireLogWeight("acceptance", "logWeight", logWeight);
      return Math.min(1, share * relativeWeight(logWeight, logBase));
    },
  };
}

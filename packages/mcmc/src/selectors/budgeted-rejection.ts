import { requirePositiveCount } from "../requirements.ts";
import { acceptFirst } from "./accept-first.ts";
import { requireBudget, solveBudget } from "./budgeted-acceptance.ts";
import { requirePilots } from "./log-weights.ts";
import type { Selector } from "./selector.ts";

/** Options of {@link budgetedRejection}. */
export interface BudgetedRejectionOptions {
  /** The mean probability of acceptance, in (0, 1]: 0.25 pays four proposals a draw. */
  readonly budget: number;
  /** How many proposals a run looks at before it gives up with an error. Default 1,000,000. */
  readonly proposalLimit?: number;
}

/**
 * Budgeted rejection sampling (OBRS): draws the first proposal that is accepted, each with probability min(1, c·w).
 *
 * Takes c from `pilotLogWeights`, which it needs: the scale with which the mean of the probabilities over them is the budget. No other
 * rule that accepts this share comes closer to the target. See `selectBudgetedRejection`.
 *
 * @throws {RangeError} if an option is off; when prepared without pilots; in a run that reaches the limit.
 * @see Verine, Pydi, Negrevergne and Chevaleyre, "Optimal budgeted rejection sampling for generative models", AISTATS 2024.
 * @example
 * ```ts
 * import { budgetedRejection, randomStream, selectFromArray } from "@mhgan/mcmc";
 * const logWeights = Float64Array.from({ length: 4000 }, randomStream(1));
 * const selector = budgetedRejection({ budget: 0.25 });
 * const { picked } = selectFromArray(logWeights, { selector, pilotLogWeights: logWeights, seed: 1 });
 * Math.abs(picked.length - 1000) < 100; // => true
 * ```
 */
export function budgetedRejection(options: BudgetedRejectionOptions): Selector {
  const { budget, proposalLimit = 1_000_000 } = options;
  requireBudget("budgetedRejection", budget);
  requirePositiveCount("budgetedRejection", "proposalLimit", proposalLimit);
  return {
    name: "budgetedRejection",
    drawsPerRun: 1,
    prepare: ({ pilotLogWeights }) => {
      requirePilots("budgetedRejection", pilotLogWeights);
      const { acceptance } = solveBudget("budgetedRejection", pilotLogWeights, budget);
      return acceptFirst("budgetedRejection", proposalLimit, acceptance);
    },
  };
}

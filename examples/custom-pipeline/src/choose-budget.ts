import { recommend } from "@mhgan/mcmc/predictions";

/**
 * The share of proposals that rejection may accept so that draws come within a total variation of the target, as far as the weights know it.
 *
 * @throws {Error} if budgeted rejection cannot.
 */
export function chooseBudget(pilotLogWeights: ArrayLike<number>, totalVariation: number): number {
  const recommendation = recommend(pilotLogWeights, { totalVariation });
  for (const choice of [recommendation, ...recommendation.alternatives]) {
    if (choice.selector === "budgetedRejection" && choice.totalVariation <= totalVariation) {
      return choice.options.budget;
    }
  }
  throw new Error(`chooseBudget: ${recommendation.reason}`);
}

import type { WeightDistribution } from "./weight-distribution.ts";

/** The probabilities min(1, c·w) of budgeted rejection at each weight. Their mean is the budget, unless too many weights are 0. O(n). */
export function budgetedAcceptances(distribution: WeightDistribution, budget: number): Float64Array {
  const { weights, masses, targetBelow } = distribution;
  let heavier = 0;
  for (let i = weights.length - 1; i >= 0; i--) {
    // If just the heavier ones are cut off at 1, c is what they leave of the budget over the target's mass up to this weight.
    const scale = (budget - heavier) / targetBelow[i]!;
    if (scale * weights[i]! <= 1) return weights.map((weight) => Math.min(1, scale * weight));
    heavier += masses[i]!;
  }
  return weights.map(() => 1);
}

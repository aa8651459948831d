import type { WeightDistribution } from "./weight-distribution.ts";

/** The law of a draw, which depends on a point only through its weight. */
export interface DrawLaw {
  /** Its density under q at each weight of the distribution. The target's is the weight itself. */
  readonly densities: Float64Array;
  /** Its probability of weight 0. */
  readonly atZero: number;
}

/** What draws cost, and how far their law is from the target. */
export interface DrawPrediction {
  /** Total variation between the law of a draw and the target, in [0, 1]. */
  readonly totalVariation: number;
  /** Expected number of proposals that one draw takes. */
  readonly proposalsPerDraw: number;
}

/** Total variation of a law and the target: ½ E_q |density − weight|. */
export function totalVariation(
  { masses, weights }: Pick<WeightDistribution, "masses" | "weights">,
  { densities, atZero }: DrawLaw,
): number {
  let sum = atZero;
  for (let i = 0; i < masses.length; i++) sum += masses[i]! * Math.abs(densities[i]! - weights[i]!);
  return Math.min(1, sum / 2);
}

import type { RandomStream } from "@mhgan/mcmc";
import { predictSelection } from "@mhgan/mcmc/predictions";
import type { Critics } from "./critics.ts";
import type { Entrant } from "./entrants.ts";
import { type Quality, qualityOf } from "./quality.ts";

/** Draws of every row. */
export const DRAWS = 10_000;

/** Draws with one sampler, and measures the draws. */
export async function measure(entrant: Entrant, critics: Critics, seed: RandomStream): Promise<Quality> {
  const calibrated = critics[entrant.critic];
  const { sampler, predict } = entrant;
  const { samples, info } = await calibrated.sample({ draws: DRAWS, sampler, seed });
  const points = await samples.data();
  samples.dispose();
  const foretold = predict?.(predictSelection(calibrated.pilotLogWeights)).totalVariation;
  return {
    ...qualityOf(points),
    proposalsPerDraw: info.proposalsUsed.reduce((sum, used) => sum + used, 0) / DRAWS,
    callsPerDraw: info.proposals / DRAWS,
    ...(Number.isNaN(info.acceptanceRate) ? {} : { acceptanceRate: info.acceptanceRate }),
    capOutRate: info.capOuts / DRAWS,
    ...(foretold === undefined ? {} : { totalVariation: foretold }),
  };
}

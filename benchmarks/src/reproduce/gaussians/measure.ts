import type { RandomStream } from "@mhgan/mcmc";
import { predictSelection } from "@mhgan/mcmc/predictions";
import type { Tensor } from "@tensorflow/tfjs-core";
import type { Critics } from "./critics.ts";
import type { Entrant } from "./entrants.ts";
import { type Quality, qualityOf } from "./quality.ts";

/** Draws of every row. */
export const DRAWS = 10_000;

/** Draws with one sampler, and measures the draws. */
export async function measure(entrant: Entrant, critics: Critics, seed: RandomStream): Promise<Quality> {
  const calibrated = critics[entrant.critic];
  const { sampler, predict } = entrant;
  if ("run" in sampler) {
    const { samples, info } = await calibrated.sample({ draws: DRAWS, sampler, seed });
    const { evaluations, gradientEvaluations, acceptanceRates } = info.statistics;
    return {
      ...(await qualityOfBatch(samples)),
      callsPerDraw: evaluations / DRAWS,
      gradientsPerDraw: gradientEvaluations / DRAWS,
      acceptanceRate: mean(acceptanceRates),
    };
  }
  const { samples, info } = await calibrated.sample({ draws: DRAWS, sampler, seed });
  const foretold = predict?.(predictSelection(calibrated.pilotLogWeights)).totalVariation;
  return {
    ...(await qualityOfBatch(samples)),
    proposalsPerDraw: info.proposalsUsed.reduce((sum, used) => sum + used, 0) / DRAWS,
    callsPerDraw: info.proposals / DRAWS,
    ...(Number.isNaN(info.acceptanceRate) ? {} : { acceptanceRate: info.acceptanceRate }),
    capOutRate: info.capOuts / DRAWS,
    ...(foretold === undefined ? {} : { totalVariation: foretold }),
  };
}

async function qualityOfBatch(samples: Tensor): Promise<Quality> {
  const points = await samples.data();
  samples.dispose();
  return qualityOf(points);
}

const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

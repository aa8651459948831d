import type { DrawPrediction, SelectionPrediction } from "@mhgan/mcmc/predictions";
import type { SamplerFigures } from "./sampler-figures.ts";

/** Options of {@link predictedSamplers}. */
export interface PredictedSamplersOptions {
  /** K of the chains that the run drew with, if it did. */
  readonly chainLength?: number;
  /** No weight is larger, if one is known. */
  readonly logWeightBound?: number;
}

/**
 * What each sampler costs and how close it comes, with options from cheap to dear: from held-out weights alone.
 *
 * @param prediction - made of the log weights of the run.
 */
export function predictedSamplers(
  prediction: SelectionPrediction,
  { chainLength, logWeightBound = Infinity }: PredictedSamplersOptions = {},
): SamplerFigures[] {
  const figures: SamplerFigures[] = [];
  const add = (name: string, { proposalsPerDraw, totalVariation }: DrawPrediction, chosen = false) =>
    figures.push({ name, cost: Math.max(1, proposalsPerDraw), totalVariation, ...(chosen && { chosen }) });

  add("the GAN alone", prediction.budgetedRejection({ budget: 1 }));
  // A budget below 1/w* cuts nothing off.
  for (const price of [1.5, 2, 3, 5, 10].filter((each) => each < prediction.maximumWeight)) {
    add(`budgeted rejection, 1/${price}`, prediction.budgetedRejection({ budget: 1 / price }));
  }
  add("discriminator rejection", prediction.discriminatorRejection({ gamma: 0 }));
  for (const candidates of [2, 4, 16, 64]) {
    add(`importance resampling, N = ${candidates}`, prediction.importanceResampling({ candidates }));
  }
  add("i-SIR, N = 8, 4 steps", prediction.iteratedSir({ candidates: 8, steps: 4, start: "target" }));
  const lengths = [...new Set([4, 16, 64, 256, ...(chainLength === undefined ? [] : [chainLength])])].sort(
    (a, b) => a - b,
  );
  for (const length of lengths) {
    const chains = { chainLength: length, start: "target" } as const;
    const isBackward = logWeightBound < Infinity;
    add(
      `Metropolis-Hastings, K = ${length}`,
      prediction.metropolisHastings(isBackward ? { ...chains, logWeightBound } : chains),
      length === chainLength,
    );
  }
  if (logWeightBound < Infinity) add("rejection, exact", prediction.rejection({ logWeightBound }));
  return figures;
}

import type { SelectionPrediction } from "@mhgan/mcmc/predictions";
import type { ChainFigures } from "./chain-figures.ts";

/** Lengths that are shown whatever was used. */
const LENGTHS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

/**
 * What Metropolis-Hastings chains that start at real samples will do, by length: up to some times the length that was used.
 *
 * @param prediction - made of the log weights of the run.
 * @param chosen - the chain length that the run drew with.
 */
export function predictedChains(prediction: SelectionPrediction, chosen: number): ChainFigures[] {
  const lengths = new Set([...LENGTHS.filter((length) => length <= Math.max(100, 4 * chosen)), chosen]);
  return [...lengths]
    .sort((a, b) => a - b)
    .map((chainLength) => ({
      chainLength,
      predictedTotalVariation: prediction.metropolisHastings({ chainLength, start: "target" }).totalVariation,
      predictedAcceptance: prediction.acceptanceRate,
      predictedCapOut: prediction.capOut(chainLength),
      ...(chainLength === chosen && { chosen: true }),
    }));
}

import type { SelectionPrediction } from "@mhgan/mcmc/predictions";

/** What Metropolis-Hastings chains of one length will do, known before they are run. */
export interface ChainPrediction {
  /** K. */
  readonly chainLength: number;
  /** Acceptance rate of a chain that has reached the law of the data. For a calibrated discriminator 2(1 − AUC). */
  readonly acceptanceRate: number;
  /** The probability that a chain never leaves the real sample it starts from. */
  readonly capOutRate: number;
  /** Total variation between the law of a draw and that of the data, as far as the weights tell one from the other. */
  readonly totalVariation: number;
  /** Samples generated for each draw: fewer than K where the weights are bounded, so that chains are found backward. */
  readonly proposalsPerDraw: number;
}

/** Options of {@link CalibratedScores.predict}. */
export interface PredictChainsOptions {
  /** K, the number of proposals a chain sees before it gives its draw. Default 640. */
  readonly chainLength?: number;
  /** What a chain does that never left its real start: begins again at a proposal, or gives the start. Default `"fresh"`. */
  readonly restart?: "fresh" | "never";
}

/** Figures of chains that start at samples of the target. */
export function predictChains(
  prediction: SelectionPrediction,
  logWeightBound: number,
  { chainLength = 640, restart = "fresh" }: PredictChainsOptions,
): ChainPrediction {
  const options = { chainLength, restart, start: "target", logWeightBound } as const;
  const { totalVariation, proposalsPerDraw } = prediction.metropolisHastings(options);
  return {
    chainLength,
    acceptanceRate: prediction.acceptanceRate,
    capOutRate: prediction.capOut(chainLength),
    totalVariation,
    proposalsPerDraw,
  };
}

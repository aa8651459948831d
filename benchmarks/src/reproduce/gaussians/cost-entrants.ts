import {
  budgetedRejection,
  couplingFromThePast,
  discriminatorRejection,
  importanceResampling,
  iteratedSir,
  metropolisHastings,
  rejection,
  type Selector,
} from "@mhgan/mcmc";
import type { DrawPrediction, SelectionPrediction } from "@mhgan/mcmc/predictions";
import { forward } from "../../forward.ts";
import { gammaFor } from "./entrants.ts";

/** A sampler as it is set for one cost. */
export interface CostEntrant {
  /** What settings of the same sampler have in common. */
  readonly family: string;
  readonly name: string;
  readonly selector: Selector;
  readonly predicted: DrawPrediction;
}

/** K of the paper, which all are held against. */
export const CHAIN_LENGTH = 640;
/** Proposals a draw at which samplers are set that can be had at any price. */
export const costs: readonly number[] = [2, 4, 8, 16, 32, 64];

/** Candidates and steps of i-SIR that take these many proposals. */
const iterated: Readonly<Record<number, { readonly candidates: number; readonly steps: number }>> = {
  2: { candidates: 3, steps: 1 },
  4: { candidates: 3, steps: 2 },
  8: { candidates: 5, steps: 2 },
  16: { candidates: 5, steps: 4 },
  32: { candidates: 9, steps: 4 },
  64: { candidates: 9, steps: 8 },
};

/** The chain of the paper, made forward and found backward. */
export function paperChains(prediction: SelectionPrediction, logWeightBound: number): readonly CostEntrant[] {
  const selector = metropolisHastings({ chainLength: CHAIN_LENGTH });
  const chain = { chainLength: CHAIN_LENGTH, start: "target" } as const;
  return [
    {
      family: "MH, forward",
      name: `MH, forward, K = ${CHAIN_LENGTH}`,
      selector: forward(selector),
      predicted: prediction.metropolisHastings(chain),
    },
    {
      family: "MH, backward",
      name: `MH, backward, K = ${CHAIN_LENGTH}`,
      selector,
      predicted: prediction.metropolisHastings({ ...chain, logWeightBound }),
    },
  ];
}

/** Every other sampler at several prices, or at the one it has. */
export function costEntrants(
  prediction: SelectionPrediction,
  logWeightBound: number,
): readonly CostEntrant[] {
  const chainLength = prediction.chainLength(0.01, "target");
  return [
    {
      family: "perfect sampling",
      name: "perfect sampling (CFTP)",
      selector: couplingFromThePast(),
      predicted: prediction.couplingFromThePast({ logWeightBound }),
    },
    {
      family: "rejection",
      name: "rejection",
      selector: rejection(),
      predicted: prediction.rejection({ logWeightBound }),
    },
    {
      family: "MH, backward, K for TV .01",
      name: "MH, backward, K for TV .01",
      selector: metropolisHastings({ chainLength }),
      predicted: prediction.metropolisHastings({ chainLength, start: "target", logWeightBound }),
    },
    ...costs.flatMap((cost): CostEntrant[] => {
      const sir = iterated[cost]!;
      const gamma = gammaFor(cost, prediction);
      return [
        {
          family: "MH, forward",
          name: `MH, forward, K = ${cost}`,
          selector: forward(metropolisHastings({ chainLength: cost })),
          predicted: prediction.metropolisHastings({ chainLength: cost, start: "target" }),
        },
        {
          family: "i-SIR",
          name: `i-SIR, ${sir.steps} × ${sir.candidates - 1}`,
          selector: iteratedSir(sir),
          predicted: prediction.iteratedSir({ ...sir, start: "target" }),
        },
        {
          family: "SIR",
          name: `SIR, 1 of ${cost}`,
          selector: importanceResampling({ candidates: cost }),
          predicted: prediction.importanceResampling({ candidates: cost }),
        },
        {
          family: "OBRS",
          name: `OBRS, budget 1/${cost}`,
          selector: budgetedRejection({ budget: 1 / cost }),
          predicted: prediction.budgetedRejection({ budget: 1 / cost }),
        },
        {
          family: "DRS",
          name: `DRS, γ for ${cost}`,
          selector: discriminatorRejection({ gamma }),
          predicted: prediction.discriminatorRejection({ gamma }),
        },
      ];
    }),
  ];
}

import {
  budgetedRejection,
  couplingFromThePast,
  importanceResampling,
  metropolisHastings,
  type Selector,
} from "@mhgan/mcmc";
import type { SelectionPrediction } from "@mhgan/mcmc/predictions";
import type { Figures, SamplerName } from "./messages.ts";

/** A sampler as the page offers it. */
export interface Sampler {
  readonly label: string;
  /** What the slider sets, and the values that it goes through; none if there is nothing to set. */
  readonly strength: { readonly name: string; readonly values: readonly number[]; readonly initial: number };
  readonly about: string;
  selector(strength: number): Selector;
  predict(
    prediction: SelectionPrediction,
    strength: number,
    logWeightBound: number,
  ): Pick<Figures<number>, "totalVariation" | "cost">;
}

const doubling = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64] as const;

/** All of them, in the order of the page. Their functions run in the worker, their words in the page. */
export const samplers: Readonly<Record<SamplerName, Sampler>> = {
  metropolisHastings: {
    label: "Metropolis-Hastings",
    strength: { name: "Chain length K", values: [...doubling, 100, 200, 400, 640], initial: 100 },
    about:
      "Each draw is the end of a chain that starts at a held-out real sample and sees K proposals. Chains are found backward, so that they cost no more than exact draws do.",
    selector: (chainLength) => metropolisHastings({ chainLength, restart: "fresh" }),
    predict: (prediction, chainLength, logWeightBound) =>
      costOf(
        prediction.metropolisHastings({ chainLength, start: "target", restart: "fresh", logWeightBound }),
      ),
  },
  budgetedRejection: {
    label: "Budgeted rejection",
    strength: { name: "Proposals a draw", values: doubling, initial: 4 },
    about:
      "Each proposal is accepted with a probability that grows with its weight, as well as a budget allows.",
    selector: (price) => budgetedRejection({ budget: 1 / price }),
    predict: (prediction, price) => costOf(prediction.budgetedRejection({ budget: 1 / price })),
  },
  importanceResampling: {
    label: "Importance resampling",
    strength: { name: "Candidates a draw", values: doubling, initial: 8 },
    about: "Each draw is one of N candidates, chosen in proportion to their weights.",
    selector: (candidates) => importanceResampling({ candidates }),
    predict: (prediction, candidates) => costOf(prediction.importanceResampling({ candidates })),
  },
  couplingFromThePast: {
    label: "Perfect sampling",
    strength: { name: "Nothing to set", values: [], initial: 1 },
    about:
      "Coupling from the past: draws from exactly the law that the weights stand for, however long that takes.",
    selector: () => couplingFromThePast(),
    predict: (prediction, _strength, logWeightBound) =>
      costOf(prediction.couplingFromThePast({ logWeightBound })),
  },
};

function costOf(predicted: { readonly totalVariation: number; readonly proposalsPerDraw: number }): {
  totalVariation: number;
  cost: number;
} {
  return { totalVariation: predicted.totalVariation, cost: predicted.proposalsPerDraw };
}

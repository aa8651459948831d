import { metropolisHastings, type Selector, selectorOf } from "@mhgan/mcmc";
import {
  type DrawPrediction,
  predictSelection,
  type RecommendTarget,
  recommend,
  type SelectionPrediction,
  type SelectorChoice,
} from "@mhgan/mcmc/predictions";
import { forward } from "../../forward.ts";

/** A sampler, and what is foretold of its draws. */
export interface CostEntrant {
  readonly name: string;
  readonly family: Family;
  readonly selector: Selector;
  readonly predicted: DrawPrediction;
}

/** Samplers that differ by a size only: what a curve in the picture shows. */
export type Family = "MH, forward" | "MH, backward" | "exact" | "OBRS" | "SIR" | "i-SIR" | "DRS" | "latent";

/** What draws are to reach or to cost, and the samplers that do. */
export interface CostGroup {
  readonly title: string;
  /** Best first, as `recommend` has it, and the forward chain, which it does not consider where a bound is known. */
  readonly entrants: readonly CostEntrant[];
  /** Which of them is recommended. */
  readonly recommended: string;
}

export const LONG_CHAIN = 640;

/** What is known of the weights of one critic. */
export interface Weights {
  readonly pilots: Float64Array;
  readonly logWeightBound: number;
}

/** A chain of the paper's length, forward and backward: the same draws. */
export function longChains({ pilots, logWeightBound }: Weights): readonly [CostEntrant, CostEntrant] {
  const prediction = predictSelection(pilots);
  const options = { chainLength: LONG_CHAIN, start: "target" } as const;
  const selector = metropolisHastings({ chainLength: LONG_CHAIN, restart: "fresh" });
  return [
    {
      name: `MH forward, K = ${LONG_CHAIN}`,
      family: "MH, forward",
      selector: forward(selector),
      predicted: prediction.metropolisHastings(options),
    },
    {
      name: `MH backward, K = ${LONG_CHAIN}`,
      family: "MH, backward",
      selector,
      predicted: prediction.metropolisHastings({ ...options, logWeightBound }),
    },
  ];
}

/** Every sampler, set so that it reaches a total variation at the least cost, or comes as close as it can at a price. */
export function groupFor(
  title: string,
  { pilots, logWeightBound }: Weights,
  target: RecommendTarget,
): CostGroup {
  const best = recommend(pilots, target, { logWeightBound, start: "target" });
  const { totalVariation = 1, proposalsPerDraw = Infinity }: Partial<DrawPrediction> = target;
  const reached = [best, ...best.alternatives].filter(
    (choice) => choice.totalVariation <= totalVariation && choice.proposalsPerDraw <= proposalsPerDraw + 1e-9,
  );
  return {
    title,
    recommended: nameOf(best),
    entrants: [
      ...reached.map((choice) => ({
        name: nameOf(choice),
        family: families[choice.selector],
        selector: selectorOf(choice),
        predicted: { totalVariation: choice.totalVariation, proposalsPerDraw: choice.proposalsPerDraw },
      })),
      forwardChain(predictSelection(pilots), target),
    ],
  };
}

/** The shortest chain that comes close enough, or the longest at a price, if none of it is saved by going backward. */
function forwardChain(prediction: SelectionPrediction, target: RecommendTarget): CostEntrant {
  const predicted = (chainLength: number) =>
    prediction.metropolisHastings({ chainLength, start: "target", restart: "fresh" });
  let chainLength: number;
  if ("totalVariation" in target) chainLength = prediction.chainLength(target.totalVariation, "target");
  else {
    // Chains that never left their start run again, so a draw takes more than K.
    chainLength = Math.floor(target.proposalsPerDraw);
    while (chainLength > 1 && predicted(chainLength).proposalsPerDraw > target.proposalsPerDraw)
      chainLength--;
  }
  return {
    name: `MH forward, K = ${chainLength}`,
    family: "MH, forward",
    selector: forward(metropolisHastings({ chainLength, restart: "fresh" })),
    predicted: predicted(chainLength),
  };
}

const families: Readonly<Record<SelectorChoice["selector"], Family>> = {
  metropolisHastings: "MH, backward",
  couplingFromThePast: "exact",
  rejection: "exact",
  budgetedRejection: "OBRS",
  importanceResampling: "SIR",
  iteratedSir: "i-SIR",
  discriminatorRejection: "DRS",
};

function nameOf(choice: SelectorChoice): string {
  switch (choice.selector) {
    case "metropolisHastings":
      return `MH backward, K = ${choice.options.chainLength}`;
    case "couplingFromThePast":
      return "perfect sampling";
    case "rejection":
      return "rejection";
    case "budgetedRejection":
      return `OBRS, budget 1/${(1 / choice.options.budget).toFixed(1)}`;
    case "importanceResampling":
      return `SIR, 1 of ${choice.options.candidates.toLocaleString("en")}`;
    case "iteratedSir":
      return `i-SIR, ${choice.options.steps} steps of ${choice.options.candidates.toLocaleString("en")} candidates`;
    case "discriminatorRejection":
      return `DRS, γ = ${choice.options.gamma.toFixed(2)}`;
  }
}

/** Total variation of a family at rising cost. */
export interface PredictedCurve {
  readonly critic: string;
  readonly family: Family;
  /** Proposals a draw and total variation, both foretold. */
  readonly points: readonly (readonly [cost: number, totalVariation: number])[];
}

/** What is foretold of each family from one proposal a draw to a thousand. */
export function predictedCurves(
  critic: string,
  { pilots, logWeightBound }: Weights,
): readonly PredictedCurve[] {
  const prediction = predictSelection(pilots);
  const most = prediction.maximumWeight;
  const sizes = [...new Set(Array.from({ length: 41 }, (_, i) => Math.round(2 ** (i / 4))))];
  const start = "target";
  const families: Partial<Record<Family, (size: number) => DrawPrediction>> = {
    "MH, forward": (chainLength) => prediction.metropolisHastings({ chainLength, start }),
    "MH, backward": (chainLength) => prediction.metropolisHastings({ chainLength, start, logWeightBound }),
    OBRS: (size) => prediction.budgetedRejection({ budget: 1 / Math.min(size, most) }),
    SIR: (candidates) => prediction.importanceResampling({ candidates }),
    "i-SIR": (size) => prediction.iteratedSir({ candidates: size + 1, steps: 4, start }),
    DRS: (size) => prediction.discriminatorRejection({ gamma: Math.log(Math.min(1, size / most)) }),
  };
  return Object.entries(families).map(([family, predict]) => ({
    critic,
    family: family as Family,
    points: sizes.map((size) => {
      const { proposalsPerDraw, totalVariation } = predict(size);
      return [Number(proposalsPerDraw.toPrecision(4)), Number(totalVariation.toPrecision(4))] as const;
    }),
  }));
}

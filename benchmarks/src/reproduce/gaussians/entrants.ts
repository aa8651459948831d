import {
  discriminatorTransport,
  gradientFlow,
  type LatentSampler,
  latentIteratedSirMala,
  latentLangevin,
  latentMala,
} from "@mhgan/gan-core";
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
import type { CriticName } from "./critics.ts";

/** A sampler with the weights it works on. */
export interface Entrant {
  readonly name: string;
  readonly critic: CriticName;
  readonly sampler: Selector | LatentSampler;
  /** What is foretold of its draws. */
  readonly predict?: (prediction: SelectionPrediction) => DrawPrediction;
}

const CHAIN_LENGTH = 640;
const drs = discriminatorRejection({ gamma: { percentile: 95 }, epsilon: 1e-6 });
const mh = metropolisHastings({ chainLength: CHAIN_LENGTH });

/** The critics on which samplers are compared at equal cost. */
export const compared: readonly CriticName[] = ["own", "refit"];

/** The samplers of the paper's table, and perfect sampling. */
export const paperEntrants: readonly Entrant[] = [
  { name: "DRS", critic: "identity", sampler: drs },
  { name: "DRS, isotonic", critic: "own", sampler: drs },
  { name: `MH-GAN uncalibrated, K = ${CHAIN_LENGTH}`, critic: "identity", sampler: mh },
  { name: `MH-GAN, K = ${CHAIN_LENGTH}`, critic: "own", sampler: mh },
  { name: "MH-GAN, K = 64", critic: "own", sampler: metropolisHastings({ chainLength: 64 }) },
  { name: "perfect sampling", critic: "own", sampler: couplingFromThePast() },
  { name: `trained on + MH-GAN, K = ${CHAIN_LENGTH}`, critic: "trainedOn", sampler: mh },
  {
    name: "trained on + MH-GAN, K = 64",
    critic: "trainedOn",
    sampler: metropolisHastings({ chainLength: 64 }),
  },
  { name: "trained on + perfect sampling", critic: "trainedOn", sampler: couplingFromThePast() },
  { name: `refit + MH-GAN, K = ${CHAIN_LENGTH}`, critic: "refit", sampler: mh },
  { name: "refit + MH-GAN, K = 64", critic: "refit", sampler: metropolisHastings({ chainLength: 64 }) },
  // Perfect sampling of the refit takes some thousand calls a draw: its largest weight is that large.
  { name: "refit + OBRS, budget 1/16", critic: "refit", sampler: budgetedRejection({ budget: 1 / 16 }) },
];

/** Samplers whose cost is what it is. */
export const exactEntrants: readonly Entrant[] = [
  {
    name: "couplingFromThePast",
    critic: "own",
    sampler: couplingFromThePast(),
    predict: (p) => p.couplingFromThePast(),
  },
  { name: "rejection", critic: "own", sampler: rejection(), predict: (p) => p.rejection() },
];

/** Candidates and steps of i-SIR that take these many proposals. */
const iterated = new Map([
  [4, { candidates: 3, steps: 2 }],
  [16, { candidates: 5, steps: 4 }],
  [64, { candidates: 9, steps: 8 }],
]);

/** Generator calls a draw at which samplers are compared. */
export const budgets: readonly number[] = [...iterated.keys()];

/** Every sampler set so that a draw takes about `budget` generator calls. */
export function entrantsAt(
  budget: number,
  critic: CriticName,
  prediction: SelectionPrediction,
): readonly Entrant[] {
  const sir = iterated.get(budget)!;
  const gamma = gammaFor(budget, prediction);
  const backward = backwardLength(budget, prediction);
  return [
    {
      name: "metropolisHastings, forward, K = budget",
      critic,
      sampler: forward(metropolisHastings({ chainLength: budget })),
      predict: (p) => p.metropolisHastings({ chainLength: budget, start: "target" }),
    },
    {
      name: "metropolisHastings, backward",
      critic,
      sampler: metropolisHastings({ chainLength: backward }),
      predict: (p) => p.metropolisHastings({ chainLength: backward, start: "target" }),
    },
    {
      name: `iteratedSir, ${sir.steps} steps with ${sir.candidates} candidates`,
      critic,
      sampler: iteratedSir(sir),
      predict: (p) => p.iteratedSir({ ...sir, start: "target" }),
    },
    {
      name: `importanceResampling, 1 of ${budget}`,
      critic,
      sampler: importanceResampling({ candidates: budget }),
      predict: (p) => p.importanceResampling({ candidates: budget }),
    },
    {
      name: `importanceResampling, 1,000 of ${(budget * 1000).toLocaleString("en")}`,
      critic,
      sampler: importanceResampling({ candidates: budget * 1000, draws: 1000 }),
    },
    {
      name: "discriminatorRejection",
      critic,
      sampler: discriminatorRejection({ gamma }),
      predict: (p) => p.discriminatorRejection({ gamma }),
    },
    {
      name: "budgetedRejection",
      critic,
      sampler: budgetedRejection({ budget: 1 / budget }),
      predict: (p) => p.budgetedRejection({ budget: 1 / budget }),
    },
  ];
}

/** About what one evaluation with a gradient costs, in evaluations without. */
export const GRADIENT_COST = 3;

/** Samplers that move through the latent space, with as many steps as cost about `budget` generator calls. */
export function latentEntrantsAt(budget: number): readonly Entrant[] {
  // A chain of n steps takes the gradient at its start and after each step.
  const steps = Math.max(1, Math.round(budget / GRADIENT_COST) - 1);
  const candidates = Math.min(10, Math.max(2, Math.round(budget / 4)));
  const step = candidates - 1 + 2 * GRADIENT_COST;
  const critic = "own";
  // Of two latents and narrow modes the published steps, meant for images, are far too long: a tenth and a hundredth, as the docs advise.
  return [
    { name: "latentLangevin, τ .001", critic, sampler: latentLangevin({ steps, stepSize: 0.001 }) },
    { name: "latentMala, tuned", critic, sampler: latentMala({ steps, stepSize: "tuned" }) },
    {
      name: "latentIteratedSirMala",
      critic,
      sampler: latentIteratedSirMala({
        candidates,
        localSteps: 1,
        steps: Math.max(1, Math.round(budget / step)),
      }),
    },
    { name: "gradientFlow, η .001", critic, sampler: gradientFlow({ steps, stepSize: 0.001 }) },
    { name: "discriminatorTransport", critic, sampler: discriminatorTransport({ steps, keepNorm: false }) },
  ];
}

/** The γ of discriminator rejection for which a draw takes these many proposals, or the largest that is left of them. */
export function gammaFor(budget: number, prediction: SelectionPrediction): number {
  const cost = (gamma: number): number => prediction.discriminatorRejection({ gamma }).proposalsPerDraw;
  let [low, high] = [-30, 30];
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2;
    if (cost(middle) < budget) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The longest chain, up to 10,000, that looks at these many proposals when it is found backward. */
function backwardLength(budget: number, prediction: SelectionPrediction): number {
  let [low, high] = [budget, 10_000];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (prediction.backwardProposals(middle) <= budget) low = middle;
    else high = middle - 1;
  }
  return low;
}

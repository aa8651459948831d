import { oneDimensionalPair } from "@mhgan/datasets";
import {
  budgetedAcceptance,
  budgetedRejection,
  couplingFromThePast,
  discriminatorRejection,
  type GradientState,
  importanceResampling,
  iteratedSir,
  iteratedSirMala,
  type Kernel,
  langevin,
  mala,
  metropolisHastings,
  type RandomStream,
  rejection,
  type Selector,
  sample,
  selectDiscriminatorRejection,
  tempered,
} from "@mhgan/mcmc";
import { predictSelection, type SelectionPrediction } from "@mhgan/mcmc/predictions";
import {
  chainFromProposalLaw,
  chainLaw,
  type ExactLaw,
  firstAcceptedLaw,
  iteratedSirLaw,
  iteratedSirStep,
  keepOnAcceptLaw,
  langevinStep,
  oneOfManyLaw,
  targetLaw,
} from "./exact-laws.ts";
import { type Line, lineOf, reweighted } from "./line.ts";
import { drawBySelector, drawKeptOnAccept, type SampledDraws } from "./sampling.ts";

/** What is foretold from pilots. */
export interface Foretold {
  readonly totalVariation?: number;
  readonly proposals?: number;
  readonly capOut?: number;
  readonly acceptance?: number;
}

/** A sampler with its exact law, what is foretold of it, and its draws. */
export interface Entrant {
  readonly name: string;
  readonly exact: ExactLaw;
  readonly foretold: Foretold;
  /** Draws, of those asked for as many as are worth their cost. */
  draw(draws: number, random: RandomStream): SampledDraws | Promise<SampledDraws>;
}

/** How fine the quadrature is. */
export interface Fineness {
  /** Cells to a unit of length where sums over cells do. */
  readonly sums: number;
  /** Where each cell takes an integral. */
  readonly integrals: number;
  /** Where each pair of cells has an entry in a matrix. */
  readonly matrices: number;
}

/** The weight at which weights are cut for the exact samplers: the true largest is above a million. */
export const CUT = 200;
const LOG_CUT = Math.log(CUT);

/** Proposals that all draws of one sampler may take together; those of the chains of the paper's figure may take all that they need. */
const PROPOSALS = 12_000_000;
const FIGURE_LENGTH = 640;

/** Every sampler. Rules that are learnt are learnt from the pilots, and the exact law is that of the rule. */
export function entrantsFor(pilotLogWeights: Float64Array, fineness: Fineness): readonly Entrant[] {
  const line = lineOf(fineness.sums);
  const coarse = lineOf(fineness.integrals);
  const cut = reweighted(line, (weight) => Math.min(weight, CUT));
  const prediction = predictSelection(pilotLogWeights);
  const cutPilots = pilotLogWeights.map((value) => Math.min(value, LOG_CUT));
  const cutPrediction = predictSelection(cutPilots);

  const bySelector = (
    name: string,
    selector: Selector,
    exact: ExactLaw,
    foretold: Foretold,
    options: {
      readonly stepsFromData?: number;
      readonly largestLogWeight?: number;
      readonly limit?: number;
    } = {},
  ): Entrant => ({
    name,
    exact,
    foretold,
    draw: (draws, random) =>
      drawBySelector(selector, {
        draws: Math.min(draws, Math.ceil((options.limit ?? PROPOSALS) / exact.proposals!)),
        proposals: exact.proposals!,
        stepsFromData: 0,
        pilotLogWeights,
        random,
        ...options,
      }),
  });
  const costOf = ({
    totalVariation,
    proposalsPerDraw,
  }: ReturnType<SelectionPrediction["rejection"]>): Foretold => ({
    totalVariation,
    proposals: proposalsPerDraw,
  });
  const chains = [1, 10, 100, 640, 1000].map((chainLength) =>
    bySelector(
      `MH, K = ${chainLength}`,
      metropolisHastings({ chainLength, restart: "fresh" }),
      chainLaw(line, chainLength, "fresh"),
      {
        ...costOf(prediction.metropolisHastings({ chainLength, start: "target" })),
        capOut: prediction.capOut(chainLength),
        acceptance: prediction.acceptanceRate,
      },
      {
        stepsFromData: chainLength,
        ...(chainLength === FIGURE_LENGTH && { limit: Number.POSITIVE_INFINITY }),
      },
    ),
  );
  const drs = (name: string, gamma: number | { readonly percentile: number }): Entrant => {
    const epsilon = 1e-6;
    const { gamma: shift } = selectDiscriminatorRejection(pilotLogWeights, {
      random: () => 0,
      maximum: "batch",
      epsilon,
      gamma,
    });
    const largest = Math.max(...pilotLogWeights);
    const acceptance = (weight: number): number => {
      const logRatio = Math.min(0, Math.log(weight) - largest);
      return 1 / (1 + Math.exp(shift - logRatio + Math.log(-Math.expm1(logRatio - epsilon))));
    };
    const options = { gamma, epsilon, candidates: 640 };
    const exact = firstAcceptedLaw(line, acceptance, options.candidates);
    const foretold = costOf(prediction.discriminatorRejection(options));
    return bySelector(name, discriminatorRejection(options), exact, foretold);
  };
  const obrs = [0.05, 0.1, 0.2, 0.4].map((budget) => {
    const scale = Math.exp(budgetedAcceptance(pilotLogWeights, budget).logScale);
    const exact = firstAcceptedLaw(line, (weight) => Math.min(1, scale * weight));
    const foretold = costOf(prediction.budgetedRejection({ budget }));
    return bySelector(`OBRS, budget ${budget}`, budgetedRejection({ budget }), exact, foretold);
  });
  const sir = { candidates: 641 };
  const iterated = { candidates: 5, steps: 20 };
  const half = reweighted(line, Math.sqrt);
  // How far the cut target is from the data, as the pilots have it.
  const cutLoss = halfDistance(shares(cutPilots), shares(pilotLogWeights));
  const exactCost = { totalVariation: cutLoss, proposals: cutPrediction.rejection().proposalsPerDraw };
  const cutOptions = { largestLogWeight: LOG_CUT };
  return [
    ...chains,
    bySelector(
      "MH, K = 640, the start stays if it is never left",
      metropolisHastings({ chainLength: 640, restart: "never" }),
      chainLaw(line, 640, "never"),
      {
        ...costOf(prediction.metropolisHastings({ chainLength: 640, start: "target", restart: "never" })),
        capOut: prediction.capOut(640),
        acceptance: prediction.acceptanceRate,
      },
      { stepsFromData: 640 },
    ),
    bySelector(
      "MH, K = 100, from proposals",
      metropolisHastings({ chainLength: 100 }),
      chainFromProposalLaw(line, 100),
      costOf(prediction.metropolisHastings({ chainLength: 100 })),
    ),
    bySelector(
      "i-SIR, 20 steps of 5 candidates",
      iteratedSir({ ...iterated, restart: "fresh" }),
      iteratedSirLaw(coarse, iterated.candidates, iterated.steps),
      costOf(prediction.iteratedSir({ ...iterated, start: "target" })),
      { stepsFromData: iterated.steps },
    ),
    bySelector(
      "SIR, 1 of 641",
      importanceResampling(sir),
      oneOfManyLaw(coarse, sir.candidates),
      costOf(prediction.importanceResampling(sir)),
    ),
    drs("DRS, γ = 0", 0),
    drs("DRS, γ at the 95th percentile", { percentile: 95 }),
    ...obrs,
    bySelector(
      "MH, K = 100, on w^½",
      tempered(metropolisHastings({ chainLength: 100 }), 0.5),
      chainFromProposalLaw(half, 100),
      { proposals: 100 },
    ),
    bySelector(`rejection, weights cut at ${CUT}`, rejection(), targetLaw(cut), exactCost, cutOptions),
    bySelector(
      `perfect sampling, weights cut at ${CUT}`,
      couplingFromThePast(),
      targetLaw(cut),
      exactCost,
      cutOptions,
    ),
    {
      name: "keep on accept (wrong)",
      exact: keepOnAcceptLaw(line),
      foretold: {
        totalVariation: halfDistance(keptShares(pilotLogWeights), shares(pilotLogWeights)),
        proposals: 1 / prediction.acceptanceRate,
        acceptance: prediction.acceptanceRate,
      },
      draw: (draws, random) => drawKeptOnAccept(Math.min(draws, 100_000), random),
    },
    ...gradientEntrants(lineOf(fineness.matrices)),
  ];
}

/** Weights as shares of the target. */
function shares(logWeights: Float64Array): Float64Array {
  const weights = logWeights.map(Math.exp);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** Shares of pilots among what is kept on acceptance. O(n²). */
function keptShares(logWeights: Float64Array): Float64Array {
  const weights = logWeights.map(Math.exp);
  const left = weights.map((weight) => weights.reduce((sum, other) => sum + Math.min(weight, other), 0));
  const total = left.reduce((sum, value) => sum + value, 0);
  return left.map((value) => value / total);
}

function halfDistance(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0) / 2;
}

const { data, generator } = oneDimensionalPair();
const STEPS = 50;
const STEP_SIZE = 0.2;

/** Kernels that follow the gradient of the density of the data, which no discriminator knows without the generator's; from proposals. */
function gradientEntrants(line: Line): readonly Entrant[] {
  const target = {
    dimensions: 1,
    logDensityAndGradient: (positions: Float64Array) => ({
      logDensities: data.logDensity(positions),
      gradients: positions.map(gradient),
    }),
    propose: (random: RandomStream) => generator.sample(1, random),
    logProposalDensity: (positions: Float64Array) => generator.logDensity(positions),
  };
  const options = { stepSize: STEP_SIZE };
  const corrected = langevinStep(line, gradient, STEP_SIZE, true);
  const global = iteratedSirStep(line, 5);
  const entrant = (
    name: string,
    kernel: Kernel<GradientState>,
    steps: number,
    step: (mass: Float64Array) => Float64Array,
  ): Entrant => {
    let mass: Float64Array = line.generator;
    for (let i = 0; i < steps; i++) mass = step(mass);
    return {
      name,
      exact: { line, mass },
      foretold: {},
      draw: async (draws, random) => ({
        points: (
          await sample(kernel, {
            draws: Math.min(draws, 20_000),
            chainLength: steps,
            seed: random,
            start: (stream) => generator.sample(1, stream),
          })
        ).draws,
      }),
    };
  };
  return [
    entrant(`MALA, ${STEPS} steps`, mala(target, options), STEPS, corrected),
    entrant(
      `Langevin without correction, ${STEPS} steps`,
      langevin(target, options),
      STEPS,
      langevinStep(line, gradient, STEP_SIZE, false),
    ),
    entrant(
      "i-SIR of 5 candidates and MALA, 10 steps of each",
      iteratedSirMala(target, { ...options, candidates: 5, localSteps: 1 }),
      10,
      (mass) => corrected(global(mass)),
    ),
  ];
}

/** The slope of the log density of the data. */
function gradient(x: number): number {
  let [slope, density] = [0, 0];
  for (let mode = 0; mode < 4; mode++) {
    const part = Math.exp(-((x - mode) ** 2 - x ** 2) / (2 * 0.25 ** 2));
    slope += (part * (mode - x)) / 0.25 ** 2;
    density += part;
  }
  return slope / density;
}

// A posterior with two modes that no local step joins. A ship measures its distances to two beacons on a line: it is where two circles
// cross, and they cross twice. Dead reckoning says "rather north", so the northern mode holds more mass. How much more?

import { gaussianMixture } from "@mhgan/datasets";
import {
  independenceSampler,
  iteratedSirMala,
  mala,
  pilotLogWeights,
  randomStream,
  sample,
} from "@mhgan/mcmc";
import { monteCarloErrorOfMean, type SummaryRow, summarize } from "@mhgan/mcmc/diagnostics";
import { predictSelection, type SelectionPrediction } from "@mhgan/mcmc/predictions";

/** Kilometres. */
const BEACONS = [
  { east: -1, north: 0, distance: 2.2 },
  { east: 1, north: 0, distance: 1.9 },
] as const;
const DISTANCE_SD = 0.15;
const RECKONING = { east: 0, north: 1, sd: 2 } as const;

const EAST = (BEACONS[0].distance ** 2 - BEACONS[1].distance ** 2) / 4;
const NORTH = Math.sqrt(BEACONS[0].distance ** 2 - (EAST + 1) ** 2);
/** Where the circles cross: close to the modes, known without any sampling. */
export const crossings: readonly (readonly [east: number, north: number])[] = [
  [EAST, NORTH],
  [EAST, -NORTH],
];

/** The log posterior up to a constant, and its gradient, for rows of [east, north]. */
export function logPosterior(positions: ArrayLike<number>): {
  logDensities: Float64Array;
  gradients: Float64Array;
} {
  const logDensities = new Float64Array(positions.length / 2);
  const gradients = new Float64Array(positions.length);
  logDensities.forEach((_, i) => {
    const [east, north] = [positions[2 * i]!, positions[2 * i + 1]!];
    const [fromEast, fromNorth] = [east - RECKONING.east, north - RECKONING.north];
    let logDensity = -(fromEast ** 2 + fromNorth ** 2) / (2 * RECKONING.sd ** 2);
    let [gradientEast, gradientNorth] = [-fromEast / RECKONING.sd ** 2, -fromNorth / RECKONING.sd ** 2];
    for (const beacon of BEACONS) {
      const distance = Math.hypot(east - beacon.east, north - beacon.north);
      const pull = (beacon.distance - distance) / DISTANCE_SD ** 2;
      logDensity -= (pull * DISTANCE_SD) ** 2 / 2;
      gradientEast += (pull * (east - beacon.east)) / distance;
      gradientNorth += (pull * (north - beacon.north)) / distance;
    }
    logDensities[i] = logDensity;
    gradients.set([gradientEast, gradientNorth], 2 * i);
  });
  return { logDensities, gradients };
}

/**
 * A rough fit: a Gaussian at each crossing, as wide as the posterior's widest direction, and one three times as wide for the
 * tails. It gives both modes the same mass, which is wrong; the weights mend that.
 */
const proposal = gaussianMixture({
  dimensions: 2,
  means: [...crossings, ...crossings].flat(),
  sd: [0.2, 0.2, 0.6, 0.6],
  weights: [4, 4, 1, 1],
});

/** Found by trial: MALA then accepts about 0.57 of its proposals, as it should. */
const STEP_SIZE = 0.048;

/** What one sampler made of the posterior. */
export interface Exploration {
  readonly name: string;
  /** The share of draws north of the beacons, and its Monte Carlo error: NaN if all draws are on one side. */
  readonly northShare: number;
  readonly error: number;
  readonly east: SummaryRow;
  readonly north: SummaryRow;
  readonly acceptanceRate: number;
  /** How often the posterior is evaluated for a draw. */
  readonly evaluationsPerDraw: number;
}

/** Four samplers, and what the weights of some proposals said before the first of them ran. */
export interface BimodalResult {
  readonly prediction: SelectionPrediction;
  readonly burnIn: number;
  readonly explorations: readonly Exploration[];
}

/** Explores the posterior with four chains each of independence Metropolis-Hastings, MALA and i-SIR with MALA. */
export async function exploreBimodal(draws: number, seed: number): Promise<BimodalResult> {
  const root = randomStream(seed);
  const target = {
    propose: (random: () => number) => proposal.sample(1, random),
    logWeight: (position: Float64Array) =>
      logPosterior(position).logDensities[0]! - proposal.logDensity(position)[0]!,
  };
  // Before paying for chains: is the proposal good enough, and how soon have chains forgotten where they began?
  const prediction = predictSelection(await pilotLogWeights(target, { count: 4000, seed: root }));
  const burnIn = prediction.chainLength(0.001, "proposal");
  const chains = 4;
  const plan = { draws, chains, burnIn };

  const independence = await sample(independenceSampler(target), {
    ...plan,
    seed: root.split("independence"),
  });
  const gradientTarget = { dimensions: 2, logDensityAndGradient: logPosterior };
  const local = mala(gradientTarget, { stepSize: STEP_SIZE });
  const fromNorth = await sample(local, { ...plan, seed: root.split("north"), start: () => crossings[0]! });
  const fromBoth = await sample(local, {
    ...plan,
    seed: root.split("both"),
    start: (_, chain) => crossings[chain % 2]!,
  });
  const candidates = 5;
  const localSteps = 3;
  const everywhere = await sample(
    iteratedSirMala(
      { ...gradientTarget, propose: target.propose, logProposalDensity: proposal.logDensity },
      { candidates, localSteps, stepSize: STEP_SIZE },
    ),
    { ...plan, seed: root.split("everywhere"), start: () => crossings[0]! },
  );

  const explored = (
    name: string,
    { acceptanceRate }: { readonly acceptanceRate: number },
    evaluationsPerDraw: number,
    rows: ArrayLike<number>,
  ): Exploration => {
    const [east, north] = summarize(rows, { chains, names: ["east", "north"] });
    const isNorth = Float64Array.from({ length: draws }, (_, i) => (rows[2 * i + 1]! > 0 ? 1 : 0));
    const northShare = isNorth.reduce((sum, is) => sum + is, 0) / draws;
    const error = monteCarloErrorOfMean(isNorth, { chains });
    return { name, northShare, error, east: east!, north: north!, acceptanceRate, evaluationsPerDraw };
  };
  const independent = independence.draws.flatMap((position) => Array.from(position));
  return {
    prediction,
    burnIn,
    explorations: [
      explored("independence", independence, 1, independent),
      explored("MALA from the north", fromNorth, 1, fromNorth.draws),
      explored("MALA from both", fromBoth, 1, fromBoth.draws),
      // The proposals, what was selected of them, and the local steps.
      explored("i-SIR with MALA", everywhere, candidates - 1 + 1 + localSteps, everywhere.draws),
    ],
  };
}

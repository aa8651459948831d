import { fitIsotonic, type IsotonicCalibrator } from "@mhgan/calibration";
import { normal, type RandomStream, randomStream, selectMetropolisHastings } from "@mhgan/mcmc";
import { judgeWeights } from "./judge-weights.ts";
import { type MeanAndError, meanAndError } from "./mean-and-error.ts";
import { normalTail } from "./normal-tail.ts";
import { normalPair } from "./score-pair.ts";
import type { TailRule } from "./tail-rules.ts";

/** The shares of fresh samples to which an isotonic fit gives a probability of exactly 0 or 1. */
export interface FrozenShares {
  /** A chain that starts here is left only for another exact 1. */
  readonly realAtOne: number;
  readonly fakeAtOne: number;
  readonly fakeAtZero: number;
}

/** The name of the row of a perfect discriminator: log p/q = d·(s − d/2). */
export const TRUTH = "true weights";

/** How often chains never leave their start, by one way to weigh their proposals. */
export interface CapOutRow {
  readonly name: string;
  /** The share of the chains that were run. */
  readonly capOut: MeanAndError;
  /** The probability for the same weights, by quadrature. */
  readonly expectedCapOut: MeanAndError;
  /** w*, the largest odds that any score can get. */
  readonly maximumWeight: MeanAndError;
}

export interface FrozenChainsOptions {
  /** Between the means of real and of fake scores, which are normal of variance 1. */
  readonly distance: number;
  /** Scores of each class to which calibrators are fitted. */
  readonly size: number;
  readonly rules: readonly TailRule[];
  /** Fits. */
  readonly runs: number;
  /** Chains for each fit. */
  readonly chains: number;
  readonly chainLength: number;
  readonly seed: number;
}

/**
 * Shows what probabilities of 0 and 1 do to MH-GAN: calibrates scores, then starts chains at fresh real scores and proposes
 * fresh fakes. All rules and the true weights, in the last row, see the same scores and decide by the same uniforms.
 */
export function frozenChains(options: FrozenChainsOptions): {
  shares: Record<keyof FrozenShares, MeanAndError>;
  rows: CapOutRow[];
} {
  const { distance, size, rules, runs, chainLength } = options;
  const pair = normalPair(distance);
  const truth = (scores: Float64Array): Float64Array =>
    scores.map((score) => distance * (score - distance / 2));
  const shares: FrozenShares[] = [];
  const rates = [...rules.map(({ name }) => name), TRUTH].map((name) => ({
    name,
    capOut: [] as number[],
    expectedCapOut: [] as number[],
    maximumWeight: [] as number[],
  }));
  for (let run = 0; run < runs; run++) {
    const random = randomStream(options.seed).split(distance).split(size).split(run);
    const { scores, labels } = pair.sample(size, random.split("fit"));
    shares.push(frozenShares(fitIsotonic(scores, labels), distance));
    const weighings = rules.map((rule) => {
      const calibrator = rule.fit(scores, labels);
      return {
        toLogWeights: (fresh: Float64Array) => calibrator.logOdds(fresh),
        maximum: calibrator.maxLogOdds,
      };
    });
    weighings.push({ toLogWeights: truth, maximum: Infinity });
    const capOuts = capOutRates(
      weighings.map(({ toLogWeights }) => toLogWeights),
      options,
      random.split("chains"),
    );
    weighings.forEach(({ toLogWeights, maximum }, i) => {
      const judgement = judgeWeights(pair.grid, toLogWeights(pair.grid.scores), maximum, chainLength);
      rates[i]!.capOut.push(capOuts[i]!);
      rates[i]!.expectedCapOut.push(judgement.capOut);
      rates[i]!.maximumWeight.push(judgement.maximumWeight);
    });
  }
  const over = (name: keyof FrozenShares): MeanAndError => meanAndError(shares.map((share) => share[name]));
  return {
    shares: {
      realAtOne: over("realAtOne"),
      fakeAtOne: over("fakeAtOne"),
      fakeAtZero: over("fakeAtZero"),
    },
    rows: rates.map(({ name, capOut, expectedCapOut, maximumWeight }) => ({
      name,
      capOut: meanAndError(capOut),
      expectedCapOut: meanAndError(expectedCapOut),
      maximumWeight: meanAndError(maximumWeight),
    })),
  };
}

/** The shares of normal scores beyond the thresholds of the plateaus, which are known exactly. */
export function frozenShares({ thresholds, values }: IsotonicCalibrator, distance: number): FrozenShares {
  const ones = values.indexOf(1);
  const zeros = values.lastIndexOf(0);
  const one = ones < 0 ? Infinity : thresholds[ones]!;
  const zero = zeros < 0 ? -Infinity : thresholds[zeros]!;
  return {
    realAtOne: normalTail(one - distance),
    fakeAtOne: normalTail(one),
    fakeAtZero: normalTail(-zero),
  };
}

/** The share of chains that keep their start, for each way to weigh scores. */
function capOutRates(
  weighings: readonly ((scores: Float64Array) => Float64Array)[],
  { distance, chains, chainLength }: FrozenChainsOptions,
  random: RandomStream,
): number[] {
  const draw = (count: number, mean: number, stream: RandomStream): Float64Array =>
    Float64Array.from({ length: count }, () => mean + normal(stream));
  const starts = draw(chains, distance, random.split("starts"));
  const proposals = draw(chains * chainLength, 0, random.split("proposals"));
  return weighings.map((toLogWeights) => {
    const startLogWeights = toLogWeights(starts);
    const logWeights = toLogWeights(proposals);
    let capOuts = 0;
    startLogWeights.forEach((initialLogWeight, chain) => {
      const chainLogWeights = logWeights.subarray(chain * chainLength, (chain + 1) * chainLength);
      const accept = random.split("accept").split(chain);
      if (selectMetropolisHastings(chainLogWeights, { initialLogWeight, random: accept }).capOut) capOuts++;
    });
    return capOuts / chains;
  });
}

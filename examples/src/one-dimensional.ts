import { oneDimensionalPair } from "@mhgan/datasets";
import { randomStream, selectMetropolisHastings } from "@mhgan/mcmc";

/** What Metropolis-Hastings does on the paper's one-dimensional example, with standard errors. */
export interface OneDimensionalResult {
  readonly acceptance: number;
  readonly capOut: number;
  /** Share of draws around the mode that the generator has lost. */
  readonly fourthMode: number;
  /** Total variation between the law of the draws and the data. */
  readonly totalVariation: number;
  readonly standardErrors: {
    readonly capOut: number;
    readonly fourthMode: number;
    readonly acceptance: number;
  };
}

const CHAINS_AT_ONCE = 100;

/**
 * The one-dimensional example of the MH-GAN paper (figure 2) with its perfect discriminator: chains of K proposals from
 * a generator that has lost a mode, each started from a real sample.
 */
export function oneDimensional(draws: number, chainLength: number, seed: number): OneDimensionalResult {
  const { data, generator } = oneDimensionalPair();
  const logWeights = (points: Float64Array): Float64Array => {
    const logData = data.logDensity(points);
    const logGenerator = generator.logDensity(points);
    return logData.map((value, i) => value - logGenerator[i]!);
  };
  const root = randomStream(seed);
  const drawn = new Float64Array(draws);
  const rates = new Float64Array(draws);
  let capOuts = 0;
  for (let first = 0; first < draws; first += CHAINS_AT_ONCE) {
    const count = Math.min(CHAINS_AT_ONCE, draws - first);
    const group = root.split(first);
    const starts = logWeights(data.sample(count, group.split("starts")));
    const proposals = generator.sample(count * chainLength, group.split("proposals"));
    const weights = logWeights(proposals);
    const random = group.split("accept");
    for (let i = 0; i < count; i++) {
      const chain = weights.subarray(i * chainLength, (i + 1) * chainLength);
      const run = selectMetropolisHastings(chain, { initialLogWeight: starts[i]!, random });
      let { picked } = run;
      let points = proposals.subarray(i * chainLength, (i + 1) * chainLength);
      rates[first + i] = run.acceptanceRate;
      if (run.capOut) {
        capOuts++;
        // The formulas are those of a fresh restart. The same proposals, known to have been refused by a heavy start,
        // are lighter than most, and the fourth mode would come out a little rarer still.
        points = generator.sample(chainLength + 1, group.split("fresh").split(i));
        ({ picked } = selectMetropolisHastings(logWeights(points), { random }));
      }
      drawn[first + i] = points[picked]!;
    }
  }
  const capOut = capOuts / draws;
  const fourthMode = drawn.filter((x) => x > 2.5).length / draws;
  const acceptance = rates.reduce((sum, rate) => sum + rate, 0) / draws;
  const variance = rates.reduce((sum, rate) => sum + (rate - acceptance) ** 2, 0) / draws;
  const binomial = (share: number) => Math.sqrt((share * (1 - share)) / draws);
  return {
    acceptance,
    capOut,
    fourthMode,
    totalVariation: totalVariation(logWeights(drawn), logWeights(data.sample(4 * draws, root.split("data")))),
    standardErrors: {
      acceptance: Math.sqrt(variance / draws),
      capOut: binomial(capOut),
      fourthMode: binomial(fourthMode),
    },
  };
}

/**
 * The share of the fourth mode if one long chain runs and a sample is kept only when it is accepted, as a well-read tutorial
 * does. That is the chain of jumps: it visits heavy points as rarely as the generator proposes them.
 */
export function keepOnAccept(draws: number, seed: number): number {
  const { data, generator, logWeight } = oneDimensionalPair();
  const random = randomStream(seed);
  const [proposals, accept] = [random.split("proposals"), random.split("accept")];
  let current = logWeight(data.sample(1, random.split("start"))[0]!);
  let kept = 0;
  let fourthMode = 0;
  while (kept < draws) {
    const x = generator.sample(1, proposals)[0]!;
    const proposed = logWeight(x);
    if (selectMetropolisHastings([proposed], { initialLogWeight: current, random: accept }).picked !== 0)
      continue;
    current = proposed;
    kept++;
    if (x > 2.5) fourthMode++;
  }
  return fourthMode / draws;
}

/**
 * The chain sees a point only through its weight, so the ratio of its law to the data is a function of the weight, and
 * it falls: heavy points are found late. The total variation is then the largest gap between the shares beyond a
 * weight, which is far less noisy than comparing histograms.
 */
function totalVariation(drawn: Float64Array, real: Float64Array): number {
  const a = drawn.slice().sort();
  const b = real.slice().sort();
  let largest = 0;
  let j = 0;
  for (let i = 0; i < a.length; i++) {
    while (j < b.length && b[j]! <= a[i]!) j++;
    largest = Math.max(largest, (i + 1) / a.length - j / b.length);
  }
  return largest;
}

import { gaussianMixture, oneDimensionalPair } from "@mhgan/datasets";
import { exponential, type RandomStream } from "@mhgan/mcmc";

/** A law on the line. `GaussianMixture` is one. */
interface Law {
  sample(count: number, random: () => number): Float64Array;
  logDensity(points: ArrayLike<number>): Float64Array;
}

/** Points of a quadrature, in ascending order of the score; every array has one entry per point. */
export interface ScoreGrid {
  readonly scores: Float64Array;
  /** The probability of each under p, the law of real scores. Sums to 1. */
  readonly real: Float64Array;
  /** The probability of each under q, the law of fake scores. Sums to 1. */
  readonly fake: Float64Array;
  /** The truth at each: log p/q. */
  readonly logWeights: Float64Array;
}

/** Two laws of scores, real and fake, of which everything is known. The ratio of their densities rises with the score. */
export interface ScorePair {
  readonly name: string;
  /** The largest true weight p/q. */
  readonly maximumWeight: number;
  readonly grid: ScoreGrid;
  /** Scores of `size` real and then `size` fake samples, with labels 1 and 0. */
  sample(size: number, random: RandomStream): { scores: Float64Array; labels: Float64Array };
}

/** So many that a point has far less mass than a plateau of an isotonic fit to 100,000 rows. */
const POINTS = 2 ** 14;

/** Unit-variance normal scores whose means are `distance` apart: log p/q = d·(s − d/2), which has no bound. */
export function normalPair(distance: number): ScorePair {
  const at = (mean: number): Law => gaussianMixture({ means: [mean], dimensions: 1, sd: 1 });
  return scorePair(`normal, d = ${distance}`, at(distance), at(0), [-8, distance + 8], Infinity);
}

/** Laplace scores: log p/q = |s| − |s − d| is flat in both tails, so no weight is beyond e^d. */
export function laplacePair(distance: number): ScorePair {
  const at = (centre: number): Law => ({
    sample: (count, random) =>
      Float64Array.from({ length: count }, () => centre + (random() < 0.5 ? -1 : 1) * exponential(random)),
    logDensity: (points) => Float64Array.from(points, (x) => -Math.abs(x - centre) - Math.LN2),
  });
  const range = [-40, distance + 40] as const;
  return scorePair(`Laplace, d = ${distance}`, at(distance), at(0), range, Math.exp(distance));
}

/** Exponential scores of means 2 and 1: weights of a Pareto tail so heavy that their variance is infinite. */
export function exponentialPair(): ScorePair {
  const withMean = (mean: number): Law => ({
    sample: (count, random) => Float64Array.from({ length: count }, () => mean * exponential(random)),
    logDensity: (points) => Float64Array.from(points, (x) => -x / mean - Math.log(mean)),
  });
  return scorePair("exponential, means 2 and 1", withMean(2), withMean(1), [0, 80], Infinity);
}

/** Normal scores half a standard deviation apart, and one fake in ten far below all the others. */
export function strayPair(): ScorePair {
  const real = gaussianMixture({ means: [2], dimensions: 1, sd: 1 });
  const fake = gaussianMixture({ means: [1.5, -4], dimensions: 1, sd: 1, weights: [0.9, 0.1] });
  return scorePair("stray fakes", real, fake, [-12, 10], Infinity);
}

/** The one-dimensional example of the MH-GAN paper, scored by its perfect discriminator. */
export function paperPair(): ScorePair {
  const { data, generator } = oneDimensionalPair();
  return scorePair("paper's 1-D pair", data, generator, [-2.5, 5.5], "largest on the grid", (points) => {
    const fake = generator.logDensity(points);
    return data.logDensity(points).map((value, i) => value - fake[i]!);
  });
}

/** @param range - holds all of both laws but what no sum in double precision would notice. */
function scorePair(
  name: string,
  real: Law,
  fake: Law,
  range: readonly [number, number],
  maximumWeight: number | "largest on the grid",
  toScores: (points: Float64Array) => Float64Array = (points) => points,
): ScorePair {
  const [low, high] = range;
  const points = Float64Array.from({ length: POINTS }, (_, i) => low + ((high - low) * (i + 0.5)) / POINTS);
  const scores = toScores(points);
  const order = Uint32Array.from(points.keys()).sort((a, b) => scores[a]! - scores[b]!);
  const sorted = (values: Float64Array): Float64Array => Float64Array.from(order, (i) => values[i]!);
  const [logReal, logFake] = [sorted(real.logDensity(points)), sorted(fake.logDensity(points))];
  const logWeights = logReal.map((value, i) => value - logFake[i]!);
  return {
    name,
    maximumWeight: maximumWeight === "largest on the grid" ? Math.exp(logWeights.at(-1)!) : maximumWeight,
    grid: { scores: sorted(scores), real: toMasses(logReal), fake: toMasses(logFake), logWeights },
    sample: (size, random) => {
      const drawn = new Float64Array(2 * size);
      drawn.set(toScores(real.sample(size, random.split("real"))));
      drawn.set(toScores(fake.sample(size, random.split("fake"))), size);
      return { scores: drawn, labels: new Float64Array(2 * size).fill(1, 0, size) };
    },
  };
}

function toMasses(logDensities: Float64Array): Float64Array {
  const densities = logDensities.map(Math.exp);
  const total = densities.reduce((sum, density) => sum + density, 0);
  return densities.map((density) => density / total);
}

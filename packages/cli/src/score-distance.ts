import { integer, type RandomStream } from "@mhgan/mcmc";

/** How far draws are from real samples, as far as scores tell one from the other. */
export interface ScoreDistance {
  readonly value: number;
  /** Interval of 95 % from the bootstrap of the draws. */
  readonly low: number;
  readonly high: number;
  /** What as many real samples would get on average: no set can be expected to be nearer. */
  readonly floor: number;
}

const BINS = 20;

/** Draws, and real samples, that a distance needs. */
export const FEWEST_VALUES: number = BINS;

const REPEATS = 200;

/**
 * Total variation between the log weights of draws and of real samples, over bins that hold equally many real ones.
 *
 * Selectors see samples only through their weights, so this is what predictions of the total variation are held against. It is biased upward by
 * the finite number of draws: see `floor`.
 *
 * @throws {RangeError} if either has fewer than 20 values.
 */
export function scoreDistance(
  draws: ArrayLike<number>,
  real: ArrayLike<number>,
  random: RandomStream,
): ScoreDistance {
  if (draws.length < BINS || real.length < BINS) {
    throw new RangeError(
      `scoreDistance: at least ${BINS} draws and real samples are needed, got ${draws.length} and ${real.length}`,
    );
  }
  const sorted = Float64Array.from(real).sort();
  const edges = Float64Array.from(
    { length: BINS - 1 },
    (_, i) => sorted[Math.floor(((i + 1) * sorted.length) / BINS)]!,
  );
  const binsOf = (values: ArrayLike<number>) =>
    Uint8Array.from({ length: values.length }, (_, i) => binOf(edges, values[i]!));
  const [ofDraws, ofReal] = [binsOf(draws), binsOf(real)];
  const target = shares(ofReal, ofReal.length, (i) => i);
  const resampled = (from: Uint8Array): Float64Array =>
    Float64Array.from({ length: REPEATS }, () =>
      distance(
        shares(from, ofDraws.length, () => integer(random, from.length)),
        target,
      ),
    ).sort();
  const value = distance(
    shares(ofDraws, ofDraws.length, (i) => i),
    target,
  );
  const floors = resampled(ofReal);
  // Resampling adds the noise of a sample to that of the draws: it moves the whole distribution up, so it is centred at the value.
  const spread = resampled(ofDraws);
  const shift = value - spread[REPEATS / 2]!;
  return {
    value,
    low: Math.max(0, spread[Math.floor(0.025 * REPEATS)]! + shift),
    high: Math.min(1, spread[Math.ceil(0.975 * REPEATS) - 1]! + shift),
    floor: floors.reduce((sum, each) => sum + each, 0) / REPEATS,
  };
}

/** How many edges are at most the value. */
function binOf(edges: Float64Array, value: number): number {
  let [low, high] = [0, edges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edges[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function shares(bins: Uint8Array, count: number, index: (i: number) => number): Float64Array {
  const result = new Float64Array(BINS);
  for (let i = 0; i < count; i++) result[bins[index(i)]!]! += 1 / count;
  return result;
}

const distance = (a: Float64Array, b: Float64Array): number =>
  a.reduce((sum, share, i) => sum + Math.abs(share - b[i]!), 0) / 2;

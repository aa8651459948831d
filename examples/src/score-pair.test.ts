import { randomStream } from "@mhgan/mcmc";
import { describe, expect, test } from "vitest";
import { exponentialPair, laplacePair, normalPair, paperPair, strayPair } from "./score-pair.ts";

const pairs = [normalPair(1), normalPair(4), laplacePair(2), exponentialPair(), strayPair(), paperPair()];

/** The largest gap between the sample's share up to a score and the grid's. */
function largestGap(sample: Float64Array, scores: Float64Array, masses: Float64Array): number {
  const sorted = sample.slice().sort();
  let largest = 0;
  let below = 0;
  let drawn = 0;
  masses.forEach((mass, i) => {
    below += mass;
    const next = scores[i + 1] ?? Infinity;
    // Between two points of the grid: half a point's mass is all that can be lost there.
    while (drawn < sorted.length && sorted[drawn]! < (scores[i]! + next) / 2) drawn++;
    largest = Math.max(largest, Math.abs(drawn / sorted.length - below));
  });
  return largest;
}

describe.each(pairs.map((pair) => [pair.name, pair] as const))("%s", (_name, pair) => {
  const { scores, real, fake, logWeights } = pair.grid;

  test("scores and true weights ascend together, and both laws are whole", () => {
    expect(scores).toEqual(scores.slice().sort());
    const steps = logWeights.slice(1).map((value, i) => value - logWeights[i]!);
    // Where the weights are flat they are so but for rounding.
    expect(steps.every((step) => step > -1e-12)).toBe(true);
    const weights = logWeights.map((value, i) => fake[i]! * Math.exp(value));
    for (const masses of [real, fake, weights]) {
      expect(masses.reduce((sum, mass) => sum + mass, 0)).toBeCloseTo(1, 5);
    }
    expect(Math.exp(logWeights.at(-1)!)).toBeLessThanOrEqual(pair.maximumWeight * (1 + 1e-12));
  });

  // Kolmogorov's bound 2·exp(−2·2.5²): each of the twelve comparisons fails for 1 seed in 130,000.
  test("samples follow the grid", () => {
    const size = 20_000;
    const sample = pair.sample(size, randomStream(3));
    expect(sample.labels.reduce((sum, label) => sum + label, 0)).toBe(size);
    expect(sample.labels.subarray(0, size).every((label) => label === 1)).toBe(true);
    const bound = 2.5 / Math.sqrt(size);
    expect(largestGap(sample.scores.subarray(0, size), scores, real)).toBeLessThan(bound);
    expect(largestGap(sample.scores.subarray(size), scores, fake)).toBeLessThan(bound);
  });
});

test("true weights have their closed forms", () => {
  const { scores, logWeights } = normalPair(4).grid;
  scores.forEach((score, i) => {
    expect(Math.abs(logWeights[i]! - 4 * (score - 2))).toBeLessThan(1e-11);
  });
  const laplace = laplacePair(2).grid;
  expect([laplace.logWeights[0], laplace.logWeights.at(-1)]).toEqual([-2, 2]);
  expect(paperPair().grid.scores).toEqual(paperPair().grid.logWeights);
});

import { type RandomStream, randomStream, selectFromArray } from "@mhgan/mcmc";
import { predictSelection } from "@mhgan/mcmc/predictions";
import { describe, expect, it } from "vitest";
import { meanOf, totalVariationOf } from "./measure.ts";
import type { SamplerName } from "./messages.ts";
import { samplers } from "./samplers.ts";

/** Proposals are uniform on (0, 1) and the target has the density 2x, so that the weight of x is 2x, of mean 1 and at most 2. */
const bound = Math.log(2);
const logWeights = (random: RandomStream, count: number, of: (uniform: number) => number): Float64Array =>
  Float64Array.from({ length: count }, () => Math.log(2 * of(1 - random())));

describe("what is measured of a sampler", () => {
  const random = randomStream("samplers");
  const proposals = logWeights(random.split("proposals"), 400_000, (u) => u);
  const real = logWeights(random.split("real"), 40_000, Math.sqrt);
  const pilots = logWeights(random.split("pilots"), 40_000, (u) => u);
  const prediction = predictSelection(pilots, {});

  const cases = Object.entries(samplers).flatMap(([name, { strength }]) =>
    (strength.values.length === 0 ? [1] : [1, 2, 8, 64]).map(
      (value) => [name as SamplerName, value] as const,
    ),
  );

  // Fixed seeds. With others, each of the comparisons would fail once in 15,000 times.
  it.each(cases)("is what was predicted: %s with %i", (name, strength) => {
    const { picked, proposalsUsed } = selectFromArray(proposals, {
      selector: samplers[name].selector(strength),
      seed: random.split("draws"),
      startLogWeights: real,
      logWeightBound: bound,
      pilotLogWeights: pilots,
      draws: 4000,
    });
    const drawn = Float64Array.from(picked, (index) => (index < 0 ? real[-1 - index]! : proposals[index]!));
    const predicted = samplers[name].predict(prediction, strength, bound);
    const distance = totalVariationOf(drawn, real);
    expect(drawn).toHaveLength(4000);
    expect(Math.abs(distance.value - predicted.totalVariation)).toBeLessThan(4 * distance.error);
    const cost = meanOf(proposalsUsed);
    expect(Math.abs(cost.value - predicted.cost)).toBeLessThan(4 * cost.error + 0.01 * predicted.cost);
  });

  it("would not pass for another law", () => {
    const { value, error } = totalVariationOf(proposals.subarray(0, 4000), real);
    // Of 1 and 2x: ∫ |2x − 1| / 2 = 1/4.
    expect(Math.abs(value - 0.25)).toBeLessThan(4 * error);
    expect(value).toBeGreaterThan(20 * error);
  });
});

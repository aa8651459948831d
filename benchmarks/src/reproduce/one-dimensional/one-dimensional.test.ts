import { oneDimensionalPair } from "@mhgan/datasets";
import { normalQuantile, randomStream } from "@mhgan/mcmc";
import { expect, test } from "vitest";
import { compare, figuresOf, modeShares } from "./compare.ts";
import { entrantsFor } from "./entrants.ts";
import {
  chainLaw,
  generatorLaw,
  keepOnAcceptLaw,
  stationaryAcceptance,
  totalVariationFromData,
} from "./exact-laws.ts";
import { lineOf } from "./line.ts";
import { logWeightsOf } from "./sampling.ts";

const line = lineOf(4000);

test("exact laws are those that were calculated by other means", () => {
  expect(totalVariationFromData(generatorLaw(line))).toBeCloseTo(0.2318, 4);
  expect(stationaryAcceptance(line)).toBeCloseTo(0.6798, 4);
  const known: readonly (readonly [number, number, number, number])[] = [
    [1, 0.3202, 0.0238, 0.2268],
    [10, 0.1959, 0.0674, 0.1876],
    [100, 0.1242, 0.1434, 0.116],
    [640, 0.0598, 0.2022, 0.0557],
    [1000, 0.0469, 0.2131, 0.0438],
  ];
  for (const [chainLength, capOut, fourthMode, totalVariation] of known) {
    const law = chainLaw(line, chainLength, "fresh");
    expect(law.capOut).toBeCloseTo(capOut, 4);
    expect(modeShares(law)[3]).toBeCloseTo(fourthMode, 4);
    expect(totalVariationFromData(law)).toBeCloseTo(totalVariation, 4);
    expect(law.mass.reduce((sum, mass) => sum + mass, 0)).toBeCloseTo(1, 6);
  }
  const kept = keepOnAcceptLaw(line);
  expect(totalVariationFromData(kept)).toBeCloseTo(0.2292, 4);
  expect(modeShares(kept)[3]).toBeCloseTo(0.0213, 4);
});

test("draws of every sampler follow its exact law", async () => {
  const random = randomStream("one-dimensional test");
  const pilots = logWeightsOf(oneDimensionalPair().generator.sample(2000, random.split("pilots")));
  const entrants = entrantsFor(pilots, { sums: 1000, integrals: 200, matrices: 60 });
  const cheap = entrants.filter(({ exact }) => (exact.proposals ?? 0) < 150);
  expect(cheap.length).toBeGreaterThan(12);
  const figures = [];
  for (const entrant of cheap) {
    figures.push(...figuresOf(await compare(entrant, 1000, random.split(entrant.name))));
  }
  // Of as many independent standard normal figures one exceeds this in a thousand runs.
  const limit = normalQuantile(1 - 0.001 / figures.length / 2);
  expect(Math.max(...figures.map(({ z }) => Math.abs(z)))).toBeLessThan(limit);
});

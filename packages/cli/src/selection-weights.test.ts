import { calibrateScores } from "@mhgan/gan-core";
import { normal, randomStream } from "@mhgan/mcmc";
import { expect, test } from "vitest";
import { normalisedWeights, selectionWeights } from "./selection-weights.ts";

const random = randomStream(1);
const fake = Float64Array.from({ length: 400 }, () => normal(random));
const real = Float64Array.from({ length: 300 }, () => 1 + normal(random));
const calibrated = calibrateScores(real, fake, { calibrator: "isotonic", seed: 1 });

test("a power of 1 leaves the weights as they are", () => {
  const weights = selectionWeights(calibrated, fake, 1);
  expect(weights.logWeights).toEqual(calibrated.logWeights(fake));
  expect(weights.pilotLogWeights).toBe(calibrated.pilotLogWeights);
  expect(weights.logWeightBound).toBe(calibrated.logWeightBound);
});

test("another power makes differences that much larger, and keeps the mean weight of the pilots at 1", () => {
  const one = selectionWeights(calibrated, fake, 1);
  for (const power of [0, 0.5, 2]) {
    const weights = selectionWeights(calibrated, fake, power);
    for (const key of ["logWeights", "startLogWeights", "pilotLogWeights"] as const) {
      expect(weights[key]).toHaveLength(one[key].length);
      weights[key].forEach((logWeight, i) => {
        const difference = power * (one[key][i]! - one.logWeightBound);
        expect(logWeight - weights.logWeightBound).toBeCloseTo(difference, 9);
      });
    }
    const mean = weights.pilotLogWeights.map(Math.exp).reduce((sum, weight) => sum + weight, 0) / 200;
    expect(mean).toBeCloseTo(1, 9);
  }
});

test("normalisedWeights sum to 1, also where they are far from 0 or infinite", () => {
  expect(Array.from(normalisedWeights(Float64Array.of(-2000, -2000 + Math.log(3))))).toEqual([
    expect.closeTo(0.25, 12),
    expect.closeTo(0.75, 12),
  ]);
  expect(Array.from(normalisedWeights(Float64Array.of(Infinity, 5, Infinity)))).toEqual([0.5, 0, 0.5]);
  expect(() => normalisedWeights(Float64Array.of(-Infinity))).toThrow("every fake score has a weight of 0");
});

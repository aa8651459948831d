import fc from "fast-check";
import { expect, test } from "vitest";
import { kishEffectiveSampleSize } from "./kish-effective-sample-size.ts";

const logWeights = fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: 1, maxLength: 40 });

test("is from 1 to n, and neither a constant factor nor the order of weights matters", () => {
  fc.assert(
    fc.property(logWeights, fc.integer({ min: -5000, max: 5000 }), (weights, constant) => {
      const { ess, relative, maxNormalisedWeight } = kishEffectiveSampleSize(weights);
      expect(ess).toBeGreaterThanOrEqual(1 - 1e-12);
      expect(ess).toBeLessThanOrEqual(weights.length * (1 + 1e-12));
      expect(relative).toBe(ess / weights.length);
      // Σ p² is at most the largest p.
      expect(1 / ess).toBeLessThanOrEqual(maxNormalisedWeight * (1 + 1e-12));
      const moved = weights.map((weight) => weight + constant).reverse();
      expect(kishEffectiveSampleSize(moved).ess / ess).toBeCloseTo(1, 9);
    }),
  );
});

test("of weights that are uniform on [0, 1] is 3/4 of their number", () => {
  // (E w)² / E w² = (1/2)² / (1/3).
  const grid = Float64Array.from({ length: 100_000 }, (_, i) => Math.log((i + 0.5) / 100_000));
  expect(kishEffectiveSampleSize(grid).relative).toBeCloseTo(3 / 4, 8);
});

test("infinite weights are equals; no weight at all is worth nothing", () => {
  expect(kishEffectiveSampleSize([Infinity, 3, Infinity, -Infinity])).toEqual({
    ess: 2,
    relative: 0.5,
    maxNormalisedWeight: 0.5,
  });
  expect(kishEffectiveSampleSize([-Infinity, -Infinity])).toEqual({
    ess: 0,
    relative: 0,
    maxNormalisedWeight: Number.NaN,
  });
});

test("says what is wrong with its arguments", () => {
  expect(() => kishEffectiveSampleSize([])).toThrow(
    new RangeError("kishEffectiveSampleSize: logWeights must not be empty, got length 0"),
  );
  expect(() => kishEffectiveSampleSize([0, Number.NaN])).toThrow(
    new RangeError("kishEffectiveSampleSize: logWeights[1] must be a number or ±Infinity, got NaN"),
  );
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { randomStream } from "../random/random-stream.ts";
import { autoregression } from "../testing/autoregression.ts";
import {
  monteCarloErrorOfMean,
  monteCarloErrorOfQuantile,
  monteCarloErrorOfStandardDeviation,
} from "./monte-carlo-error.ts";

const ofMedian = (draws: ArrayLike<number>, { chains }: { chains: number }): number =>
  monteCarloErrorOfQuantile(draws, { chains, probability: 0.5 });

test("the errors of independent normal draws are the closed forms", () => {
  // Each estimate has relative standard deviation of 2% or less; that of the quantile, a distance of two draws, 5%. Bounds of five.
  const shape = { chains: 4, length: 10_000, correlation: 0 };
  const draws = autoregression(shape, randomStream(1));
  const root = Math.sqrt(draws.length);
  expect(Math.abs(monteCarloErrorOfMean(draws, shape) * root - 1)).toBeLessThan(0.1);
  expect(Math.abs(monteCarloErrorOfStandardDeviation(draws, shape) * root * Math.SQRT2 - 1)).toBeLessThan(
    0.1,
  );
  expect(Math.abs((ofMedian(draws, shape) * root) / Math.sqrt(Math.PI / 2) - 1)).toBeLessThan(0.25);
});

describe.each([
  ["monteCarloErrorOfMean", monteCarloErrorOfMean],
  ["monteCarloErrorOfStandardDeviation", monteCarloErrorOfStandardDeviation],
  ["monteCarloErrorOfQuantile", ofMedian],
])("%s", (name, error) => {
  const draws = autoregression({ chains: 3, length: 61, correlation: 0.4 }, randomStream(name));

  test("is in the unit of the draws and ignores their place", () => {
    const expected = error(draws, { chains: 3 });
    fc.assert(
      fc.property(fc.integer({ min: -20, max: 20 }), (exponent) => {
        const moved = draws.map((x) => (x + 1) * 2 ** exponent);
        expect(error(moved, { chains: 3 }) / 2 ** exponent).toBeCloseTo(expected, 12);
      }),
    );
  });

  test("is NaN for draws that are NaN, infinite or constant, and for short chains", () => {
    for (const bad of [Number.NaN, Infinity]) {
      const withBad = draws.slice();
      withBad[17] = bad;
      expect(error(withBad, { chains: 3 })).toBeNaN();
    }
    expect(error(new Float64Array(40).fill(0.1), { chains: 2 })).toBeNaN();
    expect(error([1, 2, 3, 4, 5], { chains: 1 })).toBeNaN();
  });

  test("says what is wrong with its arguments", () => {
    expect(() => error([1, 2, 3], { chains: 2 })).toThrow(
      new RangeError(`${name}: draws must have a length that is a multiple of chains = 2 and not 0, got 3`),
    );
  });
});

test("the quantile's probability must be one", () => {
  expect(() => monteCarloErrorOfQuantile([1, 2], { chains: 1, probability: -0.1 })).toThrow(
    new RangeError("monteCarloErrorOfQuantile: probability must be in [0, 1], got -0.1"),
  );
});

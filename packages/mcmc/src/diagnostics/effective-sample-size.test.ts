import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { randomStream } from "../random/random-stream.ts";
import { autoregression } from "../testing/autoregression.ts";
import {
  bulkEffectiveSampleSize,
  effectiveSampleSizeOfMean,
  effectiveSampleSizeOfQuantile,
  effectiveSampleSizeOfStandardDeviation,
  tailEffectiveSampleSize,
} from "./effective-sample-size.ts";

const functions = {
  bulkEffectiveSampleSize,
  tailEffectiveSampleSize,
  effectiveSampleSizeOfMean,
  effectiveSampleSizeOfStandardDeviation,
  effectiveSampleSizeOfQuantile: (draws: ArrayLike<number>, options: { chains: number }) =>
    effectiveSampleSizeOfQuantile(draws, { ...options, probability: 0.3 }),
};
const each = Object.entries(functions);

describe("the effective sample size of an autoregression is that of its closed form", () => {
  // The estimate of τ over n draws has relative standard deviation √(2(2W + 1) / n) with a window of W lags (Sokal 1996),
  // here W = 8τ at most: 4% or less. 20% is five of them: a false alarm in 2 million runs, if normal.
  test.each([-0.5, 0, 0.5, 0.9])("correlation %d: the mean", (correlation) => {
    const shape = { chains: 4, length: correlation === 0.9 ? 100_000 : 20_000, correlation };
    const draws = autoregression(shape, randomStream(`${correlation}`));
    const expected = (draws.length * (1 - correlation)) / (1 + correlation);
    expect(effectiveSampleSizeOfMean(draws, shape) / expected).toBeCloseTo(1, 0.7);
    expect(bulkEffectiveSampleSize(draws, shape) / expected).toBeCloseTo(1, 0.7);
  });

  // Squares of a normal autoregression are one with the squared correlation; the sign has autocorrelation 2/π · asin(correlation^t).
  test("correlation 0.7: the standard deviation and the median", () => {
    const shape = { chains: 4, length: 20_000, correlation: 0.7 };
    const draws = autoregression(shape, randomStream(7));
    const ofSquares = (draws.length * (1 - 0.49)) / (1 + 0.49);
    expect(effectiveSampleSizeOfStandardDeviation(draws, shape) / ofSquares).toBeCloseTo(1, 0.7);
    let time = 1;
    for (let t = 1; t < 200; t++) time += (4 / Math.PI) * Math.asin(0.7 ** t);
    const ofMedian = effectiveSampleSizeOfQuantile(draws, { ...shape, probability: 0.5 });
    expect((ofMedian * time) / draws.length).toBeCloseTo(1, 0.7);
  });

  test("long memory is found beyond the lags that are summed directly", () => {
    // τ = 199: some 1000 lags. 8 chains of 50,000 leave a standard deviation of 10%; 50% is five of them.
    const shape = { chains: 8, length: 50_000, correlation: 0.99 };
    const draws = autoregression(shape, randomStream(99));
    expect((effectiveSampleSizeOfMean(draws, shape) * 199) / draws.length).toBeCloseTo(1, 0.3);
  });
});

describe.each(each)("%s", (name, size) => {
  const chains = 4;
  const draws = autoregression({ chains, length: 50, correlation: 0.4 }, randomStream(name));

  test("does not depend on the order of chains, nor on place and unit", () => {
    const expected = size(draws, { chains });
    fc.assert(
      fc.property(
        fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }),
        fc.integer({ min: -8, max: 8 }),
        (order, e) => {
          const moved = order.flatMap((chain) => [...draws.subarray(50 * chain, 50 * chain + 50)]);
          expect(size(moved, { chains })).toBeCloseTo(expected, 8);
          expect(
            size(
              draws.map((x) => x * 2 ** e + 2 ** e),
              { chains },
            ),
          ).toBeCloseTo(expected, 8);
        },
      ),
      { numRuns: 20 },
    );
  });

  test("is NaN for draws that are NaN or constant, and for chains of five draws", () => {
    const withNaN = draws.slice();
    withNaN[17] = Number.NaN;
    expect(size(withNaN, { chains })).toBeNaN();
    expect(size(new Float64Array(40).fill(0.1), { chains })).toBeNaN();
    expect(size(draws.subarray(0, 20), { chains })).toBeNaN();
  });

  test("says what is wrong with its arguments", () => {
    expect(() => size(draws, { chains: 3 })).toThrow(
      new RangeError(`${name}: draws must have a length that is a multiple of chains = 3 and not 0, got 200`),
    );
    expect(() => size([], { chains: 1 })).toThrow(/and not 0, got 0$/);
    expect(() => size(draws, { chains: 0.5 })).toThrow(
      new RangeError(`${name}: chains must be a safe integer from 1, got 0.5`),
    );
    expect(() => size(["1", 2] as unknown as number[], { chains: 1 })).toThrow(
      new TypeError(`${name}: draws must hold numbers, got 1 at index 0`),
    );
  });
});

test("ranks do not change under an increasing function, and absorb infinities", () => {
  const draws = autoregression({ chains: 2, length: 101, correlation: 0.4 }, randomStream(3));
  const expected = bulkEffectiveSampleSize(draws, { chains: 2 });
  expect(bulkEffectiveSampleSize(draws.map(Math.exp), { chains: 2 })).toBe(expected);
  const largest = Math.max(...draws);
  const infinite = draws.map((x) => (x === largest ? Infinity : x));
  expect(bulkEffectiveSampleSize(infinite, { chains: 2 })).toBe(expected);
  expect(tailEffectiveSampleSize(infinite, { chains: 2 })).toBeNaN();
  expect(effectiveSampleSizeOfMean(infinite, { chains: 2 })).toBeNaN();
});

test("a perfect alternation and halves of five draws give half the draws", () => {
  const alternating = Float64Array.from({ length: 400 }, (_, i) => (i % 2 === 0 ? 1 : -1));
  expect(effectiveSampleSizeOfMean(alternating, { chains: 1 })).toBe(200);
  const short = autoregression({ chains: 3, length: 10, correlation: 0 }, randomStream(4));
  expect(effectiveSampleSizeOfMean(short, { chains: 3 })).toBe(15);
});

test("a quantile that no draw exceeds has no effective sample size", () => {
  const draws = autoregression({ chains: 1, length: 100, correlation: 0 }, randomStream(5));
  expect(effectiveSampleSizeOfQuantile(draws, { chains: 1, probability: 1 })).toBeNaN();
  expect(() => effectiveSampleSizeOfQuantile(draws, { chains: 1, probability: 1.5 })).toThrow(
    new RangeError("effectiveSampleSizeOfQuantile: probability must be in [0, 1], got 1.5"),
  );
});

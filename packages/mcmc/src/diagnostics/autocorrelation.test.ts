import fc from "fast-check";
import { expect, test } from "vitest";
import { randomStream } from "../random/random-stream.ts";
import { autoregression } from "../testing/autoregression.ts";
import { autocorrelation } from "./autocorrelation.ts";
import { integratedAutocorrelationTime } from "./integrated-autocorrelation-time.ts";

test("the autocorrelations of any chain, from lag 1 on, sum to −1/2", () => {
  const chain = fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 2, maxLength: 300 });
  fc.assert(
    fc.property(chain, (draws) => {
      const spread = Math.max(...draws) - Math.min(...draws);
      fc.pre(spread > 1e-3);
      const correlations = autocorrelation(draws);
      expect(correlations[0]).toBe(1);
      expect(correlations.subarray(1).reduce((a, b) => a + b, 0)).toBeCloseTo(-0.5, 8);
    }),
  );
});

test("that of an autoregression falls by its factor at every lag", () => {
  // Standard deviation of each below √(τ / n) = 0.007; 0.05 is seven of them.
  const draws = autoregression({ chains: 1, length: 100_000, correlation: 0.7 }, randomStream(1));
  const correlations = autocorrelation(draws, { maxLag: 100 });
  correlations.forEach((correlation, lag) => {
    expect(Math.abs(correlation - 0.7 ** lag)).toBeLessThan(0.05);
  });
});

test("is NaN where there is no variance, and says what is wrong with its arguments", () => {
  expect(autocorrelation([3, 3, 3])).toEqual(new Float64Array(3).fill(Number.NaN));
  expect(autocorrelation([3, Infinity])).toEqual(new Float64Array(2).fill(Number.NaN));
  expect(() => autocorrelation([])).toThrow(
    new RangeError("autocorrelation: chain must not be empty, got length 0"),
  );
  expect(() => autocorrelation([1, 2], { maxLag: 2 })).toThrow(
    new RangeError("autocorrelation: maxLag must be a safe integer from 0 to 1, got 2"),
  );
  expect(() => autocorrelation([1, "2" as unknown as number])).toThrow(
    new TypeError("autocorrelation: chain must hold numbers, got 2 at index 1"),
  );
});

test.each([
  [0.5, 3],
  [0.9, 19],
])("the integrated time of an autoregression with correlation %d is %d", (correlation, expected) => {
  // Relative standard deviation √(2(2 · 5τ + 1) / n) = 4% or less (Sokal 1996); 25% is six of them.
  const shape = { chains: 4, length: 60_000, correlation };
  const draws = autoregression(shape, randomStream(`${correlation}`));
  const { time, window, reliable } = integratedAutocorrelationTime(draws, shape);
  expect(Math.abs(time / expected - 1)).toBeLessThan(0.25);
  expect(window).toBe(Math.ceil(5 * time));
  expect(reliable).toBe(true);
});

test("short chains are not reliable, nor are chains that outlast every window", () => {
  const short = autoregression({ chains: 2, length: 200, correlation: 0.9 }, randomStream(2));
  expect(integratedAutocorrelationTime(short, { chains: 2 }).reliable).toBe(false);
  expect(integratedAutocorrelationTime(short, { chains: 2, minimumLength: 0.1 }).reliable).toBe(true);
  const trend = [1, 2, 3, 4, 5];
  const unfinished = integratedAutocorrelationTime(trend, { chains: 1, windowFactor: 100 });
  expect(unfinished.window).toBe(4);
  // All lags together: 1 + 2 · (−1/2).
  expect(unfinished.time).toBeCloseTo(0, 12);
  expect(unfinished.reliable).toBe(false);
});

test("a constant chain has no time; the order of chains does not matter", () => {
  const none = { time: Number.NaN, window: 0, reliable: false };
  expect(integratedAutocorrelationTime([1, 2, 3, 0.1, 0.1, 0.1], { chains: 2 })).toEqual(none);
  expect(integratedAutocorrelationTime([1, 2, Number.NaN], { chains: 1 })).toEqual(none);
  expect(integratedAutocorrelationTime([1, 2, Infinity], { chains: 1 })).toEqual(none);
  const [a, b] = [
    [1, 4, 2, 8, 5, 7],
    [3, 1, 4, 1, 5, 9],
  ];
  const { time } = integratedAutocorrelationTime([...a!, ...b!], { chains: 2 });
  expect(integratedAutocorrelationTime([...b!, ...a!], { chains: 2 }).time).toBeCloseTo(time, 14);
});

test.each(["windowFactor", "minimumLength"])("%s must be positive", (option) => {
  expect(() => integratedAutocorrelationTime([1, 2], { chains: 1, [option]: 0 })).toThrow(
    new RangeError(`integratedAutocorrelationTime: ${option} must be a finite number above 0, got 0`),
  );
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { acceptanceRate } from "./acceptance-rate.ts";

test("equals published Wilson intervals", () => {
  // Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998), table I, method 3.
  for (const [accepted, tried, lower, upper] of [
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ] as const) {
    const interval = acceptanceRate(accepted, tried);
    expect(interval.rate).toBe(accepted / tried);
    expect(interval.lower).toBeCloseTo(lower, 4);
    expect(interval.upper).toBeCloseTo(upper, 4);
  }
});

test("its ends solve (p − rate)² = z² p (1 − p) / n, mirror, and move apart with the confidence", () => {
  const counts = fc
    .integer({ min: 1, max: 1e6 })
    .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)));
  fc.assert(
    fc.property(counts, ([accepted, tried]) => {
      const { rate, lower, upper } = acceptanceRate(accepted, tried);
      for (const p of [lower, upper]) {
        expect((p - rate) ** 2).toBeCloseTo((1.959963984540054 ** 2 * p * (1 - p)) / tried, 12);
      }
      expect(acceptanceRate(tried - accepted, tried).lower).toBeCloseTo(1 - upper, 12);
      const wider = acceptanceRate(accepted, tried, { confidence: 0.99 });
      expect(wider.lower).toBeLessThanOrEqual(lower);
      expect(wider.upper).toBeGreaterThanOrEqual(upper);
    }),
  );
});

test("rates of 0 and 1 have that end exactly", () => {
  expect(acceptanceRate(0, 7).lower).toBe(0);
  expect(acceptanceRate(7, 7).upper).toBe(1);
});

test("says what is wrong with its arguments", () => {
  expect(() => acceptanceRate(0, 0)).toThrow(
    new RangeError("acceptanceRate: tried must be a safe integer from 1, got 0"),
  );
  expect(() => acceptanceRate(-1, 2)).toThrow(
    new RangeError("acceptanceRate: accepted must be a safe integer from 0, got -1"),
  );
  expect(() => acceptanceRate(3, 2)).toThrow(
    new RangeError("acceptanceRate: accepted must be at most tried = 2, got 3"),
  );
  for (const confidence of [0, 1, Number.NaN]) {
    expect(() => acceptanceRate(1, 2, { confidence })).toThrow(
      new RangeError(`acceptanceRate: confidence must be in (0, 1), got ${confidence}`),
    );
  }
});

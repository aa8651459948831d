import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fitGeneralizedPareto } from "./generalized-pareto-fit.ts";
import { paretoKHat } from "./pareto-k-hat.ts";

/** The quantiles at (i + 1/2) / n of the generalised Pareto law of scale 1. */
const quantiles = (n: number, shape: number): Float64Array =>
  Float64Array.from({ length: n }, (_, i) => {
    const logTail = Math.log1p(-(i + 0.5) / n);
    return shape === 0 ? -logTail : Math.expm1(-shape * logTail) / shape;
  });

describe("exact quantiles of a generalised Pareto law", () => {
  // Zhang and Stephens (2009), table 1: the bias of the estimate at n = 500 is below 0.02; at 20,000 it has all but gone.
  test.each([-0.5, 0, 0.3, 0.7, 1, 2])("give back their shape %d and scale", (shape) => {
    const fit = fitGeneralizedPareto(quantiles(20_000, shape).map((x) => 5 * x));
    expect(Math.abs(fit.shape - shape)).toBeLessThan(0.01);
    expect(Math.abs(fit.scale / 5 - 1)).toBeLessThan(0.01);
  });

  test.each([
    [0.2, "good"],
    [0.6, "good"],
    [0.85, "bad"],
    [1.5, "very-bad"],
  ])("with shape %d as weights: %s", (shape, level) => {
    const logWeights = quantiles(100_000, shape).map(Math.log);
    const result = paretoKHat(logWeights);
    expect(Math.abs(result.kHat - shape)).toBeLessThan(0.05);
    expect(result.level).toBe(level);
    expect(result.threshold).toBe(0.7);
    expect(result.tailLength).toBe(Math.floor(3 * Math.sqrt(100_000)));
  });
});

test("few samples lower the threshold", () => {
  const { threshold, kHat, level } = paretoKHat(quantiles(250, 0.62).map(Math.log));
  expect(threshold).toBeCloseTo(1 - 1 / Math.log10(250), 14);
  expect(kHat).toBeGreaterThan(threshold);
  expect(kHat).toBeLessThan(0.7);
  expect(level).toBe("too-few-samples");
});

test("neither a constant factor nor the order of weights matters, and zero weights only count", () => {
  const logWeights = quantiles(300, 0.5).map(Math.log);
  const { kHat } = paretoKHat(logWeights);
  fc.assert(
    fc.property(fc.integer({ min: -100_000, max: 100_000 }), (constant) => {
      expect(paretoKHat(logWeights.map((x) => x + constant).reverse()).kHat).toBeCloseTo(kHat, 6);
    }),
  );
  const withZeros = Float64Array.of(...logWeights, ...new Float64Array(2000).fill(-Infinity));
  expect(Number.isFinite(paretoKHat(withZeros).kHat)).toBe(true);
});

test("a flat top is bounded; infinite weights and weights that span everything are not", () => {
  const flat = Float64Array.from({ length: 400 }, (_, i) => Math.min(0, (i - 300) / 100));
  expect(paretoKHat(flat)).toMatchObject({ kHat: -Infinity, level: "good", tailLength: 0 });
  expect(paretoKHat(new Float64Array(100))).toMatchObject({ kHat: -Infinity, level: "good" });
  expect(paretoKHat([...flat, Infinity])).toMatchObject({ kHat: Infinity, level: "very-bad" });
  const spanning = Float64Array.from({ length: 400 }, (_, i) => 50 * i);
  expect(paretoKHat(spanning)).toMatchObject({ kHat: Infinity, level: "very-bad" });
});

test("too few weights tell nothing", () => {
  const unknown = { kHat: Number.NaN, level: "unknown", tailLength: 0 };
  expect(paretoKHat([])).toMatchObject(unknown);
  expect(paretoKHat(quantiles(24, 0.5).map(Math.log))).toMatchObject(unknown);
  expect(paretoKHat(new Float64Array(100).fill(-Infinity))).toMatchObject(unknown);
  // Three stand out above a plateau of 97.
  expect(paretoKHat(Float64Array.from({ length: 100 }, (_, i) => Math.max(0, i - 96)))).toMatchObject(
    unknown,
  );
});

test("says which log weight is NaN", () => {
  expect(() => paretoKHat([0, Number.NaN])).toThrow(
    new RangeError("paretoKHat: logWeights[1] must be a number or ±Infinity, got NaN"),
  );
});

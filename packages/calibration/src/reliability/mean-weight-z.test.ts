import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectClose } from "../golden/read-golden.ts";
import { randomSource } from "../numerics/random-source.ts";
import { meanWeightZ } from "./mean-weight-z.ts";

describe("meanWeightZ", () => {
  test("is the mean weight less 1, over its standard error", () => {
    const logOdds = fc.array(fc.double({ min: -20, max: 5, noNaN: true }), { minLength: 2, maxLength: 50 });
    const logPrior = fc.double({ min: -2, max: 2, noNaN: true });
    fc.assert(
      fc.property(logOdds, logPrior, (l, prior) => {
        const weights = l.map((value) => Math.exp(value + prior));
        const mean = weights.reduce((sum, w) => sum + w, 0) / l.length;
        const spread = weights.reduce((sum, w) => sum + (w - mean) ** 2, 0) / (l.length - 1);
        fc.pre(spread > 1e-8 * mean ** 2);
        const got = meanWeightZ(l, { logPrior: prior });
        const want = Math.sqrt(spread / l.length);
        expectClose([got.mean, got.standardError], [mean, want], { rel: 1e-9, abs: 0 });
        expectClose([got.z], [(mean - 1) / want], { rel: 1e-9, abs: 1e-9 });
      }),
      { seed: 2019, numRuns: 500 },
    );
  });

  /** Log density ratios of N(0.5, 1) to N(0, 1), at draws from the latter: their weights have mean 1. */
  const draws = (random: () => number, n: number) =>
    Float64Array.from({ length: n }, () => {
      const x = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
      return 0.5 * x - 0.125;
    });

  test("passes true density ratios and no others, with the prior of an unbalanced fit too", () => {
    const random = randomSource("test", 17);
    const runs = 500;
    const rejected = { right: 0, wrong: 0, unbalanced: 0 };
    for (let run = 0; run < runs; run++) {
      const l = draws(random, 1000);
      if (meanWeightZ(l).pValue < 0.05) rejected.right++;
      if (meanWeightZ(l.map((value) => value + 0.2)).pValue < 0.05) rejected.wrong++;
      const unbalanced = l.map((value) => value - Math.log(3));
      if (meanWeightZ(unbalanced, { logPrior: Math.log(3) }).pValue < 0.05) rejected.unbalanced++;
    }
    // 25 expected, standard deviation 4.9: beyond 4 of them for 1 seed in 16,000.
    expect(Math.abs(rejected.right - 25)).toBeLessThan(20);
    expect(Math.abs(rejected.unbalanced - rejected.right)).toBeLessThan(2);
    expect(rejected.wrong).toBe(runs);
  });

  test("has no use for the range of exp", () => {
    const { mean, standardError, z } = meanWeightZ([1000, 1000, -Infinity, -1000]);
    expect([mean, standardError]).toEqual([Infinity, Infinity]);
    // In the unit of the largest weight: 1, 1, 0, 0.
    expect(z).toBeCloseTo(0.5 / Math.sqrt(1 / 3 / 4), 12);
    const large = meanWeightZ([400, 399]);
    expectClose([large.mean], [(Math.exp(400) + Math.exp(399)) / 2], { rel: 1e-12, abs: 0 });
    expectClose([large.standardError], [(Math.exp(400) - Math.exp(399)) / 2], { rel: 1e-12, abs: 0 });
    const balanced = meanWeightZ([1000, 999.5], { logPrior: -1000 });
    expect(balanced.mean).toBe((1 + Math.exp(-0.5)) / 2);
  });

  test("says what it can where the weights have no spread", () => {
    expect(meanWeightZ([0, 0, 0])).toEqual({ mean: 1, standardError: 0, z: Number.NaN, pValue: Number.NaN });
    const high = Math.exp(0.3);
    expect(meanWeightZ([0.3, 0.3, 0.3])).toEqual({ mean: high, standardError: 0, z: Infinity, pValue: 0 });
    expect(meanWeightZ([2000, 2000])).toEqual({ mean: Infinity, standardError: 0, z: Infinity, pValue: 0 });
    expect(meanWeightZ([-Infinity, -Infinity])).toEqual({
      mean: 0,
      standardError: 0,
      z: -Infinity,
      pValue: 0,
    });
  });

  test("leaves open what one proposal, or an infinite weight, leaves open", () => {
    const unknown = { standardError: Number.NaN, z: Number.NaN, pValue: Number.NaN };
    expect(meanWeightZ([0])).toEqual({ mean: 1, ...unknown });
    expect(meanWeightZ([0, Infinity])).toEqual({ mean: Infinity, ...unknown });
  });

  test("counts impossible proposals as weights of 0", () => {
    expect(meanWeightZ([Math.LN2, -Infinity]).mean).toBeCloseTo(1, 15);
  });

  test("refuses what are not log odds", () => {
    expect(() => meanWeightZ([])).toThrow(
      new RangeError("meanWeightZ: logOdds must not be empty, got length 0"),
    );
    expect(() => meanWeightZ([0, Number.NaN])).toThrow(
      new RangeError("meanWeightZ: logOdds must be numbers, finite or not, got NaN at index 1"),
    );
    expect(() => meanWeightZ([0], { logPrior: Infinity })).toThrow(
      new RangeError("meanWeightZ: logPrior must be a finite number, got Infinity"),
    );
    expect(() => meanWeightZ([0], { logPrior: "1" as unknown as number })).toThrow(
      new RangeError('meanWeightZ: logPrior must be a finite number, got "1"'),
    );
  });
});

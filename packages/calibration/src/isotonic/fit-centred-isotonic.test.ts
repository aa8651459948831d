import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rocAuc } from "../reliability/roc-auc.ts";
import { fitCentredIsotonic } from "./fit-centred-isotonic.ts";
import { fitIsotonic } from "./fit-isotonic.ts";
import { pooledTails } from "./tails/pooled-tails.ts";

const row = fc.record({
  score: fc.integer({ min: -20, max: 20 }),
  label: fc.integer({ min: 0, max: 1 }),
  weight: fc.integer({ min: 0, max: 3 }),
});
const rows = fc
  .array(row, { minLength: 1, maxLength: 50 })
  .filter((data) => data.some(({ weight }) => weight > 0));

describe("fitCentredIsotonic", () => {
  test("puts each block at the weighted mean of its scores", () => {
    fc.assert(
      fc.property(rows, fc.boolean(), (data, pooled) => {
        const scores = data.map(({ score }) => score);
        const labels = data.map(({ label }) => label);
        const weights = data.map(({ weight }) => weight);
        const options = { weights, tails: pooled ? pooledTails({ count: 2 }) : undefined };
        const fit = fitCentredIsotonic(scores, labels, options);
        // The blocks are those of the plain fit: rows that have the same value there.
        const values = fitIsotonic(scores, labels, options).predict(scores);
        const levels = [...new Set(values.filter((_, i) => weights[i]! > 0))].sort((a, b) => a - b);
        expect(Array.from(fit.values)).toEqual(levels);
        levels.forEach((level, k) => {
          const inside = data.filter(({ weight }, i) => weight > 0 && values[i] === level);
          const total = inside.reduce((sum, { weight }) => sum + weight, 0);
          const mean = inside.reduce((sum, { score, weight }) => sum + weight * score, 0) / total;
          expect(fit.thresholds[k]).toBeCloseTo(mean, 12);
        });
      }),
      { seed: 2017, numRuns: 300 },
    );
  });

  test("rises strictly between the outer centres, so that ranks survive", () => {
    const scores = Array.from({ length: 400 }, (_, i) => i / 400);
    const labels = scores.map((score, i) => (((i * 7919) % 400) / 400 < score ? 1 : 0));
    const fit = fitCentredIsotonic(scores, labels);
    const inside = scores.filter((score) => score >= fit.thresholds[0]! && score <= fit.thresholds.at(-1)!);
    const predicted = fit.predict(inside);
    expect(new Set(predicted).size).toBe(inside.length);
    expect(predicted).toEqual(predicted.slice().sort());
    expect(inside.length).toBeGreaterThan(300);
    // Ties of the plain fit cost it resolution: it has fewer distinct values than there are rows.
    expect(new Set(fitIsotonic(scores, labels).predict(inside)).size).toBeLessThan(inside.length);
    expect(Math.abs(rocAuc(fit.predict(scores), labels) - rocAuc(scores, labels))).toBeLessThan(0.01);
  });

  test("is constant for one class, equal scores and one row", () => {
    expect(Array.from(fitCentredIsotonic([1, 2, 3], [1, 1, 1]).predict([-9, 9]))).toEqual([1, 1]);
    expect(Array.from(fitCentredIsotonic([2, 2, 2, 2], [0, 1, 1, 1]).predict([-9, 9]))).toEqual([0.75, 0.75]);
    expect(Array.from(fitCentredIsotonic([5], [0]).predict([5]))).toEqual([0]);
  });

  test("survives scores whose sum overflows", () => {
    const fit = fitCentredIsotonic([1e308, 1.2e308, 1.4e308], [1, 0, 1]);
    expect(fit.thresholds[0]! / 1e308).toBeCloseTo(1.1, 12);
    expect(fit.thresholds[1]).toBe(1.4e308);
  });

  test("answers beyond the outer centres as asked", () => {
    const fit = (outOfBounds: "nan" | "throw") =>
      fitCentredIsotonic([1, 3, 7, 9], [0, 0, 1, 1], { outOfBounds });
    expect(Array.from(fit("nan").predict([1, 2, 8, 9]))).toEqual([Number.NaN, 0, 1, Number.NaN]);
    expect(() => fit("throw").predict([1])).toThrow(
      new RangeError("predict: scores must lie within the fitted range [2, 8], got 1 at index 0"),
    );
  });

  test("refuses what fitIsotonic refuses, and a regression", () => {
    expect(() => fitCentredIsotonic([1, 2], [0, 0.5])).toThrow(
      "fitCentredIsotonic: labels must be all 0 and 1, all -1 and 1, or booleans, got 0.5 at index 1",
    );
    expect(() => fitCentredIsotonic([1, Number.NaN], [0, 1])).toThrow(
      "fitCentredIsotonic: scores must be finite, got NaN at index 1",
    );
    expect(() => fitCentredIsotonic([], [])).toThrow(
      "fitCentredIsotonic: scores must not be empty, got length 0",
    );
    expect(() => fitCentredIsotonic([-1e308, 1e308], [0, 1])).toThrow(
      "fitCentredIsotonic: scores must span a finite range, got -1e+308 to 1e+308",
    );
    expect(() => fitCentredIsotonic([1], [1], { outOfBounds: "raise" as "throw" })).toThrow(
      'fitCentredIsotonic: outOfBounds must be "clip" or "nan" or "throw", got "raise"',
    );
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { totalVariation } from "./total-variation.ts";

const counts = fc.array(fc.nat(1000), { minLength: 4, maxLength: 4 }).filter((bins) => bins.some(Boolean));

describe("totalVariation", () => {
  test("is what the larger bins have too much", () => {
    expect(totalVariation([0.5, 0.5, 0], [0.25, 0.25, 0.5])).toBe(0.5);
    expect(totalVariation([2, 1, 1], [0.25, 0.25, 0.5])).toBe(0.25);
  });

  test("is 0 for equal distributions and 1 for those that share no bin", () => {
    expect(totalVariation(new Float32Array([1, 3]), [2, 6])).toBe(0);
    expect(totalVariation([1, 0, 2], [0, 5, 0])).toBe(1);
  });

  test("is the largest difference over all sets of bins", () => {
    fc.assert(
      fc.property(counts, counts, (p, q) => {
        const probability = (bins: number[], set: number) =>
          bins.reduce((sum, count, i) => sum + (set & (1 << i) ? count : 0), 0) /
          bins.reduce((a, b) => a + b);
        const differences = Array.from({ length: 16 }, (_, set) => probability(p, set) - probability(q, set));
        expect(totalVariation(p, q)).toBeCloseTo(Math.max(...differences), 14);
      }),
      { seed: 1 },
    );
  });

  test("is a distance", () => {
    fc.assert(
      fc.property(counts, counts, counts, (p, q, r) => {
        expect(totalVariation(p, q)).toBe(totalVariation(q, p));
        expect(totalVariation(p, q)).toBeLessThanOrEqual(totalVariation(p, r) + totalVariation(r, q) + 1e-15);
      }),
      { seed: 2 },
    );
  });

  test.each([
    [[1], [1, 2], "q must be 1 long, got 2"],
    [[-1, 2], [1, 1], "p[0] must not be negative, got -1"],
    [[1, 1], [0, 0], "the sum of q must be positive and finite, got 0"],
  ])("refuses %j, %j", (p, q, reason) => {
    expect(() => totalVariation(p, q)).toThrow(new RangeError(`totalVariation: ${reason}`));
  });
});

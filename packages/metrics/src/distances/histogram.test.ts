import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededRandom } from "../../test/seeded-random.ts";
import { histogram } from "./histogram.ts";
import { totalVariation } from "./total-variation.ts";

describe("histogram", () => {
  test("puts a value on a cut into the upper bin, and everything somewhere", () => {
    expect(histogram([-Infinity, -1, 0, 0.5, 1, Infinity], [0, 1])).toEqual(new Float64Array([2, 2, 2]));
    expect(histogram([3, 4], [])).toEqual(new Float64Array([2]));
    expect(histogram([], [0])).toEqual(new Float64Array([0, 0]));
  });

  test("adds weights in place of ones", () => {
    expect(histogram([0, 2, 3], [1], { weights: [0.5, 2, 0] })).toEqual(new Float64Array([0.5, 2]));
  });

  test("counts as a look at every bin does", () => {
    const number = fc.integer({ min: -20, max: 20 });
    fc.assert(
      fc.property(fc.array(number), fc.uniqueArray(number), (values, unsorted) => {
        const cuts = unsorted.sort((a, b) => a - b);
        const edges = [-Infinity, ...cuts, Infinity];
        const expected = edges
          .slice(1)
          .map((high, i) => values.filter((value) => value >= edges[i]! && value < high).length);
        expect(Array.from(histogram(values, cuts))).toEqual(expected);
      }),
      { seed: 1 },
    );
  });

  test("of draws is near the exact masses, by about √(2 bins / (π n)) / 2 in total variation", () => {
    const random = seededRandom(1);
    const n = 100_000;
    const cuts = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
    // u² has distribution function √x
    const draws = Float64Array.from({ length: n }, () => random() ** 2);
    const masses = [...cuts, 1].map((cut, i) => Math.sqrt(cut) - Math.sqrt(cuts[i - 1] ?? 0));
    const distance = totalVariation(histogram(draws, cuts), masses);
    // E TV ≤ ½ Σ √(p / n) < 0.0051, and by McDiarmid P(TV > E + t) ≤ exp(−2 n t²): t = 0.009 gives 1 of 10 million seeds.
    expect(distance).toBeLessThan(0.0051 + 0.009);
  });

  test.each([
    [[Number.NaN], [0], undefined, "values[0] must be a number, got NaN"],
    [[1], [0, 0], undefined, "cuts must increase strictly, got 0 at 1"],
    [[1], [Number.NaN], undefined, "cuts must increase strictly, got NaN at 0"],
    [[1, 2], [0], [1], "weights must be 2 long, got 1"],
    [[1, 2], [0], [1, -1], "weights[1] must not be negative, got -1"],
  ])("refuses %j, %j, %j", (values, cuts, weights, reason) => {
    expect(() => histogram(values, cuts, weights && { weights })).toThrow(
      new RangeError(`histogram: ${reason}`),
    );
  });
});

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { seededRandom } from "../../test/seeded-random.ts";
import { pairedTTest } from "./paired-t-test.ts";

interface Case {
  readonly a: number[];
  readonly b: number[];
  readonly t: number;
  readonly p: number;
  readonly intervals: [level: number, lower: number, upper: number][];
}
const golden: { cases: Case[] } = JSON.parse(
  readFileSync(new URL("../golden/student-t.json", import.meta.url), "utf8"),
);

describe("pairedTTest", () => {
  test.each(golden.cases)("is SciPy's, case %#", ({ a, b, t, p, intervals }) => {
    const result = pairedTTest(a, b);
    expect(result.t / t).toBeCloseTo(1, 12);
    expect(result.pValue / p).toBeCloseTo(1, 10);
    expect(result.degreesOfFreedom).toBe(a.length - 1);
    expect(result.standardError * result.t).toBeCloseTo(result.difference, 14);
    for (const [level, lower, upper] of intervals) {
      const interval = pairedTTest(a, b, { level });
      // SciPy's quantiles of t are right to 8 digits; student-t.test.ts asks for 11.
      expect((interval.lower - lower) / (upper - lower)).toBeCloseTo(0, 8);
      expect((interval.upper - upper) / (upper - lower)).toBeCloseTo(0, 8);
    }
  });

  test("changes its sign when a and b change places", () => {
    const [a, b] = [Float32Array.of(1, 2, 4), [2, 2, 9]];
    const one = pairedTTest(a, b);
    const other = pairedTTest(b, a);
    expect(other).toEqual({
      ...one,
      difference: -one.difference,
      t: -one.t,
      lower: -one.upper,
      upper: -one.lower,
    });
    expect(a).toEqual(Float32Array.of(1, 2, 4));
  });

  test("rejects at level 0.05 one time in twenty where there is no difference, pairs sharing what they may", () => {
    const random = seededRandom(1);
    const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const runs = 4000;
    let rejected = 0;
    let missed = 0;
    for (let run = 0; run < runs; run++) {
      const shared = Float64Array.from({ length: 6 }, () => 10 * normal());
      const result = pairedTTest(
        shared.map((x) => x + normal()),
        shared.map((x) => x + normal()),
      );
      if (result.pValue < 0.05) rejected++;
      if (result.lower > 0 || result.upper < 0) missed++;
    }
    expect(missed).toBe(rejected);
    // Five standard errors of a binomial share: 1 of 1.7 million seeds.
    expect(Math.abs(rejected / runs - 0.05)).toBeLessThan(5 * Math.sqrt((0.05 * 0.95) / runs));
  });

  test.each([
    [[1], [2], {}, "a must hold at least 2 rows and 1 numbers for each row, got 1 numbers"],
    [[1, 2], [1, 2, 3], {}, "b must be 2 long, got 3"],
    [[1, Number.NaN], [1, 2], {}, "a[1] must be finite, got NaN"],
    [[1, 2], [1, Infinity], {}, "b[1] must be finite, got Infinity"],
    [[2, 3, 4], [1, 2, 3], {}, "a - b must vary, got 1 in all 3 pairs"],
    [[1, 2], [2, 4], { level: 1 }, "level must be in (0, 1), got 1"],
    [[1, 2], [2, 4], { level: 0 }, "level must be in (0, 1), got 0"],
    [[1, 2], [2, 4], { level: Number.NaN }, "level must be in (0, 1), got NaN"],
  ])("refuses %j, %j, %j", (a, b, options, reason) => {
    expect(() => pairedTTest(a, b, options)).toThrow(new RangeError(`pairedTTest: ${reason}`));
  });
});

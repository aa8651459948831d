import { expect, test } from "vitest";
import { seededRandom } from "../../test/seeded-random.ts";
import { readCases } from "../golden/read-golden.ts";
import type { Features } from "./features.ts";
import { medianDistance } from "./median-distance.ts";

interface Case {
  readonly real: Features;
  readonly fake: Features;
  readonly medianDistance: number;
}

const line = (...data: number[]): Features => ({ data, shape: [data.length, 1] });

test("the median distance equals SciPy's", () => {
  for (const { real, fake, medianDistance: expected } of readCases<Case>("mmd.json")) {
    expect(medianDistance(real, fake)).toBeCloseTo(expected, 13);
  }
});

test("the median distance of many rows is that of rows spread evenly", () => {
  const random = seededRandom(3);
  const draw = (rows: number) => line(...Array.from({ length: rows }, random));
  // |u − v| has distribution function 1 − (1 − t)², hence median m = 1 − √½ and density √2 there. The share of pairs within m,
  // a U-statistic, has variance 4 Var P(|u − V| ≤ m | u) / rows, and that is 4 · .00939 / 1000. Four standard errors: fails for
  // 1 seed in 16,000.
  const error = Math.sqrt((4 * 0.00939) / 1000) / Math.SQRT2;
  expect(Math.abs(medianDistance(draw(3000), draw(500)) - (1 - Math.SQRT1_2))).toBeLessThan(4 * error);
  // Rows 0, 2, 4, … of 2000: only the zeros.
  const alternating = line(...Array.from({ length: 1000 }, (_, i) => i % 2));
  expect(medianDistance(alternating, alternating)).toBe(0);
});

test("medianDistance refuses sets of different spaces", () => {
  expect(() => medianDistance(line(1), { data: [1, 2], shape: [1, 2] })).toThrow(
    new RangeError("medianDistance: fake must have as many columns as real, 1, got 2"),
  );
});

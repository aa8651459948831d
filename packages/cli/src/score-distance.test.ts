import { normal, randomStream } from "@mhgan/mcmc";
import { expect, test } from "vitest";
import { scoreDistance } from "./score-distance.ts";

const normals = (mean: number, count: number, seed: number): Float64Array => {
  const random = randomStream(seed);
  return Float64Array.from({ length: count }, () => mean + normal(random));
};

test("is the total variation of two normals, with an interval about it", () => {
  // Of normal(0, 1) and normal(1, 1): 2Φ(½) − 1 = .3829. Bins lose less than .01, and 4,000 draws have a standard error below .008.
  const { value, low, high, floor } = scoreDistance(
    normals(1, 4000, 1),
    normals(0, 20_000, 2),
    randomStream(3),
  );
  expect(Math.abs(value - 0.3829)).toBeLessThan(0.04);
  expect(low).toBeLessThan(value);
  expect(high).toBeGreaterThan(value);
  expect(high - low).toBeLessThan(0.05);
  // Half the sum of 20 mean absolute deviations of shares: √(2/π) √(.05 · .95 / 4,000) each.
  expect(Math.abs(floor - 0.0275)).toBeLessThan(0.004);
});

test("equal laws are at the floor, also where all values are equal", () => {
  const near = scoreDistance(normals(0, 2000, 1), normals(0, 20_000, 2), randomStream(3));
  expect(near.value).toBeLessThan(2 * near.floor);
  expect(scoreDistance(new Float64Array(50), new Float64Array(50), randomStream(1)).value).toBe(0);
  expect(
    scoreDistance(new Float64Array(50).fill(1), new Float64Array(50), randomStream(1)).value,
  ).toBeLessThan(1e-12);
  expect(
    scoreDistance(new Float64Array(50).fill(-1), new Float64Array(50), randomStream(1)).value,
  ).toBeCloseTo(1);
});

test("too few values are an error", () => {
  expect(() => scoreDistance([1], normals(0, 30, 1), randomStream(1))).toThrow("at least 20 draws");
});

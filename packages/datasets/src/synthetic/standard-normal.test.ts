import { expect, test } from "vitest";
import { seededRandom } from "../../test/seeded-random.ts";
import { standardNormal } from "./standard-normal.ts";

test("standardNormal has the moments of N(0, 1)", () => {
  const random = seededRandom(1);
  const n = 200_000;
  const moments = [0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    const x = standardNormal(random);
    for (let power = 1; power <= 4; power++) moments[power - 1]! += x ** power / n;
  }
  // The variance of x^k is E x^2k − (E x^k)². Five standard errors: a false alarm in about 4 of 1.7 million seeds.
  const error = (variance: number) => 5 * Math.sqrt(variance / n);
  expect(Math.abs(moments[0]!)).toBeLessThan(error(1));
  expect(Math.abs(moments[1]! - 1)).toBeLessThan(error(2));
  expect(Math.abs(moments[2]!)).toBeLessThan(error(15));
  expect(Math.abs(moments[3]! - 3)).toBeLessThan(error(96));
});

test("standardNormal has the tails of N(0, 1)", () => {
  const random = seededRandom(2);
  const n = 200_000;
  let beyond = 0;
  for (let i = 0; i < n; i++) if (Math.abs(standardNormal(random)) > 2.5758293035489) beyond++;
  // P = 0.01; five standard errors, a false alarm in 1 of 1.7 million seeds
  expect(Math.abs(beyond / n - 0.01)).toBeLessThan(5 * Math.sqrt((0.01 * 0.99) / n));
});

test("standardNormal is finite at both ends of [0, 1) and takes two values", () => {
  expect(Math.abs(standardNormal(() => 0))).toBe(0);
  expect(standardNormal(() => 1 - 2 ** -53)).toBeCloseTo(8.5717, 3);
  let calls = 0;
  standardNormal(() => ++calls / 8);
  expect(calls).toBe(2);
});

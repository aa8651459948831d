import { normal, randomStream } from "@mhgan/mcmc";
import { expect, test } from "vitest";
import { neighbourCorrelation, orderWarnings } from "./score-order.ts";

test("neighbourCorrelation is the sum of products over that of squares", () => {
  // Deviations −1, 0, 1: products 0 and 0, squares 2; of −1.5, −0.5, 0.5, 1.5 they are 1.25 and 5.
  expect(neighbourCorrelation(Float64Array.of(1, 2, 3))).toBe(0);
  expect(neighbourCorrelation(Float64Array.of(1, 2, 3, 4))).toBeCloseTo(0.25, 12);
  expect(neighbourCorrelation(Float64Array.of(1, -1, 1, -1))).toBeCloseTo(-0.75, 12);
  expect(neighbourCorrelation(new Float64Array(5).fill(0.1))).toBe(0);
});

test("orderWarnings speaks of scores in order and of an autoregression, not of random order", () => {
  const random = randomStream(1);
  const scores = Float64Array.from({ length: 10_000 }, () => normal(random));
  expect(orderWarnings(scores)).toEqual([]);
  expect(orderWarnings(scores.slice().sort())[0]).toMatch(/correlate by 1\.00\).*--shuffle/);
  const alike = scores.slice();
  for (let i = 1; i < alike.length; i++) alike[i] = 0.2 * alike[i - 1]! + alike[i]!;
  expect(orderWarnings(alike)[0]).toMatch(/correlate by 0\.(19|20|21)\)/);
  // Few scores can lie in any order by chance.
  expect(orderWarnings(Float64Array.of(1, 2, 3, 4, 5))).toEqual([]);
});

import { expect, test } from "vitest";
import { normalQuantile } from "./normal-quantile.ts";
import { normalTail } from "./normal-tail.ts";

test("inverts the quantile function", () => {
  for (const probability of [1e-300, 1e-12, 0.001, 0.3, 0.5, 0.7, 0.975]) {
    expect(normalTail(-normalQuantile(probability)) / probability).toBeCloseTo(1, 11);
    expect(normalTail(normalQuantile(probability))).toBeCloseTo(1 - probability, 14);
  }
  expect(normalTail(-Infinity)).toBe(1);
  expect(normalTail(Infinity)).toBe(0);
});

import { normalQuantile } from "@mhgan/mcmc";
import { expect, test } from "vitest";
import { normalTail } from "./normal-tail.ts";

test("is the inverse of the quantile, far into both tails", () => {
  for (const p of [1e-30, 1e-9, 0.0013, 0.0014, 0.02, 0.3, 0.5, 0.8, 0.999]) {
    expect(normalTail(-normalQuantile(p)) / p).toBeCloseTo(1, 11);
  }
  expect(normalTail(Infinity)).toBe(0);
  expect(normalTail(-Infinity)).toBe(1);
});

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { twoSidedQuantile, twoSidedTail } from "./student-t.ts";

const golden: { twoSided: [number, number, number][]; quantiles: [number, number, number][] } = JSON.parse(
  readFileSync(new URL("../golden/student-t.json", import.meta.url), "utf8"),
);

test("tails agree with 30-digit arithmetic", () => {
  for (const [degreesOfFreedom, t, expected] of golden.twoSided) {
    expect(Math.abs(twoSidedTail(t, degreesOfFreedom) / expected - 1)).toBeLessThan(1e-10);
    expect(twoSidedTail(-t, degreesOfFreedom)).toBe(twoSidedTail(t, degreesOfFreedom));
  }
});

test("quantiles agree with 30-digit arithmetic", () => {
  for (const [degreesOfFreedom, level, expected] of golden.quantiles)
    expect(Math.abs(twoSidedQuantile(level, degreesOfFreedom) / expected - 1)).toBeLessThan(1e-11);
});

test("with one degree of freedom it is the law of Cauchy, with two an algebraic one", () => {
  for (const t of [1e-3, 0.5, 1, 3, 1e4]) {
    expect(twoSidedTail(t, 1) / ((2 / Math.PI) * Math.atan(1 / t))).toBeCloseTo(1, 13);
    expect(1 - twoSidedTail(t, 2)).toBeCloseTo(t / Math.sqrt(2 + t * t), 13);
  }
  for (const level of [1e-9, 0.5, 0.95, 0.999999]) {
    const cauchy = Math.tan((Math.PI / 2) * level);
    expect(twoSidedQuantile(level, 1) / cauchy).toBeCloseTo(1, 9);
    expect(1 - twoSidedTail(twoSidedQuantile(level, 7), 7)).toBeCloseTo(level, 13);
  }
});

test("the ends", () => {
  expect(twoSidedTail(0, 5)).toBe(1);
  expect(twoSidedTail(1e200, 5)).toBe(0);
});

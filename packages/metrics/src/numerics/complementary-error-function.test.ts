import { expect, test } from "vitest";
import { complementaryErrorFunction } from "./complementary-error-function.ts";

/** From 40-digit arithmetic (mpmath 1.2.1). */
const reference: [x: number, erfc: number][] = [
  [0, 1],
  [1e-10, 0.999999999887162],
  [0.1, 0.887537083981715],
  [0.5, 0.4795001221869535],
  [1, 0.15729920705028513],
  [1.5, 0.033894853524689274],
  [1.9999999, 0.004677737047746216],
  [2, 0.004677734981047266],
  [2.5, 0.0004069520174449589],
  [3, 2.209049699858544e-5],
  [5, 1.537459794428035e-12],
  [8, 1.1224297172982926e-29],
  [12, 1.3562611692059042e-64],
  [20, 5.395865611607901e-176],
  [26, 5.663192408856143e-296],
  [26.5, 2.2109076642637343e-307],
];

test.each(reference)("erfc(%d) = %d", (x, expected) => {
  expect(Math.abs(complementaryErrorFunction(x) / expected - 1)).toBeLessThan(1e-12);
});

test("ends in 0 and carries NaN on", () => {
  expect(complementaryErrorFunction(30)).toBe(0);
  expect(complementaryErrorFunction(Number.POSITIVE_INFINITY)).toBe(0);
  expect(complementaryErrorFunction(Number.NaN)).toBeNaN();
});

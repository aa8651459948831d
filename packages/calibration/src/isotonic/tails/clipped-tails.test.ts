import { describe, expect, test } from "vitest";
import { fitIsotonic } from "../fit-isotonic.ts";
import { clippedTails } from "./clipped-tails.ts";

const scores = [1, 2, 3, 4, 5, 6, 7, 8];
const labels = [0, 0, 1, 0, 1, 0, 1, 1];

describe("clippedTails", () => {
  test("moves 0 and 1 to 1/(2n) and 1 − 1/(2n), and leaves the rest alone", () => {
    const { values } = fitIsotonic(scores, labels, { tails: clippedTails() });
    expect(Array.from(new Set(values))).toEqual([1 / 16, 1 / 2, 15 / 16]);
  });

  test("counts weights as rows", () => {
    const fit = fitIsotonic([1, 2], [0, 1], { weights: [30, 20], tails: clippedTails() });
    expect(Array.from(fit.values)).toEqual([0.01, 0.99]);
  });

  test("takes a margin, also one that other values are within", () => {
    const { values } = fitIsotonic(scores, labels, { tails: clippedTails({ margin: 0.49 }) });
    expect(Array.from(new Set(values))).toEqual([0.49, 0.5, 0.51]);
  });

  test("keeps odds finite under weights beyond counting, and falls back to one half under weights below a row", () => {
    const fit = (weight: number) =>
      fitIsotonic([1, 2], [0, 1], { weights: [weight, weight], tails: clippedTails() });
    expect(Number.isFinite(fit(1e300).maxLogOdds)).toBe(true);
    expect(Array.from(fit(1e-3).values)).toEqual([0.5, 0.5]);
  });

  test.each([0, 0.5, -1, Number.NaN, "0.1"])("refuses a margin of %s", (margin) => {
    expect(() => clippedTails({ margin: margin as number })).toThrow(
      /^clippedTails: margin must be a number in \(0, 0.5\), got /,
    );
  });
});

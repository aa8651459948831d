import fc from "fast-check";
import { expect, test } from "vitest";
import { nestedRHat } from "./nested-r-hat.ts";

/** Twelve different draws, apart by more than what is as good as constant: see the test of that below. */
const twelveDraws = fc
  .uniqueArray(fc.integer({ min: -9e6, max: 9e6 }), { minLength: 12, maxLength: 12 })
  .map((draws) => draws.map((draw) => draw / 1e6));

test("is at least 1, and the order of superchains and of chains in them does not matter", () => {
  fc.assert(
    fc.property(twelveDraws, (draws) => {
      // Three superchains of two chains of two draws.
      const expected = nestedRHat(draws, { chains: 6, superchains: 3 });
      expect(expected).toBeGreaterThanOrEqual(1);
      const chain = (c: number): number[] => draws.slice(2 * c, 2 * c + 2);
      const moved = [5, 4, 0, 1, 3, 2].flatMap(chain);
      expect(nestedRHat(moved, { chains: 6, superchains: 3 }) / expected).toBeCloseTo(1, 9);
    }),
  );
});

test("by hand: one chain of three draws in each of two superchains", () => {
  // Means 2 and 4: between 2. Variances 1.
  expect(nestedRHat([1, 2, 3, 3, 4, 5], { chains: 2, superchains: 2 })).toBeCloseTo(Math.sqrt(3), 14);
});

test("is infinite if only superchains differ, and NaN where it has no meaning", () => {
  expect(nestedRHat([1, 1, 2, 2], { chains: 4, superchains: 2 })).toBe(Infinity);
  expect(nestedRHat([1, 2, 3, 4], { chains: 4, superchains: 1 })).toBeNaN();
  expect(nestedRHat([7, 7, 7, 7], { chains: 4, superchains: 2 })).toBeNaN();
  expect(nestedRHat([0, 5e-324, 1e-323, 0], { chains: 4, superchains: 2 })).toBeNaN();
  expect(nestedRHat([7, 7, Number.NaN, 8], { chains: 4, superchains: 2 })).toBeNaN();
  expect(nestedRHat([7, 7, Infinity, 8], { chains: 4, superchains: 2 })).toBeNaN();
});

test("says what is wrong with its arguments", () => {
  expect(() => nestedRHat([1, 2, 3, 4], { chains: 4, superchains: 3 })).toThrow(
    new RangeError("nestedRHat: superchains must be a divisor of chains = 4, got 3"),
  );
  expect(() => nestedRHat([1, 2, 3], { chains: 2, superchains: 2 })).toThrow(
    new RangeError("nestedRHat: draws must have a length that is a multiple of chains = 2 and not 0, got 3"),
  );
});

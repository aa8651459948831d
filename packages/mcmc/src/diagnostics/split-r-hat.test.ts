import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { randomStream } from "../random/random-stream.ts";
import { autoregression } from "../testing/autoregression.ts";
import { basicRHat } from "./basic-r-hat.ts";
import { splitRHat } from "./split-r-hat.ts";

describe("splitRHat", () => {
  const draws = autoregression({ chains: 3, length: 41, correlation: 0.5 }, randomStream(1));
  const expected = splitRHat(draws, { chains: 3 });

  test("does not depend on the order of chains", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([0, 1, 2], { minLength: 3 }), (order) => {
        const moved = order.flatMap((chain) => [...draws.subarray(41 * chain, 41 * chain + 41)]);
        const { bulk, folded } = splitRHat(moved, { chains: 3 });
        expect(bulk).toBeCloseTo(expected.bulk, 12);
        expect(folded).toBeCloseTo(expected.folded, 12);
      }),
    );
  });

  test("of ranks does not change under increasing functions; folded, under a change of sign", () => {
    expect(splitRHat(draws.map(Math.sinh), { chains: 3 }).bulk).toBe(expected.bulk);
    expect(
      splitRHat(
        draws.map((x) => -8 * x),
        { chains: 3 },
      ).folded,
    ).toBeCloseTo(expected.folded, 12);
    expect(
      splitRHat(
        draws.map((x) => -8 * x),
        { chains: 3 },
      ).bulk,
    ).toBeCloseTo(expected.bulk, 12);
  });

  test("sees a shift in the bulk and a spread in the folds", () => {
    const even = autoregression({ chains: 4, length: 1000, correlation: 0 }, randomStream(2));
    const shifted = splitRHat(
      even.map((x, i) => (i < 1000 ? x + 1 : x)),
      { chains: 4 },
    );
    expect(shifted.bulk).toBeGreaterThan(1.05);
    expect(shifted.rHat).toBe(shifted.bulk);
    const spread = splitRHat(
      even.map((x, i) => (i < 1000 ? 4 * x : x)),
      { chains: 4 },
    );
    expect(spread.bulk).toBeLessThan(1.01);
    expect(spread.rHat).toBe(spread.folded);
  });

  test("is NaN where it has no meaning", () => {
    const none = { rHat: Number.NaN, bulk: Number.NaN, folded: Number.NaN };
    expect(splitRHat([1, 2, Number.NaN, 4], { chains: 1 })).toEqual(none);
    expect(splitRHat([5, 5, 5, 5], { chains: 1 })).toEqual(none);
    expect(splitRHat([1, 2, 3], { chains: 1 })).toEqual(none);
    // Half the draws on either side of the median, all equally far from it.
    const even = splitRHat([0, 1, 0, 1, 1, 0, 1, 0], { chains: 2 });
    expect(even.bulk).toBeGreaterThan(0);
    expect(even.folded).toBeNaN();
    expect(even.rHat).toBeNaN();
    // An infinite median leaves no distances.
    const infinite = splitRHat([1, Infinity, Infinity, 2, Infinity, Infinity, Infinity, 3], { chains: 1 });
    expect(infinite.bulk).toBeGreaterThan(0);
    expect(infinite.folded).toBeNaN();
  });
});

describe("basicRHat", () => {
  test("by hand: two chains of three", () => {
    // Means 2 and 4, variances 1 and 1: B/n = 2, W = 1, so √(2/3 + 2).
    expect(basicRHat([1, 2, 3, 3, 4, 5], { chains: 2, split: false })).toBeCloseTo(Math.sqrt(8 / 3), 14);
  });

  test("is infinite if constant chains differ, and NaN where it has no meaning", () => {
    expect(basicRHat([1, 1, 2, 2], { chains: 2, split: false })).toBe(Infinity);
    expect(basicRHat([1, 2, 3, 4], { chains: 1, split: false })).toBeNaN();
    expect(basicRHat([1, 2, Infinity, 4], { chains: 2 })).toBeNaN();
    expect(basicRHat([1, 2, 3, Number.NaN], { chains: 2 })).toBeNaN();
    expect(basicRHat([0.1, 0.1, 0.1, 0.1], { chains: 2 })).toBeNaN();
  });

  test("large numbers lose no digits to their size", () => {
    const draws = autoregression({ chains: 4, length: 100, correlation: 0.5 }, randomStream(3));
    const expected = basicRHat(
      draws.map((x) => Math.round(x * 2 ** 20)),
      { chains: 4 },
    );
    const far = draws.map((x) => Math.round(x * 2 ** 20) + 2 ** 50);
    expect(basicRHat(far, { chains: 4 })).toBeCloseTo(expected, 7);
  });
});

test.each([
  ["splitRHat", splitRHat],
  ["basicRHat", basicRHat],
])("%s says what is wrong with its arguments", (name, rHat) => {
  expect(() => rHat([1, 2, 3], { chains: 2 })).toThrow(
    new RangeError(`${name}: draws must have a length that is a multiple of chains = 2 and not 0, got 3`),
  );
  expect(() => rHat([1, 2, 3], { chains: -1 })).toThrow(
    new RangeError(`${name}: chains must be a safe integer from 1, got -1`),
  );
  expect(() => rHat([1, null as unknown as number], { chains: 1 })).toThrow(
    new TypeError(`${name}: draws must hold numbers, got null at index 1`),
  );
});

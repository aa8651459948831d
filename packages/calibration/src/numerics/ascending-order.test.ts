import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ascendingOrder } from "./ascending-order.ts";
import { averageRanks } from "./average-ranks.ts";

/** What a stable comparator sort makes of it. */
function expectSorted(values: Float64Array): void {
  const { sorted, order } = ascendingOrder(values);
  const want = Uint32Array.from(values.keys()).sort((i, j) => values[i]! - values[j]!);
  expect(order).toEqual(want);
  expect(sorted).toEqual(Float64Array.from(want, (i) => values[i]! + 0));
}

describe("ascendingOrder", () => {
  test("sorts any finite values, stably", () => {
    const value = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer({ min: -2, max: 2 }),
    );
    fc.assert(
      fc.property(fc.array(value), (values) => expectSorted(Float64Array.from(values))),
      { seed: 1887, numRuns: 500 },
    );
  });

  test("sorts many", () => {
    let state = 1;
    const next = () => {
      state = (state * 48271) % 2147483647;
      return state / 2147483647;
    };
    expectSorted(Float64Array.from({ length: 40_000 }, () => (next() - 0.5) * 10 ** (8 * next())));
  });

  test("sorts values that crowd in the last bits, in either direction", () => {
    for (const sign of [1, -1]) {
      const crowd = Float64Array.from(
        { length: 5000 },
        (_, i) => sign * (1 + ((i * 7919) % 5000) * 2 ** -52),
      );
      expectSorted(crowd);
    }
  });

  test("sorts crowds with ties, and stably, beside values that stretch the range", () => {
    const far = [[1e300], [-1e308, 1e308], [0, 5e-324, 1], []];
    for (const outliers of far) {
      const crowd = Array.from({ length: 3000 }, (_, i) => (((i * 7919) % 100) - 50) * 1e-12);
      expectSorted(Float64Array.from([...crowd, ...outliers, ...crowd]));
    }
    expectSorted(Float64Array.from({ length: 500 }, (_, i) => ((i * 37) % 50) * 5e-324));
  });

  test("keeps no negative zero", () => {
    expect(ascendingOrder(Float64Array.of(0, -0)).sorted).toEqual(Float64Array.of(0, 0));
  });
});

describe("averageRanks", () => {
  test("shares ranks among equals", () => {
    expect(Array.from(averageRanks(Float64Array.of(3, 1, 3, 2, 3)))).toEqual([4, 1, 4, 2, 4]);
    expect(Array.from(averageRanks(Float64Array.of(0, -0)))).toEqual([1.5, 1.5]);
  });
});

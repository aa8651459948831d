import fc from "fast-check";
import { expect, test } from "vitest";
import { quantileBySelection } from "./quantile-by-selection.ts";
import { quantileOfSorted } from "./quantile-of-sorted.ts";

test("type 7 by hand", () => {
  expect(quantileOfSorted(Float64Array.of(1, 2, 4, 8), 0.5)).toBe(3);
  expect(quantileOfSorted(Float64Array.of(1, 2, 4, 8), 0.25)).toBe(1.75);
  expect(quantileOfSorted(Float64Array.of(1, 2, 4, 8), 1)).toBe(8);
  expect(quantileOfSorted(Float64Array.of(7), 0.3)).toBe(7);
  expect(quantileOfSorted(Float64Array.of(-Infinity, 5, Infinity, Infinity), 0.9)).toBe(Infinity);
});

test("selection finds the same as sorting, with ties and infinities", () => {
  const value = fc.oneof(fc.double({ noNaN: true }), fc.integer({ min: 0, max: 3 }));
  const probability = fc.oneof(fc.constantFrom(0, 0.5, 1), fc.double({ min: 0, max: 1, noNaN: true }));
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 200 }), probability, (values, p) => {
      const selected = quantileBySelection(Float64Array.from(values), p);
      expect(selected + 0).toBe(quantileOfSorted(Float64Array.from(values).sort(), p) + 0);
    }),
  );
});

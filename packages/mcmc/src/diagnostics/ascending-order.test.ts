import fc from "fast-check";
import { expect, test } from "vitest";
import { randomStream } from "../random/random-stream.ts";
import { ascendingOrder } from "./ascending-order.ts";

/** The comparator sort that the radix sort stands for. */
function expectSorted(values: Float64Array): void {
  const { sorted, order } = ascendingOrder(values);
  const expected = Array.from(values.keys()).sort((i, j) => {
    const [a, b] = [values[i]!, values[j]!];
    return a < b ? -1 : a > b ? 1 : i - j;
  });
  expect(Array.from(order)).toEqual(expected);
  expect(Array.from(sorted)).toEqual(expected.map((i) => values[i]! + 0));
}

test("equals a stable comparator sort, with infinities, subnormal numbers, ties and both zeros", () => {
  const value = fc.oneof(fc.double({ noNaN: true }), fc.integer({ min: -3, max: 3 }), fc.constant(-0));
  fc.assert(fc.property(fc.array(value), (values) => expectSorted(Float64Array.from(values))));
});

test("values that agree in their high bits are sorted by the low ones", () => {
  const random = randomStream(1);
  const crowded = Float64Array.from({ length: 3000 }, () => (random() < 0.5 ? -1 : 1) * (1e9 + random()));
  expectSorted(crowded);
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { neighbourDistances } from "./neighbour-distances.ts";

test("a neighbour is another row, also if it is equal", () => {
  const features = { data: [0, 0, 1, 3], shape: [4, 1] };
  expect(neighbourDistances(features, 1)).toEqual(new Float64Array([0, 0, 1, 4]));
  expect(neighbourDistances(features, 2)).toEqual(new Float64Array([1, 1, 1, 9]));
});

test("equals sorting the distances of each row, over several blocks", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 6, maxLength: 150 }),
      fc.integer({ min: 1, max: 5 }),
      (data, k) => {
        const expected = data.map(
          (x, i) =>
            data
              .filter((_, j) => j !== i)
              .map((y) => (x - y) ** 2)
              .sort((a, b) => a - b)[k - 1]!,
        );
        expect(Array.from(neighbourDistances({ data, shape: [data.length, 1] }, k))).toEqual(expected);
      },
    ),
    { seed: 1, numRuns: 60 },
  );
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nearestNeighbourClassifier } from "./nearest-neighbour-classifier.ts";

describe("nearestNeighbourClassifier", () => {
  test("counts the nearest as a full sort does", () => {
    const coordinate = fc.double({ min: -5, max: 5, noNaN: true });
    const point = fc.tuple(coordinate, coordinate);
    const known = fc.array(fc.tuple(point, fc.boolean()), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(known, point, fc.integer({ min: 1, max: 30 }), (rows, [x, y], wanted) => {
        const neighbours = Math.min(wanted, rows.length);
        const nearest = rows
          .map(([[a, b], real]) => ({ square: (a - x) ** 2 + (b - y) ** 2, real }))
          .sort((one, other) => one.square - other.square)
          .slice(0, neighbours);
        const learn = nearestNeighbourClassifier({ neighbours });
        const score = learn(
          { data: rows.flatMap(([p]) => p), shape: [rows.length, 2] },
          Uint8Array.from(rows, ([, real]) => Number(real)),
        );
        expect(score({ data: [x, y], shape: [1, 2] })[0]).toBe(
          nearest.filter(({ real }) => real).length / neighbours,
        );
      }),
      { seed: 1 },
    );
  });

  test("asks ⌊√rows⌋ neighbours by default, and forgets one row at the next", () => {
    const data = Float32Array.from({ length: 15 }, (_, i) => i);
    const score = nearestNeighbourClassifier()({ data, shape: [15, 1] }, new Uint8Array(15).fill(1, 0, 8));
    expect(score({ data: [7.1, -9, 99, 7.9], shape: [4, 1] })).toEqual(Float64Array.of(2 / 3, 1, 0, 1 / 3));
  });

  test("refuses numbers of neighbours that are not there", () => {
    expect(() => nearestNeighbourClassifier({ neighbours: 0 })).toThrow(
      new RangeError("nearestNeighbourClassifier: neighbours must be a safe integer from 1, got 0"),
    );
    const learn = nearestNeighbourClassifier({ neighbours: 3 });
    expect(() => learn({ data: [1, 2], shape: [2, 1] }, Uint8Array.of(0, 1))).toThrow(
      new RangeError("nearestNeighbourClassifier: neighbours must be at most the number of rows, 2, got 3"),
    );
  });
});

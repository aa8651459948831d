import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assignModes } from "./assign-modes.ts";

describe("assignModes", () => {
  test("finds the nearest centre within the radius, inclusively", () => {
    const options = { modes: [0, 0, 3, 0], dimensions: 2, radius: 1 };
    expect(assignModes([0, 1, 3, -1, 1.5, 0, 2.25, 0.5], options)).toEqual(new Int32Array([0, 1, -1, 1]));
  });

  test("leaves no point out by default, and takes the first of centres as near", () => {
    expect(assignModes([1e9, 1, 0.4], { modes: [0, 2], dimensions: 1 })).toEqual(new Int32Array([1, 0, 0]));
  });

  test("agrees with distances measured one by one, in any dimension", () => {
    const coordinate = fc.integer({ min: -4, max: 4 });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.array(coordinate),
        fc.array(coordinate),
        fc.integer({ min: 1, max: 6 }),
        (dimensions, a, b, radius) => {
          const points = a.slice(0, a.length - (a.length % dimensions));
          const modes = [...new Array(dimensions).fill(0), ...b.slice(0, b.length - (b.length % dimensions))];
          const row = (values: number[], i: number) => values.slice(i * dimensions, (i + 1) * dimensions);
          assignModes(points, { modes, dimensions, radius }).forEach((mode, i) => {
            const squares = Array.from({ length: modes.length / dimensions }, (_, k) =>
              row(modes, k).reduce((sum, x, axis) => sum + (x - row(points, i)[axis]!) ** 2, 0),
            );
            const least = Math.min(...squares);
            expect(mode).toBe(least <= radius ** 2 ? squares.indexOf(least) : -1);
          });
        },
      ),
      { seed: 1 },
    );
  });

  test.each([
    [[1, 2, 3], { modes: [0, 0], dimensions: 2 }, "points must hold 2 numbers for each row, got 3 numbers"],
    [
      [1, 2],
      { modes: [0], dimensions: 2 },
      "modes must hold at least 1 row and 2 numbers for each row, got 1 numbers",
    ],
    [
      [1],
      { modes: [], dimensions: 1 },
      "modes must hold at least 1 row and 1 numbers for each row, got 0 numbers",
    ],
    [[1, Number.NaN], { modes: [0], dimensions: 1 }, "points[1] must be finite, got NaN"],
    [[1], { modes: [Infinity], dimensions: 1 }, "modes[0] must be finite, got Infinity"],
    [[1], { modes: [0], dimensions: 0.5 }, "dimensions must be a safe integer from 1, got 0.5"],
    [[1], { modes: [0], dimensions: 1, radius: 0 }, "radius must be positive, got 0"],
  ])("refuses %j, %j", (points, options, reason) => {
    expect(() => assignModes(points, options)).toThrow(new RangeError(`assignModes: ${reason}`));
  });
});

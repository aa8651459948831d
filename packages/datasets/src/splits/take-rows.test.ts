import { describe, expect, test } from "vitest";
import { takeRows } from "./take-rows.ts";

const matrix = { data: new Float32Array([1, 2, 3, 4, 5, 6]), shape: [3, 2] };

describe("takeRows", () => {
  test("copies rows in the order asked for, repeats included", () => {
    const taken = takeRows(matrix, new Uint32Array([2, 0, 2]));
    expect(taken).toEqual({
      data: new Float32Array([5, 6, 1, 2, 5, 6]),
      shape: [3, 2],
      rows: new Uint32Array([2, 0, 2]),
    });
    taken.data.fill(0);
    expect(matrix.data[0]).toBe(1);
  });

  test("keeps the other dimensions", () => {
    const images = { data: Uint8Array.from({ length: 12 }, (_, i) => i), shape: [2, 3, 2] };
    expect(takeRows(images, [1])).toEqual({
      data: new Uint8Array([6, 7, 8, 9, 10, 11]),
      shape: [1, 3, 2],
      rows: new Uint32Array([1]),
    });
  });

  test("takes numbers from a list, nothing, and rows of nothing", () => {
    expect(takeRows({ data: new Int16Array([7, 8]), shape: [2] }, [1])).toEqual({
      data: new Int16Array([8]),
      shape: [1],
      rows: new Uint32Array([1]),
    });
    expect(takeRows(matrix, []).shape).toEqual([0, 2]);
    expect(takeRows({ data: new Float64Array(0), shape: [3, 0] }, [2, 2]).shape).toEqual([2, 0]);
  });

  test("gives a plain Uint8Array for a Buffer", () => {
    const { data } = takeRows({ data: Buffer.from([1, 2, 3]), shape: [3] }, [2]);
    expect(Object.getPrototypeOf(data)).toBe(Uint8Array.prototype);
    expect(data).toEqual(new Uint8Array([3]));
  });

  test("knows where rows come from, however often they were taken", () => {
    const once = takeRows(matrix, [2, 0, 1]);
    const twice = takeRows(once, [1, 0]);
    expect(twice.rows).toEqual(new Uint32Array([0, 2]));
    expect(twice.data).toEqual(takeRows(matrix, twice.rows).data);
  });

  test.each([
    [{ ...matrix, rows: new Uint32Array(2) }, [0], "rows of the array must be 3 numbers, got 2"],
    [matrix, [3], "rows[0] must be a whole number from 0 to 2, got 3"],
    [matrix, [0, -1], "rows[1] must be a whole number from 0 to 2, got -1"],
    [matrix, [0.5], "rows[0] must be a whole number from 0 to 2, got 0.5"],
    [matrix, [Number.NaN], "rows[0] must be a whole number from 0 to 2, got NaN"],
    [{ data: matrix.data, shape: [2, 2] }, [0], "data must be 4 long for shape [2, 2], got 6"],
    [{ data: matrix.data, shape: [] }, [0], "shape must be one or more whole numbers from 0, got []"],
    [
      { data: matrix.data, shape: [-2, -3] },
      [0],
      "shape must be one or more whole numbers from 0, got [-2, -3]",
    ],
  ])("refuses %j, %j", (array, rows, reason) => {
    expect(() => takeRows(array, rows)).toThrow(new RangeError(`takeRows: ${reason}`));
  });
});

import { describe, expect, test, vi } from "vitest";
import { batchLength, batchRows } from "./batch-rows.ts";

const rowsOf = (numbers: unknown) => batchRows("caller", numbers, undefined);
const two = { data: Float32Array.of(1, 2, 3, 4), shape: [2, 2] };

describe("batchRows", () => {
  test("reads numbers, arrays of them, { data, shape } and tensors", async () => {
    expect(await rowsOf([1, 2, 3])).toEqual({ data: Float32Array.of(1, 2, 3), shape: [3, 1] });
    expect(await rowsOf([[1, 2], Float64Array.of(3, 4)])).toEqual(two);
    expect(await rowsOf({ data: Uint8Array.of(1, 2, 3, 4), shape: [2, 2] })).toEqual(two);
    expect(await rowsOf({ data: Float32Array.of(5, 6), shape: [2] })).toMatchObject({ shape: [2, 1] });
    const dispose = vi.fn();
    const tensor = { shape: [2, 2], data: async () => [1, 2, 3, 4], dispose };
    expect(await rowsOf(tensor)).toEqual(two);
    expect(dispose).not.toHaveBeenCalled();
    expect(await rowsOf([])).toMatchObject({ shape: [0, 1] });
  });

  test("disposes tensors that features made, not those they were given", async () => {
    const dispose = vi.fn();
    const tensor = { shape: [1, 1], data: async () => [1], dispose };
    await batchRows("caller", tensor, (batch) => batch);
    expect(dispose).not.toHaveBeenCalled();
    await batchRows("caller", "anything", async () => tensor);
    expect(dispose).toHaveBeenCalledTimes(1);
  });

  test.each([
    [["a", "b"], "a batch must be numbers, got string in sample 0"],
    [null, "got null"],
    [7, "got number"],
    [
      [[1, 2], [3]],
      "a batch must all have one shape, [2] as the first: got 1 instead of 2 entries in sample 1",
    ],
    [
      { data: Float32Array.of(1, 2, 3), shape: [2, 2] },
      "a batch must hold 4 numbers, as its shape [2, 2] says, got 3",
    ],
    [
      [
        [0, 1],
        [Number.POSITIVE_INFINITY, 2],
      ],
      "a batch must hold finite numbers, got Infinity in row 1",
    ],
  ])("refuses %j", async (numbers, message) => {
    await expect(rowsOf(numbers)).rejects.toThrow(`caller: `);
    await expect(rowsOf(numbers)).rejects.toThrow(message);
  });

  test("batchLength counts what it knows", () => {
    expect(batchLength(["a", "b"])).toBe(2);
    expect(batchLength(two)).toBe(2);
    expect(batchLength(new Map())).toBeUndefined();
    expect(batchLength(null)).toBeUndefined();
  });
});

import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { IdxInput } from "./format-idx.ts";
import { formatIdx } from "./format-idx.ts";
import { IDX_FORMATS, IDX_TYPES } from "./idx-array.ts";
import { parseIdx } from "./parse-idx.ts";

test("formatIdx writes the bytes that one writes by hand", () => {
  // Big-endian: -2 is fffe, 2^31 - 1 is 7fffffff, -2.5 is c0200000 (sign 1, exponent 1, fraction 1/4).
  expect(formatIdx({ type: "int16", data: [1, -2, 258, 0, 32767, -32768], shape: [3, 2] })).toEqual(
    new Uint8Array([
      ...[0, 0, 0x0b, 2, 0, 0, 0, 3, 0, 0, 0, 2],
      ...[0, 1, 0xff, 0xfe, 1, 2, 0, 0, 0x7f, 0xff, 0x80, 0],
    ]),
  );
  expect(formatIdx({ data: new Float32Array([-2.5]), shape: [1] })).toEqual(
    new Uint8Array([0, 0, 0x0d, 1, 0, 0, 0, 1, 0xc0, 0x20, 0, 0]),
  );
  expect(formatIdx({ data: new Uint8Array([7]), shape: [] })).toEqual(new Uint8Array([0, 0, 8, 0, 7]));
});

test.each(["t10k-labels-idx1-ubyte", "int8.idx", "int16.idx", "int32.idx", "float32.idx", "float64.idx"])(
  "formatIdx writes %s as another program wrote it",
  (name) => {
    const bytes = new Uint8Array(readFileSync(new URL(`../../../test/fixtures/${name}`, import.meta.url)));
    expect(formatIdx(parseIdx(bytes))).toEqual(bytes);
  },
);

test("parseIdx gives back what formatIdx wrote, for every type and shape, from typed and plain arrays", () => {
  const sizes = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 });
  fc.assert(
    fc.property(fc.constantFrom(...IDX_TYPES), sizes, fc.gen(), (type, shape, gen) => {
      const { array: container } = IDX_FORMATS[type];
      const length = shape.reduce((product, size) => product * size, 1);
      const width = container.BYTES_PER_ELEMENT;
      const stored = gen(fc.uint8Array, { minLength: length * width, maxLength: length * width });
      const data = new container(new Uint8Array(stored).buffer);
      const bytes = formatIdx({ data, shape });
      expect(parseIdx(bytes)).toEqual({ type, data, shape });
      expect(parseIdx(formatIdx({ type, data: [...data], shape }))).toEqual({ type, data, shape });
    }),
    { seed: 1, numRuns: 300 },
  );
});

test("formatIdx writes the part that a typed array shows of its buffer, and leaves it as it is", () => {
  const data = new Int32Array([1, 2, 3, 4]).subarray(1, 3);
  expect(parseIdx(formatIdx({ data, shape: [2] })).data).toEqual(new Int32Array([2, 3]));
  expect([...new Int32Array(data.buffer)]).toEqual([1, 2, 3, 4]);
});

test("formatIdx takes numbers that the type holds from an array of another", () => {
  const { data } = parseIdx(formatIdx({ type: "uint8", data: new Float64Array([0, 255]), shape: [2] }));
  expect(data).toEqual(new Uint8Array([0, 255]));
  const special = [NaN, Infinity, -Infinity, 0.5];
  expect([...parseIdx(formatIdx({ type: "float32", data: special, shape: [4] })).data]).toEqual(special);
});

describe("errors", () => {
  const six = "uint8, int8, int16, int32, float32, float64";
  const untyped = `array.data must be a typed array of ${six} where array.type is not given, got`;
  const sizes = "array.shape must be at most 255 whole numbers from 0 to 4294967295, got";
  test.each<[string, unknown, typeof Error, string]>([
    ["a plain array without a type", { data: [1], shape: [1] }, TypeError, `${untyped} Array`],
    ["another typed array", { data: new Uint16Array(1), shape: [1] }, TypeError, `${untyped} Uint16Array`],
    ["no data", { shape: [1] }, TypeError, `${untyped} undefined`],
    [
      "no data of a type",
      { type: "int8", shape: [1] },
      RangeError,
      "array.data must be 1 long for shape [1] of int8, got undefined",
    ],
    [
      "an unknown type",
      { type: "int64", data: [1], shape: [1] },
      RangeError,
      `array.type must be one of ${six}, got int64`,
    ],
    [
      "a name that every object has",
      { type: "toString", data: [1], shape: [1] },
      RangeError,
      `array.type must be one of ${six}, got toString`,
    ],
    ["a size of -1", { data: new Uint8Array(1), shape: [-1] }, RangeError, `${sizes} [-1]`],
    ["half a size", { data: new Uint8Array(1), shape: [2, 0.5] }, RangeError, `${sizes} [2, 0.5]`],
    [
      "a size of 2^32",
      { data: new Uint8Array(0), shape: [0, 2 ** 32] },
      RangeError,
      `${sizes} [0, 4294967296]`,
    ],
    ["256 dimensions", { data: new Uint8Array(1), shape: Array(256).fill(1) }, RangeError, `${sizes} [1, 1,`],
    [
      "too few numbers",
      { data: new Int16Array(3), shape: [2, 2] },
      RangeError,
      "array.data must be 4 long for shape [2, 2] of int16, got 3",
    ],
    [
      "a number out of range",
      { type: "int8", data: [1, 128], shape: [2] },
      RangeError,
      "array.data[1] must be a number of type int8, got 128",
    ],
    [
      "a fraction",
      { type: "int32", data: [1.5], shape: [1] },
      RangeError,
      "array.data[0] must be a number of type int32, got 1.5",
    ],
    [
      "NaN as an integer",
      { type: "uint8", data: [NaN], shape: [1] },
      RangeError,
      "array.data[0] must be a number of type uint8, got NaN",
    ],
    [
      "a double as float32",
      { type: "float32", data: [0.1], shape: [1] },
      RangeError,
      "array.data[0] must be a number of type float32, got 0.1",
    ],
    [
      "digits in a string",
      { type: "uint8", data: ["7"], shape: [1] },
      RangeError,
      "array.data[0] must be a number of type uint8, got 7",
    ],
    [
      "a bigint",
      { type: "uint8", data: [0n], shape: [1] },
      RangeError,
      "array.data[0] must be a number of type uint8, got 0",
    ],
  ])("formatIdx refuses %s", (_, array, kind, reason) => {
    const write = () => formatIdx(array as IdxInput);
    expect(write).toThrow(kind);
    expect(write).toThrow(`formatIdx: ${reason}`);
  });
});

import { describe, expect, test } from "vitest";
import { fromBase64, numpyFiles } from "../../testing/numpy-files.ts";
import { formatNpy } from "./format-npy.ts";
import { parseNpy } from "./parse-npy.ts";

test.each(numpyFiles.npy.filter(({ plain }) => plain))(
  "formatNpy writes as NumPy, to the byte: $name",
  ({ file }) => {
    const bytes = fromBase64(file);
    expect(formatNpy(parseNpy(bytes))).toEqual(bytes);
  },
);

test("formatNpy writes every array that parseNpy gives so that parseNpy gives it back", () => {
  for (const { file } of numpyFiles.npy) {
    const array = parseNpy(fromBase64(file));
    expect(parseNpy(formatNpy(array))).toEqual(array);
  }
});

test("formatNpy takes the type from the data", () => {
  const arrays = [
    new Int8Array(1),
    new Int16Array(1),
    new Int32Array(1),
    new BigInt64Array(1),
    new Uint8Array(1),
    new Uint16Array(1),
    new Uint32Array(1),
    new BigUint64Array(1),
    new Float32Array(1),
    new Float64Array(1),
    new Uint8ClampedArray(1),
    Buffer.alloc(1),
  ];
  expect(arrays.map((data) => parseNpy(formatNpy({ data, shape: [] })).dtype)).toEqual([
    "int8",
    "int16",
    "int32",
    "int64",
    "uint8",
    "uint16",
    "uint32",
    "uint64",
    "float32",
    "float64",
    "uint8",
    "uint8",
  ]);
});

test("formatNpy writes the part that a typed array shows of its buffer", () => {
  const data = new Float64Array([1, 2, 3, 4]).subarray(1, 3);
  expect([...parseNpy(formatNpy({ data, shape: [2] })).data]).toEqual([2, 3]);
});

test("formatNpy rounds to half precision as asked", () => {
  const data = new Float32Array([0.1, 65519, 65520, -1e9, 2 ** -25, 2 ** -24 * 1.5, -0]);
  expect([...parseNpy(formatNpy({ data, shape: [7], dtype: "float16" })).data]).toEqual([
    0.0999755859375,
    65504,
    Infinity,
    -Infinity,
    0,
    2 ** -23,
    -0,
  ]);
});

describe("errors", () => {
  const data = new Uint8Array(4);
  test.each([
    [{ data: [1, 2], shape: [2] }, TypeError, "array.data must be a typed array, got object"],
    [
      { data: new DataView(new ArrayBuffer(2)), shape: [2] },
      TypeError,
      "array.data must be a typed array, got DataView",
    ],
    [
      { data, shape: [4], dtype: "float32" },
      TypeError,
      "array.data must be a Float32Array for float32, got Uint8Array",
    ],
    [
      { data: new Uint8ClampedArray(4), shape: [4], dtype: "bool" },
      TypeError,
      "array.data must be a Uint8Array for bool, got Uint8ClampedArray",
    ],
    [
      { data, shape: [4], dtype: "object" },
      RangeError,
      "array.dtype must be one of bool, int8, int16, int32, int64, uint8, uint16, uint32, uint64, float16, float32, float64, complex64, complex128, got object",
    ],
    [{ data, shape: [4], dtype: "toString" }, RangeError, "array.dtype must be one of bool,"],
    [{ data, shape: [2, 3] }, RangeError, "array.data must be 6 long for shape [2, 3] of uint8, got 4"],
    [{ data, shape: [] }, RangeError, "array.data must be 1 long for shape [] of uint8, got 4"],
    [
      { data: new Float32Array(2), shape: [2], dtype: "complex64" },
      RangeError,
      "array.data must be 4 long for shape [2] of complex64, got 2",
    ],
    [
      { data, shape: [-2, -2] },
      RangeError,
      "array.shape must be at most 64 whole numbers from 0, got [-2, -2]",
    ],
    [
      { data, shape: [0.5, 8] },
      RangeError,
      "array.shape must be at most 64 whole numbers from 0, got [0.5, 8]",
    ],
    [
      { data: new Uint8Array(1), shape: Array(65).fill(1) },
      RangeError,
      "array.shape must be at most 64 whole numbers from 0, got [1, 1,",
    ],
    [
      { data: new Uint8Array([1, 3]), shape: [2], dtype: "bool" },
      RangeError,
      "array.data[1] must be 0 or 1, got 3",
    ],
  ])("formatNpy refuses %j", (array, kind, reason) => {
    expect(() => formatNpy(array as never)).toThrow(kind);
    expect(() => formatNpy(array as never)).toThrow(`formatNpy: ${reason}`);
  });
});

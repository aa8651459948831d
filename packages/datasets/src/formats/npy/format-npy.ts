import { isLittleEndian, swapBytes } from "../../byte-order.ts";
import type { NumberArray } from "../../splits/take-rows.ts";
import { toFloat16Bits } from "./float16.ts";
import { NPY_FORMATS, NPY_MAX_DIMENSIONS, type NpyData, type NpyType } from "./npy-array.ts";
import { formatNpyHeader } from "./npy-header.ts";

/** What can be written as an NPY file: also the arrays of `parseNpy`, `parseIdx` and `takeRows`. */
export interface NpyInput {
  /** The numbers, row-major; for a complex type, real and imaginary part of each in turn. */
  readonly data: NumberArray | BigInt64Array | BigUint64Array;
  /** The length of each dimension, the slowest first; none for a single number. */
  readonly shape: readonly number[];
  /**
   * The type in the file. Default: that of `data`. Others: `bool` in a Uint8Array, `float16` and `complex64` in a Float32Array,
   * `complex128` in a Float64Array.
   */
  readonly dtype?: NpyType;
}

/**
 * Writes an NPY file, the format of `numpy.load`: version 1.0, little-endian, in C order; to the byte what `numpy.save` writes.
 *
 * @param array - numbers and their shape. For `float16` they are rounded to the nearest, ties to even, and are infinite
 * from 65520 on.
 * @returns the whole file. O(bytes).
 * @throws {TypeError} if `data` is no typed array, or not the one that `dtype` is held in.
 * @throws {RangeError} if data and shape disagree, there are more than 64 dimensions, the type is unknown, or a boolean is neither
 * 0 nor 1.
 * @see NumPy enhancement proposal 1, A simple file format for NumPy arrays.
 * @example
 * ```ts
 * import { formatNpy, parseNpy } from "@mhgan/datasets";
 * const bytes = formatNpy({ data: new Uint8Array([1, 0, 1]), shape: [3], dtype: "bool" });
 * bytes.length; // => 131
 * parseNpy(bytes).dtype; // => "bool"
 * formatNpy({ data: new Int16Array(3), shape: [2, 2] }); // throws RangeError: formatNpy: array.data must be 4 long for shape [2, 2] of int16, got 3
 * ```
 */
export function formatNpy(array: NpyInput): Uint8Array {
  const { data, shape } = array;
  const dtype = array.dtype ?? typeOf(data);
  const format = Object.hasOwn(NPY_FORMATS, dtype) ? NPY_FORMATS[dtype] : undefined;
  if (format === undefined) {
    throw new RangeError(
      `formatNpy: array.dtype must be one of ${Object.keys(NPY_FORMATS).join(", ")}, got ${String(dtype)}`,
    );
  }
  const { code, width, parts, array: container } = format;
  if (!(data instanceof container || (dtype === "uint8" && data instanceof Uint8ClampedArray))) {
    throw new TypeError(
      `formatNpy: array.data must be a ${container.name} for ${dtype}, got ${kindOf(data)}`,
    );
  }
  requireShape(shape, data.length, parts, dtype);
  if (dtype === "bool") requireBooleans(data as NpyData["bool"]);
  const stored = dtype === "float16" ? toFloat16Bits(data as NpyData["float16"]) : data;
  const header = formatNpyHeader(`${width === 1 ? "|" : "<"}${code}`, shape);
  const bytes = new Uint8Array(10 + header.length + stored.byteLength);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length & 255, header.length >> 8]);
  for (let i = 0; i < header.length; i++) bytes[10 + i] = header.charCodeAt(i);
  const numbers = bytes.subarray(10 + header.length);
  numbers.set(new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength));
  if (!isLittleEndian()) swapBytes(numbers, width);
  return bytes;
}

/** The type that a typed array is written as, if none is asked for. */
function typeOf(data: NpyInput["data"]): NpyType {
  const type = TYPES[kindOf(data)];
  if (type === undefined) {
    throw new TypeError(`formatNpy: array.data must be a typed array, got ${kindOf(data)}`);
  }
  return type;
}

const TYPES: Readonly<Record<string, NpyType>> = {
  Int8Array: "int8",
  Int16Array: "int16",
  Int32Array: "int32",
  BigInt64Array: "int64",
  Uint8Array: "uint8",
  Uint8ClampedArray: "uint8",
  Uint16Array: "uint16",
  Uint32Array: "uint32",
  BigUint64Array: "uint64",
  Float32Array: "float32",
  Float64Array: "float64",
};

/** The class of a typed array, of the plain one also for a Buffer, or what else the value is. */
function kindOf(data: unknown): string {
  return ArrayBuffer.isView(data) && Symbol.toStringTag in data
    ? String(data[Symbol.toStringTag])
    : typeof data;
}

function requireShape(shape: readonly number[], length: number, parts: number, dtype: NpyType): void {
  if (
    !(shape.length <= NPY_MAX_DIMENSIONS && shape.every((size) => Number.isSafeInteger(size) && size >= 0))
  ) {
    throw new RangeError(
      `formatNpy: array.shape must be at most ${NPY_MAX_DIMENSIONS} whole numbers from 0, got [${shape.join(", ")}]`,
    );
  }
  const expected = shape.includes(0) ? 0 : shape.reduce((product, size) => product * size, parts);
  if (length !== expected) {
    throw new RangeError(
      `formatNpy: array.data must be ${expected} long for shape [${shape.join(", ")}] of ${dtype}, got ${length}`,
    );
  }
}

function requireBooleans(data: Uint8Array): void {
  const at = data.findIndex((value) => value > 1);
  if (at >= 0) throw new RangeError(`formatNpy: array.data[${at}] must be 0 or 1, got ${data[at]}`);
}

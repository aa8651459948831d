import { requireBytes } from "./requirements.ts";

/** An n-dimensional array as an IDX file holds it, row-major. `type` says which typed array `data` is. */
export type IdxArray = {
  [Type in keyof IdxData]: {
    readonly type: Type;
    readonly data: IdxData[Type];
    /** The length of each dimension, the slowest first. Their product is `data.length`. */
    readonly shape: readonly number[];
  };
}[keyof IdxData];

/** The typed array that holds the numbers of each IDX type. */
export interface IdxData {
  readonly uint8: Uint8Array;
  readonly int8: Int8Array;
  readonly int16: Int16Array;
  readonly int32: Int32Array;
  readonly float32: Float32Array;
  readonly float64: Float64Array;
}

/** What the third byte of the file means: the type, the bytes in a number, how to hold them, how to read one. */
const FORMATS: Record<number, Format> = {
  8: { type: "uint8", width: 1, make: (n) => new Uint8Array(n), read: (view, at) => view.getUint8(at) },
  9: { type: "int8", width: 1, make: (n) => new Int8Array(n), read: (view, at) => view.getInt8(at) },
  11: { type: "int16", width: 2, make: (n) => new Int16Array(n), read: (view, at) => view.getInt16(at) },
  12: { type: "int32", width: 4, make: (n) => new Int32Array(n), read: (view, at) => view.getInt32(at) },
  13: {
    type: "float32",
    width: 4,
    make: (n) => new Float32Array(n),
    read: (view, at) => view.getFloat32(at),
  },
  14: {
    type: "float64",
    width: 8,
    make: (n) => new Float64Array(n),
    read: (view, at) => view.getFloat64(at),
  },
};

interface Format {
  readonly type: keyof IdxData;
  readonly width: number;
  readonly make: (length: number) => IdxData[keyof IdxData];
  readonly read: (view: DataView, at: number) => number;
}

/**
 * Reads an IDX file, the format of MNIST and its successors: big-endian, all six types, any number of dimensions.
 *
 * The size that the header announces is held against the size of the file before anything is allocated, so the bytes
 * may come from anywhere.
 *
 * @param bytes - the whole file, not compressed.
 * @returns `data` is a copy in the byte order of this machine. O(bytes).
 * @throws {TypeError} if `bytes` is not a Uint8Array.
 * @throws {RangeError} if the magic number is not that of IDX, or the header, the dimensions and the length disagree.
 * @see LeCun, Cortes and Burges, The MNIST database of handwritten digits, "The IDX file format".
 * @example
 * ```ts
 * import { parseIdx } from "@mhgan/datasets";
 * const { type, shape, data } = parseIdx(new Uint8Array([0, 0, 8, 1, 0, 0, 0, 3, 7, 8, 9]));
 * type; // => "uint8"
 * shape; // => [3]
 * data; // => [7, 8, 9]
 * ```
 */
export function parseIdx(bytes: Uint8Array): IdxArray {
  requireBytes("parseIdx", bytes);
  const format = FORMATS[bytes[2] ?? -1];
  if (bytes.length < 4 || bytes[0] !== 0 || bytes[1] !== 0 || format === undefined) {
    throw new RangeError(
      `parseIdx: bytes must start with an IDX magic number (00 00, a type in 08 09 0b 0c 0d 0e, the number of dimensions), got ${hex(bytes.subarray(0, 4))}`,
    );
  }
  const dimensions = bytes[3]!;
  const headerLength = 4 + 4 * dimensions;
  if (bytes.length < headerLength) {
    throw new RangeError(
      `parseIdx: bytes must hold a header of ${headerLength} bytes for ${dimensions} dimensions, got ${bytes.length} bytes`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shape = Array.from({ length: dimensions }, (_, axis) => view.getUint32(4 + 4 * axis));
  // A product too large for a double to hold exactly is still larger than any file, so the comparison stays right.
  const length = shape.includes(0) ? 0 : shape.reduce((product, size) => product * size, 1);
  const expectedLength = headerLength + length * format.width;
  if (bytes.length !== expectedLength) {
    throw new RangeError(
      `parseIdx: bytes must be ${expectedLength} long for shape [${shape.join(", ")}] of ${format.type}, got ${bytes.length} bytes`,
    );
  }
  const data = format.make(length);
  if (format.width === 1) {
    new Uint8Array(data.buffer).set(bytes.subarray(headerLength));
  } else {
    for (let i = 0; i < length; i++) data[i] = format.read(view, headerLength + i * format.width);
  }
  return { type: format.type, data, shape } as IdxArray;
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ") || "no bytes";
}

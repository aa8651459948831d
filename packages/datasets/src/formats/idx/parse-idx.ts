import { isLittleEndian, swapBytes } from "../../byte-order.ts";
import { requireBytes } from "../../requirements.ts";
import { IDX_FORMATS, IDX_TYPES, type IdxArray } from "./idx-array.ts";

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
  const type = IDX_TYPES.find((name) => IDX_FORMATS[name].code === bytes[2]);
  if (bytes.length < 4 || bytes[0] !== 0 || bytes[1] !== 0 || type === undefined) {
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
  const { array } = IDX_FORMATS[type];
  const expectedLength = headerLength + length * array.BYTES_PER_ELEMENT;
  if (bytes.length !== expectedLength) {
    throw new RangeError(
      `parseIdx: bytes must be ${expectedLength} long for shape [${shape.join(", ")}] of ${type}, got ${bytes.length} bytes`,
    );
  }
  const stored = new Uint8Array(length * array.BYTES_PER_ELEMENT);
  stored.set(bytes.subarray(headerLength));
  if (isLittleEndian()) swapBytes(stored, array.BYTES_PER_ELEMENT);
  return { type, data: new array(stored.buffer), shape } as IdxArray;
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ") || "no bytes";
}

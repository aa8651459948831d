import { isLittleEndian, swapBytes } from "../../byte-order.ts";
import { IDX_FORMATS, IDX_TYPES, type IdxData, type IdxType } from "./idx-array.ts";

/** What can be written as an IDX file: also the arrays of `parseIdx`. */
export interface IdxInput {
  /**
   * The type in the file. Default: that of `data`, if it is a typed array of one of the six types. Whatever `data` is, every number
   * must be one that the type holds exactly.
   */
  readonly type?: IdxType;
  /** The numbers, row-major. */
  readonly data: ArrayLike<number>;
  /** The length of each dimension, the slowest first: at most 255 of them, each below 2³²; none for a single number. */
  readonly shape: readonly number[];
}

/**
 * Writes an IDX file, the format of MNIST and its successors; the inverse of `parseIdx`.
 *
 * @param array - numbers and their shape. Nothing is rounded or wrapped: to write doubles as `float32`, round them first, with
 * `Float32Array.from`.
 * @returns the whole file, big-endian, not compressed. O(bytes).
 * @throws {TypeError} if `type` is not given and `data` is not a typed array of one of the six types.
 * @throws {RangeError} if the type is unknown, the shape is not one that the format can say, data and shape disagree, or the type
 * does not hold a number exactly.
 * @see LeCun, Cortes and Burges, The MNIST database of handwritten digits, "The IDX file format".
 * @example
 * ```ts
 * import { formatIdx } from "@mhgan/datasets";
 * formatIdx({ data: new Int16Array([1, -2]), shape: [2] }); // => [0, 0, 11, 1, 0, 0, 0, 2, 0, 1, 255, 254]
 * formatIdx({ type: "uint8", data: [7, 8, 9], shape: [3] }); // => [0, 0, 8, 1, 0, 0, 0, 3, 7, 8, 9]
 * formatIdx({ type: "uint8", data: [7, 256], shape: [2] }); // throws RangeError: formatIdx: array.data[1] must be a number of type uint8, got 256
 * ```
 */
export function formatIdx(array: IdxInput): Uint8Array {
  const { data, shape } = array;
  const type = array.type ?? typeOf(data);
  if (!Object.hasOwn(IDX_FORMATS, type)) {
    throw new RangeError(`formatIdx: array.type must be one of ${IDX_TYPES.join(", ")}, got ${String(type)}`);
  }
  requireShape(shape, data?.length, type);
  const { code, array: container } = IDX_FORMATS[type];
  const numbers = data instanceof container ? data : exactly(type, data);
  const headerLength = 4 + 4 * shape.length;
  const bytes = new Uint8Array(headerLength + numbers.byteLength);
  bytes.set([0, 0, code, shape.length]);
  const view = new DataView(bytes.buffer);
  for (let axis = 0; axis < shape.length; axis++) view.setUint32(4 + 4 * axis, shape[axis]!);
  const body = bytes.subarray(headerLength);
  body.set(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength));
  if (isLittleEndian()) swapBytes(body, container.BYTES_PER_ELEMENT);
  return bytes;
}

/** The type that a typed array is written as, if none is asked for. */
function typeOf(data: unknown): IdxType {
  const type = IDX_TYPES.find((name) => data instanceof IDX_FORMATS[name].array);
  if (type === undefined) {
    const kind = ArrayBuffer.isView(data) || Array.isArray(data) ? data.constructor.name : typeof data;
    throw new TypeError(
      `formatIdx: array.data must be a typed array of ${IDX_TYPES.join(", ")} where array.type is not given, got ${kind}`,
    );
  }
  return type;
}

function requireShape(shape: readonly number[], length: number | undefined, type: IdxType): void {
  if (
    !(shape.length <= 255 && shape.every((size) => Number.isInteger(size) && size >= 0 && size < 2 ** 32))
  ) {
    throw new RangeError(
      `formatIdx: array.shape must be at most 255 whole numbers from 0 to 4294967295, got [${shape.join(", ")}]`,
    );
  }
  const expected = shape.includes(0) ? 0 : shape.reduce((product, size) => product * size, 1);
  if (length !== expected) {
    throw new RangeError(
      `formatIdx: array.data must be ${expected} long for shape [${shape.join(", ")}] of ${type}, got ${String(length)}`,
    );
  }
}

function exactly(type: IdxType, data: ArrayLike<number>): IdxData[IdxType] {
  const numbers = new IDX_FORMATS[type].array(data.length);
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    // Anything else would be turned into a number, a hole into NaN.
    if (typeof value === "number") numbers[i] = value;
    if (numbers[i] !== value && !(Number.isNaN(numbers[i]) && Number.isNaN(value))) {
      throw new RangeError(
        `formatIdx: array.data[${i}] must be a number of type ${type}, got ${String(value)}`,
      );
    }
  }
  return numbers;
}

/** The typed arrays whose elements are numbers. */
export type NumberArray =
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array;

/** Numbers with a shape, row-major; the first length counts the rows. */
export interface Rows<Data extends NumberArray> {
  readonly data: Data;
  readonly shape: readonly number[];
}

/**
 * Copies rows of an array, in the order asked for; a row may be asked for more than once.
 *
 * @param array - numbers and their shape, [rows, …].
 * @param rows - indices from 0.
 * @returns an array of the same type and shape, but for the number of rows. O(size of the result).
 * @throws {RangeError} if data and shape disagree, the shape is empty, or a row is not there.
 * @example
 * ```ts
 * import { takeRows } from "@mhgan/datasets";
 * const { data, shape } = takeRows({ data: new Uint8Array([1, 2, 3, 4, 5, 6]), shape: [3, 2] }, [2, 0]);
 * data; // => [5, 6, 1, 2]
 * shape; // => [2, 2]
 * ```
 */
export function takeRows<Data extends NumberArray>(
  array: Rows<Data>,
  rows: ArrayLike<number>,
): { data: Data; shape: number[] } {
  const [count, ...rest] = array.shape;
  const width = rest.reduce((product, size) => product * size, 1);
  if (count === undefined || !array.shape.every((size) => Number.isSafeInteger(size) && size >= 0)) {
    throw new RangeError(
      `takeRows: shape must be one or more whole numbers from 0, got [${array.shape.join(", ")}]`,
    );
  }
  if (array.data.length !== count * width) {
    throw new RangeError(
      `takeRows: data must be ${count * width} long for shape [${array.shape.join(", ")}], got ${array.data.length}`,
    );
  }
  const data = emptyLike(array.data, rows.length * width);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    if (!(Number.isInteger(row) && row >= 0 && row < count)) {
      throw new RangeError(
        `takeRows: rows[${i}] must be a whole number from 0 to ${count - 1}, got ${String(row)}`,
      );
    }
    data.set(array.data.subarray(row * width, (row + 1) * width), i * width);
  }
  return { data, shape: [rows.length, ...rest] };
}

/** Zeros of the same element type: of the plain typed array, also for a subclass such as Node's Buffer. */
function emptyLike<Data extends NumberArray>(data: Data, length: number): Data {
  const plain = globalThis[data[Symbol.toStringTag]] as unknown as new (length: number) => Data;
  return new plain(length);
}

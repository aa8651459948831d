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
  /** The numbers, row after row. */
  readonly data: Data;
  /** The number of rows, then the lengths of what a row holds. */
  readonly shape: readonly number[];
  /** Which rows of a larger array these are, if they were taken from one. */
  readonly rows?: Uint32Array;
}

/** Rows that know where they come from. */
export interface TakenRows<Data extends NumberArray> extends Rows<Data> {
  /** The number of rows, then the lengths of what a row holds. */
  readonly shape: number[];
  /** The number each row has in the array that was first taken from, however often rows were taken since. */
  readonly rows: Uint32Array;
}

/**
 * Copies rows of an array, in the order asked for; a row may be asked for more than once. They know where they come from: `rows` of
 * the result says it, also for rows that are taken from rows that were taken.
 *
 * @param array - numbers and their shape, [rows, …].
 * @param rows - indices from 0.
 * @returns an array of the same type and shape, but for the number of rows, and where they come from. O(size of the result).
 * @throws {RangeError} if data and shape disagree, the shape is empty, or a row is not there.
 * @example
 * ```ts
 * import { takeRows } from "@mhgan/datasets";
 * const { data, shape } = takeRows({ data: new Uint8Array([1, 2, 3, 4, 5, 6]), shape: [3, 2] }, [2, 0]);
 * data; // => [5, 6, 1, 2]
 * shape; // => [2, 2]
 * const once = takeRows({ data: new Uint8Array([1, 2, 3, 4, 5, 6]), shape: [3, 2] }, [2, 0]);
 * takeRows(once, [0]).rows; // => [2]
 * ```
 */
export function takeRows<Data extends NumberArray>(
  array: Rows<Data>,
  rows: ArrayLike<number>,
): TakenRows<Data> {
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
  if (array.rows !== undefined && array.rows.length !== count) {
    throw new RangeError(`takeRows: rows of the array must be ${count} numbers, got ${array.rows.length}`);
  }
  const data = emptyLike(array.data, rows.length * width);
  const origins = new Uint32Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    if (!(Number.isInteger(row) && row >= 0 && row < count)) {
      throw new RangeError(
        `takeRows: rows[${i}] must be a whole number from 0 to ${count - 1}, got ${String(row)}`,
      );
    }
    origins[i] = array.rows?.[row] ?? row;
    data.set(array.data.subarray(row * width, (row + 1) * width), i * width);
  }
  return { data, shape: [rows.length, ...rest], rows: origins };
}

/** Zeros of the same element type: of the plain typed array, also for a subclass such as Node's Buffer. */
function emptyLike<Data extends NumberArray>(data: Data, length: number): Data {
  const plain = globalThis[data[Symbol.toStringTag]] as unknown as new (length: number) => Data;
  return new plain(length);
}

import type { MaybePromise } from "@mhgan/mcmc";
import type { ArrayBatch } from "./batch.ts";

/** What is known of a tensor of any framework that can be read: those of TensorFlow.js are such. */
export interface ReadableTensor {
  readonly shape: readonly number[];
  data(): Promise<ArrayLike<number>>;
  dispose?(): void;
}

/** Numbers of samples, one row for each: a number or an array of them a sample, `{ data, shape }`, or a tensor. */
export type NumericBatch =
  | ArrayBatch
  | ReadableTensor
  | readonly number[]
  | readonly (readonly number[] | Float32Array | Float64Array)[];

/**
 * What a critic or a measure sees of samples, one row for each: say, a layer of a classifier. A tensor that it makes is disposed by whoever
 * calls it, one that it was given is not.
 */
export type Features<Batch> = (batch: Batch) => MaybePromise<NumericBatch>;

/** Rows of numbers, one after the other. */
export interface Rows {
  readonly data: Float32Array;
  /** How many there are, and the shape of each. */
  readonly shape: readonly [number, ...number[]];
}

/**
 * Reads the numbers of a batch, by way of `features` if there are any.
 *
 * @throws {TypeError} if they are in none of the forms of {@link NumericBatch}.
 * @throws {RangeError} if one is not finite, or rows differ in length.
 */
export async function batchRows<Batch>(
  caller: string,
  batch: Batch,
  features: Features<Batch> | undefined,
): Promise<Rows> {
  const numbers: unknown = features === undefined ? batch : await features(batch);
  const what = features === undefined ? "a batch" : "what features returns";
  const rows = await readRows(caller, what, numbers);
  if (numbers !== batch && isReadable(numbers)) numbers.dispose?.();
  const bad = rows.data.findIndex((value) => !Number.isFinite(value));
  if (bad !== -1) {
    const row = Math.floor(bad / sizeOf(rows.shape));
    throw new RangeError(`${caller}: ${what} must hold finite numbers, got ${rows.data[bad]} in row ${row}`);
  }
  return rows;
}

/** How many samples a batch holds, or undefined if it is of no form that is known. */
export function batchLength(batch: unknown): number | undefined {
  if (Array.isArray(batch)) return batch.length;
  const { shape } = (batch ?? {}) as { readonly shape?: unknown };
  return Array.isArray(shape) && Number.isInteger(shape[0]) ? shape[0] : undefined;
}

/** Numbers in a row. */
export const sizeOf = ([, ...shape]: readonly number[]): number =>
  shape.reduce((size, side) => size * side, 1);

async function readRows(caller: string, what: string, numbers: unknown): Promise<Rows> {
  if (isReadable(numbers)) return rowsOf(caller, what, await numbers.data(), numbers.shape);
  if (Array.isArray(numbers) && numbers.every((value) => typeof value === "number")) {
    return rowsOf(caller, what, numbers, [numbers.length, 1]);
  }
  if (Array.isArray(numbers) && numbers.every((row) => Array.isArray(row) || ArrayBuffer.isView(row))) {
    const rows = numbers as readonly ArrayLike<number>[];
    const size = rows[0]!.length;
    const data = new Float32Array(rows.length * size);
    rows.forEach((row, i) => {
      if (row.length !== size) {
        throw new RangeError(
          `${caller}: rows of ${what} must be as long as the first, ${size}, got ${row.length} in row ${i}`,
        );
      }
      data.set(row, i * size);
    });
    return rowsOf(caller, what, data, [rows.length, size]);
  }
  const { data, shape } = (numbers ?? {}) as Partial<ArrayBatch>;
  if (ArrayBuffer.isView(data) && Array.isArray(shape)) return rowsOf(caller, what, data, shape);
  const got = Array.isArray(numbers)
    ? `an array of ${typeof numbers[0]}`
    : numbers === null
      ? "null"
      : typeof numbers;
  throw new TypeError(
    `${caller}: ${what} must be numbers, arrays of numbers, { data, shape } or a tensor, got ${got}`,
  );
}

function rowsOf(caller: string, what: string, data: ArrayLike<number>, shape: readonly number[]): Rows {
  // A list of numbers has one number a row.
  const whole = (shape.length === 1 ? [...shape, 1] : [...shape]) as [number, ...number[]];
  const expected = whole.reduce((size, side) => size * side, 1);
  if (shape.length === 0 || data.length !== expected) {
    throw new RangeError(
      `${caller}: ${what} of shape [${shape}] must hold ${expected} numbers, got ${data.length}`,
    );
  }
  return { data: data instanceof Float32Array ? data : Float32Array.from(data), shape: whole };
}

function isReadable(value: unknown): value is ReadableTensor {
  const { data, shape } = (value ?? {}) as Partial<ReadableTensor>;
  return typeof data === "function" && Array.isArray(shape);
}

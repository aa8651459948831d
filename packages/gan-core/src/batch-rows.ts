import type { MaybePromise } from "@mhgan/mcmc";
import { arrayBatchOf, isPlainSamples, type PlainSamples, sizeOf } from "./plain-samples.ts";

/** What is known of a tensor of any framework that can be read: those of TensorFlow.js are such. */
export interface ReadableTensor {
  /** The number of samples, then the lengths of what a sample holds. */
  readonly shape: readonly number[];
  /** Reads the numbers, row-major. */
  data(): Promise<ArrayLike<number>>;
  /** Frees its memory, where that is not done by itself. */
  dispose?(): void;
}

/** Numbers of samples: plain, one number a sample, or a tensor. */
export type NumericBatch = PlainSamples | readonly number[] | ReadableTensor;

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
 * @throws {RangeError} if one is not finite, or rows differ in shape.
 */
export async function batchRows<Batch>(
  caller: string,
  batch: Batch,
  features: Features<Batch> | undefined,
): Promise<Rows> {
  const numbers: unknown = features === undefined ? batch : await features(batch);
  const what = `${caller}: ${features === undefined ? "a batch" : "what features returns"}`;
  const plain = isReadable(numbers)
    ? { data: Float32Array.from(await numbers.data()), shape: numbers.shape }
    : numbers;
  if (numbers !== batch && isReadable(numbers)) numbers.dispose?.();
  if (!isPlainSamples(plain)) {
    const got = plain === null ? "null" : typeof plain;
    throw new TypeError(`${what} must be lists of numbers, { data, shape } or a tensor, got ${got}`);
  }
  const { data, shape } = arrayBatchOf(what, plain, undefined);
  const [count, ...rowShape] = shape;
  // A list of numbers has one number a row.
  const rows = [count!, ...(rowShape.length === 0 ? [1] : rowShape)] as const;
  const bad = data.findIndex((value) => !Number.isFinite(value));
  if (bad !== -1) {
    throw new RangeError(
      `${what} must hold finite numbers, got ${data[bad]} in row ${Math.floor(bad / rowSize(rows))}`,
    );
  }
  return { data: data instanceof Float32Array ? data : Float32Array.from(data), shape: rows };
}

/** How many samples a batch holds, or undefined if it is of no form that is known. */
export function batchLength(batch: unknown): number | undefined {
  if (Array.isArray(batch)) return batch.length;
  const { shape } = (batch ?? {}) as { readonly shape?: unknown };
  return Array.isArray(shape) && Number.isInteger(shape[0]) ? shape[0] : undefined;
}

/** Numbers in a row. */
export const rowSize = ([, ...shape]: readonly number[]): number => sizeOf(shape);

function isReadable(value: unknown): value is ReadableTensor {
  const { data, shape } = (value ?? {}) as Partial<ReadableTensor>;
  return typeof data === "function" && Array.isArray(shape);
}

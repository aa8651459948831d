import type { ArrayBatch } from "./batch.ts";

/** A sample, or a part of one, as numbers: a list of numbers, or of lists of equal shape. */
export type NestedNumbers = ArrayLike<number> | readonly NestedNumbers[];

/** Samples that every adapter takes: `{ data, shape }`, or a list of rows, of images as lists of rows, and so on. */
export type PlainSamples = ArrayBatch | readonly NestedNumbers[];

/** Whether samples are plain, not a batch of some framework. */
export function isPlainSamples(samples: unknown): samples is PlainSamples {
  return Array.isArray(samples) || isArrayBatch(samples);
}

/** Whether samples are `{ data, shape }`. */
export function isArrayBatch(batch: unknown): batch is ArrayBatch {
  const { data, shape } = (batch ?? {}) as Partial<ArrayBatch>;
  return ArrayBuffer.isView(data) && Array.isArray(shape) && shape.length > 0;
}

/**
 * Some samples from plain ones, as a list of the same kind.
 *
 * @param rows - which samples, in the order wanted; one may be taken twice.
 */
export function takePlain<Samples extends PlainSamples>(samples: Samples, rows: ArrayLike<number>): Samples {
  const wanted = Array.from(rows);
  if (!isArrayBatch(samples)) {
    const list = samples as readonly NestedNumbers[];
    return wanted.map((row) => list[row]) as readonly unknown[] as Samples;
  }
  const size = sizeOf(samples.shape.slice(1));
  const data = newLike(samples.data, wanted.length * size);
  wanted.forEach((row, i) => {
    data.set(samples.data.subarray(row * size, (row + 1) * size), i * size);
  });
  return { data, shape: [wanted.length, ...samples.shape.slice(1)] } as ArrayBatch as Samples;
}

/** Plain samples, joined in order. */
export function concatPlain<Samples extends PlainSamples>(parts: readonly Samples[]): Samples {
  const first = parts[0]!;
  if (!isArrayBatch(first)) return parts.flat() as readonly unknown[] as Samples;
  const batches = parts as readonly ArrayBatch[];
  const rows = batches.reduce((sum, { shape }) => sum + shape[0]!, 0);
  const data = newLike(first.data, rows * sizeOf(first.shape.slice(1)));
  let offset = 0;
  for (const batch of batches) {
    data.set(batch.data, offset);
    offset += batch.data.length;
  }
  return { data, shape: [rows, ...first.shape.slice(1)] } as ArrayBatch as Samples;
}

/** How many samples there are. */
export function countPlain(samples: PlainSamples): number {
  return isArrayBatch(samples) ? samples.shape[0]! : samples.length;
}

/**
 * Plain samples as one flat array, after a check that they are what a model takes. Nothing is scaled: bytes stay 0 to 255.
 *
 * @param caller - function and argument that an error names.
 * @param sampleShape - shape of one sample; an entry that is not a number stands for any length. Undefined if it is not known.
 * @throws {RangeError} if the samples are ragged, have another shape, hold NaN, or `data` has not the length that `shape` says.
 * @throws {TypeError} if something in them is not a number.
 */
export function arrayBatchOf(
  caller: string,
  samples: PlainSamples,
  sampleShape: readonly (number | string | null)[] | undefined,
): ArrayBatch {
  const shape = isArrayBatch(samples) ? samples.shape : shapeOf(samples);
  const fits =
    sampleShape === undefined ||
    (shape.length === sampleShape.length + 1 &&
      sampleShape.every((side, axis) => typeof side !== "number" || side === shape[axis + 1]));
  if (!fits) {
    const wanted = ["samples", ...sampleShape.map((side) => side ?? "any")].join(", ");
    throw new RangeError(`${caller} must have shape [${wanted}], got [${shape.join(", ")}]`);
  }
  const batch = isArrayBatch(samples) ? samples : { data: flattened(caller, samples, shape), shape };
  if (batch.data.length !== sizeOf(shape)) {
    throw new RangeError(
      `${caller} must hold ${sizeOf(shape)} numbers, as its shape [${shape.join(", ")}] says, got ${batch.data.length}`,
    );
  }
  const bad = batch.data.findIndex((value) => Number.isNaN(value));
  if (bad !== -1) {
    const sample = Math.floor(bad / sizeOf(shape.slice(1)));
    throw new RangeError(`${caller} must be numbers, got NaN in sample ${sample}`);
  }
  return batch;
}

/** Lengths along the first entries: what the shape is if the lists are not ragged. */
function shapeOf(samples: readonly NestedNumbers[]): number[] {
  const shape: number[] = [];
  let part: unknown = samples;
  while (isList(part)) {
    shape.push(part.length);
    part = part[0];
  }
  return shape;
}

function flattened(
  caller: string,
  samples: readonly NestedNumbers[],
  shape: readonly number[],
): Float32Array {
  const data = new Float32Array(sizeOf(shape));
  let next = 0;
  const copy = (part: unknown, axis: number, sample: number): void => {
    if (axis === shape.length) {
      if (typeof part !== "number") {
        throw new TypeError(`${caller} must be numbers, got ${typeof part} in sample ${sample}`);
      }
      data[next++] = part;
      return;
    }
    if (!isList(part) || part.length !== shape[axis]) {
      const got = isList(part) ? part.length : typeof part;
      throw new RangeError(
        `${caller} must all have one shape, [${shape.slice(1).join(", ")}] as the first: got ${got} instead of ${shape[axis]} entries in sample ${sample}`,
      );
    }
    for (let i = 0; i < part.length; i++) copy(part[i], axis + 1, axis === 0 ? i : sample);
  };
  copy(samples, 0, 0);
  return data;
}

const isList = (value: unknown): value is ArrayLike<unknown> =>
  Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));

/** Product of the sides. */
export const sizeOf = (shape: readonly number[]): number => shape.reduce((size, side) => size * side, 1);

const newLike = <Data extends ArrayBatch["data"]>(data: Data, length: number): Data =>
  new (data.constructor as new (length: number) => Data)(length);

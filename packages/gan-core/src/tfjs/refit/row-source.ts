import type { RandomStream } from "@mhgan/mcmc";
import { type BatchOperations, batchOperations } from "../../batch.ts";
import { batchLength, batchRows, type Features, type Rows, sizeOf } from "../../batch-rows.ts";
import type { Gan } from "../../gan.ts";
import { shuffledRows } from "../shuffled-rows.ts";

/** Samples that go through features in one call, to bound memory. */
const CHUNK = 1024;

/** Gives the next rows to train on. */
export type RowSource = (count: number) => Promise<Rows> | Rows;

/** Reads chosen rows of a batch, by way of `features`, some at a time. */
export async function chosenRows<Batch>(
  batches: BatchOperations<Batch>,
  batch: Batch,
  chosen: Uint32Array,
  features: Features<Batch> | undefined,
  signal: AbortSignal | undefined,
): Promise<Rows> {
  const parts: Rows[] = [];
  for (let first = 0; first < chosen.length; first += CHUNK) {
    signal?.throwIfAborted();
    const part = await batches.take(batch, chosen.subarray(first, first + CHUNK));
    try {
      parts.push(await batchRows("refitDiscriminator", part, features));
    } finally {
      if (part !== batch) batches.dispose(part);
    }
  }
  return joinedRows(parts);
}

/** Given rows in random order, again and again. */
export function realSource(real: Rows, random: RandomStream): RowSource {
  const next = shuffledRows(real.shape[0], random);
  return (count) => pickedRows(real, next(count));
}

/**
 * Rows of generated samples: new ones until there are `poolSize` of them, which then come again and again, in random order.
 *
 * Chunk number i is made of `random.split(i)` alone.
 */
export function fakeSource<Batch>(
  gan: Gan<Batch>,
  features: Features<Batch> | undefined,
  poolSize: number,
  random: RandomStream,
): RowSource {
  const batches = batchOperations(gan);
  const kept: Rows[] = [];
  let made = 0;
  let chunk: Rows | undefined;
  let used = 0;
  let again: RowSource | undefined;
  return async (count) => {
    if (again !== undefined) return again(count);
    const parts: Rows[] = [];
    for (let missing = count; missing > 0; ) {
      if (chunk === undefined || used === chunk.shape[0]) {
        if (made >= poolSize) {
          const pool = joinedRows(kept.splice(0));
          again = realSource(pool, random.split("order"));
          parts.push(await again(missing));
          break;
        }
        const size = Math.min(CHUNK, poolSize - made);
        chunk = await generatedRows(gan, batches, size, features, random.split(made / CHUNK));
        made += size;
        used = 0;
        if (poolSize < Infinity) kept.push(chunk);
      }
      const taken = Math.min(missing, chunk.shape[0] - used);
      parts.push(slicedRows(chunk, used, used + taken));
      used += taken;
      missing -= taken;
    }
    return joinedRows(parts);
  };
}

/** Generates samples and reads their rows, some at a time. */
export async function generatedRows<Batch>(
  gan: Gan<Batch>,
  batches: BatchOperations<Batch>,
  count: number,
  features: Features<Batch> | undefined,
  random: RandomStream,
): Promise<Rows> {
  const parts: Rows[] = [];
  for (let first = 0; first < count; first += CHUNK) {
    const size = Math.min(CHUNK, count - first);
    const batch = await gan.generate(size, random.split(first / CHUNK));
    try {
      const rows = await batchRows("refitDiscriminator", batch, features);
      const length = batchLength(batch) ?? rows.shape[0];
      if (rows.shape[0] !== length || length !== size) {
        throw new RangeError(
          `refitDiscriminator: ${size} samples were generated, got ${length} samples with ${rows.shape[0]} rows`,
        );
      }
      parts.push(rows);
    } finally {
      batches.dispose(batch);
    }
  }
  return joinedRows(parts);
}

/** Rows one after the other, of one shape. */
export function joinedRows(parts: readonly Rows[]): Rows {
  const [first] = parts;
  if (parts.length === 1) return first!;
  const [, ...shape] = first!.shape;
  const count = parts.reduce((sum, part) => sum + part.shape[0], 0);
  const data = new Float32Array(count * sizeOf(first!.shape));
  let begin = 0;
  for (const part of parts) {
    if (sizeOf(part.shape) !== sizeOf(first!.shape)) {
      throw new RangeError(
        `refitDiscriminator: rows must all have the shape [${shape}], got [${part.shape.slice(1)}]`,
      );
    }
    data.set(part.data, begin);
    begin += part.data.length;
  }
  return { data, shape: [count, ...shape] };
}

function slicedRows({ data, shape: [, ...shape] }: Rows, begin: number, end: number): Rows {
  const size = sizeOf([0, ...shape]);
  return { data: data.subarray(begin * size, end * size), shape: [end - begin, ...shape] };
}

function pickedRows({ data, shape }: Rows, rows: Uint32Array): Rows {
  const size = sizeOf(shape);
  const picked = new Float32Array(rows.length * size);
  rows.forEach((row, i) => {
    picked.set(data.subarray(row * size, (row + 1) * size), i * size);
  });
  const [, ...rest] = shape;
  return { data: picked, shape: [rows.length, ...rest] };
}

import type { RandomStream } from "@mhgan/mcmc";
import type { BatchOperations } from "./batch-operations.ts";
import { batchLength, batchRows, type Features, type Rows, rowSize } from "./batch-rows.ts";
import type { Gan } from "./gan.ts";
import type { PlainSamples } from "./plain-samples.ts";

/** Samples that go through a generator or through features in one call, to bound memory. */
export const CHUNK = 1024;

/** Reads chosen rows of a batch, by way of `features`, some at a time. */
export async function chosenRows<Batch>(
  caller: string,
  batches: BatchOperations<Batch>,
  batch: Batch | PlainSamples,
  chosen: Uint32Array,
  features: Features<Batch> | undefined,
  signal: AbortSignal | undefined,
): Promise<Rows> {
  const parts: Rows[] = [];
  for (let first = 0; first < chosen.length; first += CHUNK) {
    signal?.throwIfAborted();
    const part = await batches.take(batch, chosen.subarray(first, first + CHUNK));
    try {
      parts.push(await batchRows(caller, part, features));
    } finally {
      if (part !== batch) batches.dispose(part);
    }
  }
  return joinedRows(caller, parts);
}

/** Generates samples and reads their rows, some at a time. */
export async function generatedRows<Batch>(
  caller: string,
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
      const rows = await batchRows(caller, batch, features);
      const length = batchLength(batch) ?? rows.shape[0];
      if (rows.shape[0] !== length || length !== size) {
        throw new RangeError(
          `${caller}: ${size} samples were generated, got ${length} samples with ${rows.shape[0]} rows`,
        );
      }
      parts.push(rows);
    } finally {
      batches.dispose(batch);
    }
  }
  return joinedRows(caller, parts);
}

/** Rows one after the other, of one shape. */
export function joinedRows(caller: string, parts: readonly Rows[]): Rows {
  const [first] = parts;
  if (parts.length === 1) return first!;
  const [, ...shape] = first!.shape;
  const count = parts.reduce((sum, part) => sum + part.shape[0], 0);
  const data = new Float32Array(count * rowSize(first!.shape));
  let begin = 0;
  for (const part of parts) {
    if (rowSize(part.shape) !== rowSize(first!.shape)) {
      throw new RangeError(
        `${caller}: rows must all have the shape [${shape}], got [${part.shape.slice(1)}]`,
      );
    }
    data.set(part.data, begin);
    begin += part.data.length;
  }
  return { data, shape: [count, ...shape] };
}

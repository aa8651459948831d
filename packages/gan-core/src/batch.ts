import type { MaybePromise } from "@mhgan/mcmc";
import type { Gan } from "./gan.ts";

/** Samples as one flat array; the first entry of `shape` counts them. */
export interface ArrayBatch {
  readonly data: Float32Array | Float64Array | Uint8Array;
  readonly shape: readonly number[];
}

/** How to cut, join and free the batches of a GAN: its own methods, else those for arrays and `{ data, shape }`. */
export interface BatchOperations<Batch> {
  take(batch: Batch, rows: ArrayLike<number>): MaybePromise<Batch>;
  concat(batches: readonly Batch[]): MaybePromise<Batch>;
  dispose(batch: Batch): void;
}

/** The batch operations of a GAN. */
export function batchOperations<Batch>(gan: Gan<Batch>): BatchOperations<Batch> {
  return {
    take: (batch, rows) => (gan.take ? gan.take(batch, rows) : take(batch, rows)),
    concat: (batches) => (gan.concat ? gan.concat(batches) : concat(batches)),
    dispose: (batch) => gan.dispose?.(batch),
  };
}

function take<Batch>(batch: Batch, rows: ArrayLike<number>): Batch {
  const wanted = Array.from(rows);
  if (Array.isArray(batch)) return wanted.map((row) => batch[row]) as Batch;
  if (isArrayBatch(batch)) {
    const size = rowSize(batch);
    const data = new (constructorOf(batch.data))(wanted.length * size);
    wanted.forEach((row, i) => {
      data.set(batch.data.subarray(row * size, (row + 1) * size), i * size);
    });
    return { data, shape: [wanted.length, ...batch.shape.slice(1)] } as Batch;
  }
  throw unknownBatch("take", batch);
}

function concat<Batch>(batches: readonly Batch[]): Batch {
  const first = batches[0];
  if (batches.length === 1) return first as Batch;
  if (Array.isArray(first)) return batches.flat() as Batch;
  if (isArrayBatch(first)) {
    const parts = batches as readonly ArrayBatch[];
    const rows = parts.reduce((sum, { shape }) => sum + shape[0]!, 0);
    const data = new (constructorOf(first.data))(rows * rowSize(first));
    let offset = 0;
    for (const part of parts) {
      data.set(part.data, offset);
      offset += part.data.length;
    }
    return { data, shape: [rows, ...first.shape.slice(1)] } as Batch;
  }
  throw unknownBatch("concat", first);
}

function isArrayBatch(batch: unknown): batch is ArrayBatch {
  const { data, shape } = (batch ?? {}) as Partial<ArrayBatch>;
  return ArrayBuffer.isView(data) && Array.isArray(shape) && shape.length > 0;
}

const rowSize = ({ shape }: ArrayBatch): number => shape.slice(1).reduce((size, length) => size * length, 1);

const constructorOf = <Data extends ArrayBatch["data"]>(data: Data): (new (length: number) => Data) =>
  data.constructor as new (
    length: number,
  ) => Data;

function unknownBatch(method: string, batch: unknown): TypeError {
  const got = batch === null ? "null" : typeof batch;
  return new TypeError(
    `gan: a batch must be an array or { data, shape } unless the GAN has its own \`${method}\`, got ${got}`,
  );
}

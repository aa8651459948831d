import type { RandomStream } from "@mhgan/mcmc";
import { batchOperations } from "../../batch-operations.ts";
import { type Features, type Rows, rowSize } from "../../batch-rows.ts";
import type { Gan } from "../../gan.ts";
import { CHUNK, generatedRows, joinedRows } from "../../sample-rows.ts";
import { shuffledRows } from "../training/shuffled-rows.ts";

const CALLER = "refitDiscriminator";

/** Gives the next rows to train on. */
export type RowSource = (count: number) => Promise<Rows> | Rows;

/** Given rows in random order, again and again. */
export function realSource(real: Rows, random: RandomStream): RowSource {
  const rowsAt = shuffledRows(
    Uint32Array.from({ length: real.shape[0] }, (_, row) => row),
    random,
  );
  let used = 0;
  return (count) => {
    used += count;
    return pickedRows(real, rowsAt(used - count, count));
  };
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
          const pool = joinedRows(CALLER, kept.splice(0));
          again = realSource(pool, random.split("order"));
          parts.push(await again(missing));
          break;
        }
        const size = Math.min(CHUNK, poolSize - made);
        chunk = await generatedRows(CALLER, gan, batches, size, features, random.split(made / CHUNK));
        made += size;
        used = 0;
        if (poolSize < Infinity) kept.push(chunk);
      }
      const taken = Math.min(missing, chunk.shape[0] - used);
      parts.push(slicedRows(chunk, used, used + taken));
      used += taken;
      missing -= taken;
    }
    return joinedRows(CALLER, parts);
  };
}

function slicedRows({ data, shape: [, ...shape] }: Rows, begin: number, end: number): Rows {
  const size = rowSize([0, ...shape]);
  return { data: data.subarray(begin * size, end * size), shape: [end - begin, ...shape] };
}

function pickedRows({ data, shape }: Rows, rows: Uint32Array): Rows {
  const size = rowSize(shape);
  const picked = new Float32Array(rows.length * size);
  rows.forEach((row, i) => {
    picked.set(data.subarray(row * size, (row + 1) * size), i * size);
  });
  const [, ...rest] = shape;
  return { data: picked, shape: [rows.length, ...rest] };
}

import { requireCount, requireRandom } from "../requirements.ts";
import { splitIndices } from "./split-indices.ts";
import { type NumberArray, type Rows, type TakenRows, takeRows } from "./take-rows.ts";

/** Options of {@link shuffledBatches}. */
export interface ShuffledBatchesOptions {
  /** The rows in a batch, from 1 to as many as there are. */
  readonly batchSize: number;
  /** Uniform on [0, 1). */
  readonly random: () => number;
}

/**
 * Batches without end: the rows in random order, batch after batch, then in a new order. Rows that do not fill a batch at the end of an
 * order are left out until the next one. Every batch knows which rows it holds, in the numbers of the array that `array` was taken from.
 *
 * @param array - numbers and their shape, [rows, …].
 * @returns an endless iterator; each batch is a copy. O(size of the batch) each, and O(rows) for each order.
 * @throws {RangeError} if `batchSize` is out of range, or as `takeRows`.
 * @example
 * ```ts
 * import { shuffledBatches, splitRows } from "@mhgan/datasets";
 * import { randomStream } from "@mhgan/mcmc";
 * const random = randomStream(1);
 * const points = { data: new Float32Array(20), shape: [10, 2] };
 * const { train, calibration } = splitRows(points, { train: 8, calibration: 2 }, random);
 * const seen = new Set<number>();
 * let batches = 0;
 * for (const batch of shuffledBatches(train, { batchSize: 4, random })) {
 *   for (const row of batch.rows) seen.add(row);
 *   if (++batches === 2) break;
 * }
 * seen.size; // => 8
 * [...calibration.rows].some((row) => seen.has(row)); // => false
 * ```
 */
export function shuffledBatches<Data extends NumberArray>(
  array: Rows<Data>,
  { batchSize, random }: ShuffledBatchesOptions,
): Generator<TakenRows<Data>, never> {
  const count = array.shape[0] ?? 0;
  requireCount("shuffledBatches", "batchSize", batchSize, 1);
  requireRandom("shuffledBatches", random);
  if (batchSize > count) {
    throw new RangeError(
      `shuffledBatches: batchSize must be at most the ${count} rows there are, got ${batchSize}`,
    );
  }
  return batches(array, count, batchSize, random);
}

function* batches<Data extends NumberArray>(
  array: Rows<Data>,
  count: number,
  batchSize: number,
  random: () => number,
): Generator<TakenRows<Data>, never> {
  while (true) {
    const { order } = splitIndices(count, { order: count }, random);
    for (let at = 0; at + batchSize <= count; at += batchSize) {
      yield takeRows(array, order.subarray(at, at + batchSize));
    }
  }
}

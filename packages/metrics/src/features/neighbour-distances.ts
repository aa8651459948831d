import type { Features } from "./features.ts";
import { ownPairBlocks, SIDE } from "./pair-blocks.ts";
import { squaredDistances } from "./squared-distances.ts";

/**
 * The squared distance of each row to its k-th nearest other row; rows that are equal to it are others.
 *
 * @param neighbours - k, less than the rows.
 * @returns one number for each row. O(rows² · columns) time, O(rows · k) memory.
 * @internal
 */
export function neighbourDistances(features: Features, neighbours: number): Float64Array {
  const rows = features.shape[0]!;
  // The k least distances of each row, increasing.
  const nearest = new Float64Array(rows * neighbours).fill(Infinity);
  for (const { aStart, aEnd, bStart, bEnd, values } of ownPairBlocks(features, squaredDistances)) {
    for (let i = aStart; i < aEnd; i++) {
      const row = (i - aStart) * SIDE - bStart;
      for (let j = Math.max(bStart, i + 1); j < bEnd; j++) {
        const distance = values[row + j]!;
        insert(nearest, i * neighbours, neighbours, distance);
        insert(nearest, j * neighbours, neighbours, distance);
      }
    }
  }
  return Float64Array.from({ length: rows }, (_, i) => nearest[(i + 1) * neighbours - 1]!);
}

/** Puts a number where it belongs among `count` increasing ones from `start`, if it is less than the last, which goes. */
function insert(sorted: Float64Array, start: number, count: number, value: number): void {
  let place = start + count - 1;
  if (value >= sorted[place]!) return;
  for (; place > start && sorted[place - 1]! > value; place--) sorted[place] = sorted[place - 1]!;
  sorted[place] = value;
}

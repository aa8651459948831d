import { type Features, requireFeaturePair } from "./features.ts";
import { ownPairBlocks, SIDE } from "./pair-blocks.ts";
import { squaredDistances } from "./squared-distances.ts";

/** The median of the distances of half a million pairs is as good a bandwidth as that of all. */
const ROWS = 1000;

/**
 * The median Euclidean distance between two rows of both sets together: the usual bandwidth of a Gaussian kernel.
 *
 * Of more than 1000 rows in all it takes 1000, spread evenly over both sets in their order.
 *
 * @param real - one row or more.
 * @param fake - one row or more, with as many columns.
 * @returns a number from 0. O(columns) for up to half a million pairs.
 * @throws {RangeError} if a shape does not fit its data or the other, or a number is not finite.
 * @see Gretton et al. (JMLR 2012), A kernel two-sample test, section 8.
 * @example
 * ```ts
 * import { medianDistance } from "@mhgan/metrics";
 * medianDistance({ data: [0, 1], shape: [2, 1] }, { data: [3], shape: [1, 1] }); // => 2
 * ```
 */
export function medianDistance(real: Features, fake: Features): number {
  requireFeaturePair("medianDistance", real, fake, 1);
  return medianDistanceOf(real, fake);
}

/**
 * `medianDistance` of features that are checked.
 *
 * @internal
 */
export function medianDistanceOf(real: Features, fake: Features): number {
  const realRows = real.shape[0]!;
  const all = realRows + fake.shape[0]!;
  const columns = real.shape[1]!;
  const count = Math.min(all, ROWS);
  const data = new Float64Array(count * columns);
  for (let i = 0; i < count; i++) {
    const row = Math.floor((i * all) / count);
    const [source, start] = row < realRows ? [real.data, row] : [fake.data, row - realRows];
    for (let k = 0; k < columns; k++) data[i * columns + k] = source[start * columns + k]!;
  }
  const squares = new Float64Array((count * (count - 1)) / 2);
  let at = 0;
  for (const block of ownPairBlocks({ data, shape: [count, columns] }, squaredDistances)) {
    for (let i = block.aStart; i < block.aEnd; i++) {
      const row = (i - block.aStart) * SIDE - block.bStart;
      for (let j = Math.max(block.bStart, i + 1); j < block.bEnd; j++) squares[at++] = block.values[row + j]!;
    }
  }
  squares.sort();
  const middle = squares.length >> 1;
  const upper = Math.sqrt(squares[middle]!);
  return squares.length % 2 === 1 ? upper : (Math.sqrt(squares[middle - 1]!) + upper) / 2;
}

import type { Features } from "./features.ts";

/** Rows on a side of a block: small enough for a core's cache, large enough that copying rows costs little. */
export const SIDE = 64;

/**
 * Computes one number for each pair of rows of `a` and `b`, both row-major with SIDE rows of `columns` numbers, and writes
 * that of rows i and j to `values[i * SIDE + j]`. Beyond the first `aRows` and `bRows` rows it may write anything.
 *
 * @internal
 */
export type PairKernel = (
  a: Float64Array,
  aRows: number,
  b: Float64Array,
  bRows: number,
  columns: number,
  values: Float64Array,
) => void;

/**
 * The numbers of all pairs of rows `aStart` to `aEnd` of a, and `bStart` to `bEnd` of b.
 *
 * @internal
 */
export interface PairBlock {
  readonly aStart: number;
  readonly aEnd: number;
  readonly bStart: number;
  readonly bEnd: number;
  /** Of rows i and j at `(i - aStart) * SIDE + j - bStart`. Overwritten by the next block. */
  readonly values: Float64Array;
}

/**
 * Computes numbers of all pairs of a row of a and a row of b, block by block: memory does not grow with the pairs.
 *
 * @internal
 */
export function pairBlocks(a: Features, b: Features, kernel: PairKernel): Generator<PairBlock> {
  return blocks(a, b, kernel, false);
}

/**
 * The same for pairs of rows of one matrix: only blocks with `bStart` from `aStart`, so that each pair (i, j) with i ≤ j is
 * in exactly one.
 *
 * @internal
 */
export function ownPairBlocks(a: Features, kernel: PairKernel): Generator<PairBlock> {
  return blocks(a, a, kernel, true);
}

function* blocks(a: Features, b: Features, kernel: PairKernel, upper: boolean): Generator<PairBlock> {
  const [aRows, columns] = a.shape as [number, number];
  const bRows = b.shape[0]!;
  const aData = floats(a.data);
  const bData = b === a ? aData : floats(b.data);
  const aBlock = new Float64Array(SIDE * columns);
  const bBlock = new Float64Array(SIDE * columns);
  const values = new Float64Array(SIDE * SIDE);
  for (let aStart = 0; aStart < aRows; aStart += SIDE) {
    const aEnd = Math.min(aStart + SIDE, aRows);
    aBlock.set(aData.subarray(aStart * columns, aEnd * columns));
    for (let bStart = upper ? aStart : 0; bStart < bRows; bStart += SIDE) {
      const bEnd = Math.min(bStart + SIDE, bRows);
      bBlock.set(bData.subarray(bStart * columns, bEnd * columns));
      kernel(aBlock, aEnd - aStart, bBlock, bEnd - bStart, columns, values);
      yield { aStart, aEnd, bStart, bEnd, values };
    }
  }
}

/** Typed arrays can be copied in one go; single precision stays single, at half the memory. */
function floats(data: ArrayLike<number>): Float32Array | Float64Array {
  return data instanceof Float32Array || data instanceof Float64Array ? data : new Float64Array(data);
}

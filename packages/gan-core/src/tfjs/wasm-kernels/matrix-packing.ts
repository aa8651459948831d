import type { ProductScratch } from "./product-buffers.ts";
import type { SimdFunctions } from "./simd/simd-functions.ts";
import { tileColumns, tileRows } from "./simd/tile-functions.ts";

/** A matrix in memory, row-major or transposed: strides and address in bytes. */
export interface MatrixView {
  readonly address: number;
  readonly rowStride: number;
  readonly columnStride: number;
}

/** The transpose, or not, of a row-major matrix with `columns` columns. */
export function matrixView(at: number, columns: number, transposed: boolean): MatrixView {
  const [rowStride, columnStride] = transposed ? [4, 4 * columns] : [4 * columns, 4];
  return { address: at, rowStride, columnStride };
}

/**
 * Copies B[depth, columns] to panels of eight columns.
 * The last panel of columns that do not divide by eight overlaps its neighbour, and computes some columns twice.
 */
export function packColumns(
  simd: SimdFunctions,
  b: MatrixView,
  { columns, depth, bPanels }: ProductScratch,
): void {
  for (let column = 0, to = bPanels; column < columns; column += tileColumns, to += 4 * tileColumns * depth) {
    const from = b.address + Math.min(column, Math.max(0, columns - tileColumns)) * b.columnStride;
    if (b.columnStride === 4 && columns >= tileColumns) simd.packNeighbours8(from, to, b.rowStride, depth);
    else {
      const count = Math.min(tileColumns, columns);
      simd.packVectors(from, to, 4 * tileColumns, b.columnStride, b.rowStride, count, depth);
    }
  }
}

/** Packs up to four contiguous rows of A, `across` bytes apart, to a panel. */
export function packRows(
  simd: SimdFunctions,
  from: number,
  to: number,
  across: number,
  count: number,
  depth: number,
): void {
  const blocks = count === tileRows ? depth - (depth % 4) : 0;
  if (blocks > 0) simd.packTransposed(from, to, across, blocks);
  if (blocks === depth) return;
  simd.packVectors(
    from + 4 * blocks,
    to + 4 * tileRows * blocks,
    4 * tileRows,
    across,
    4,
    count,
    depth - blocks,
  );
}

/** Packs up to four rows of A, from a given one. */
export function packMatrixRows(
  simd: SimdFunctions,
  a: MatrixView,
  row: number,
  count: number,
  { aPanel, depth }: ProductScratch,
): void {
  const from = a.address + row * a.rowStride;
  if (a.columnStride === 4) packRows(simd, from, aPanel, a.rowStride, count, depth);
  else if (count === tileRows) simd.packNeighbours4(from, aPanel, a.columnStride, depth);
  else simd.packVectors(from, aPanel, 4 * tileRows, a.rowStride, a.columnStride, count, depth);
}

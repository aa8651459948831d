import { tileColumns, tileRows } from "./simd/matrix-functions.ts";
import type { SimdFunctions } from "./simd/simd-functions.ts";
import { address, type WasmBackend } from "./wasm-backend.ts";

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
 * C[rows, columns] = A[rows, depth] B[depth, columns] with C row-major at an address.
 *
 * The classical blocking: B is copied to panels of eight columns, A to panels of four rows, and
 * four rows of C at a time are made from them in registers. Copying makes every stride, so every transpose, equally fast.
 * The last panel of a side that does not divide evenly overlaps its neighbour and computes some entries twice.
 *
 * @see Goto and van de Geijn (2008), "Anatomy of high-performance matrix multiplication".
 */
export function matrixProduct(
  backend: WasmBackend,
  simd: SimdFunctions,
  a: MatrixView,
  b: MatrixView,
  c: number,
  [rows, columns, depth]: readonly [rows: number, columns: number, depth: number],
): void {
  const panels = Math.ceil(columns / tileColumns);
  const whole = Math.floor(columns / tileColumns);
  const aBytes = 4 * tileRows * depth;
  const panelBytes = 4 * tileColumns * depth;
  const tileFloats = tileRows * tileColumns;
  const scratch = backend.makeOutput([aBytes / 4 + (panels * panelBytes) / 4 + tileFloats + 16], "float32");
  // Packed panels start on a cache line, so that no vector lies across two.
  const aPanel = Math.ceil(address(backend, scratch) / 64) * 64;
  const bPanels = aPanel + aBytes;
  const tile = bPanels + panels * panelBytes;
  const small = rows < tileRows || columns < tileColumns;
  // A matrix smaller than a tile is filled up with zeros.
  const heap = new Float32Array(backend.wasm.HEAPU8.buffer);
  if (small) heap.fill(0, aPanel / 4, tile / 4);

  const lastColumn = Math.max(0, columns - tileColumns);
  for (let panel = 0; panel < panels; panel++) {
    const from = b.address + Math.min(panel * tileColumns, lastColumn) * b.columnStride;
    const to = bPanels + panel * panelBytes;
    if (b.columnStride === 4 && columns >= tileColumns) simd.packNeighbours8(from, to, b.rowStride, depth);
    else {
      const count = Math.min(tileColumns, columns);
      simd.packVectors(from, to, 4 * tileColumns, b.columnStride, b.rowStride, count, depth);
    }
  }
  const lastRow = Math.max(0, rows - tileRows);
  for (let next = 0; next < rows; next += tileRows) {
    const row = Math.min(next, lastRow);
    const from = a.address + row * a.rowStride;
    if (a.rowStride === 4 && rows >= tileRows) simd.packNeighbours4(from, aPanel, a.columnStride, depth);
    else
      simd.packVectors(
        from,
        aPanel,
        4 * tileRows,
        a.rowStride,
        a.columnStride,
        Math.min(tileRows, rows),
        depth,
      );

    const to = c + 4 * row * columns;
    if (small) {
      for (let panel = 0; panel < panels; panel++) {
        simd.multiplyPanels(aPanel, bPanels + panel * panelBytes, tile, 4 * tileColumns, 1, depth);
        copyTile(heap, tile, to + 4 * Math.min(panel * tileColumns, lastColumn), rows, columns);
      }
    } else {
      simd.multiplyPanels(aPanel, bPanels, to, 4 * columns, whole, depth);
      if (whole < panels) {
        simd.multiplyPanels(aPanel, bPanels + whole * panelBytes, to + 4 * lastColumn, 4 * columns, 1, depth);
      }
    }
  }
  backend.disposeData(scratch.dataId);
}

/** Copies what fits of a tile into a row-major matrix. */
function copyTile(heap: Float32Array, tile: number, target: number, rows: number, columns: number): void {
  for (let i = 0; i < Math.min(rows, tileRows); i++) {
    for (let j = 0; j < Math.min(columns, tileColumns); j++) {
      heap[target / 4 + i * columns + j] = heap[tile / 4 + i * tileColumns + j]!;
    }
  }
}

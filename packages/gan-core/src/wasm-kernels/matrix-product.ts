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
 * The classical blocking: B is copied to panels of eight columns, A to panels of four rows, zeros beyond the edges, and
 * four rows of C at a time are made from them in registers. Copying makes every stride, so every transpose, equally fast.
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
  const aBytes = 4 * tileRows * depth;
  const panelBytes = 4 * tileColumns * depth;
  const stripStride = 4 * tileColumns * panels;
  const scratch = backend.makeOutput(
    [(aBytes + panels * panelBytes + tileRows * stripStride) / 4 + 16],
    "float32",
  );
  // Packed panels start on a cache line, so that no vector lies across two.
  const aPanel = Math.ceil(address(backend, scratch) / 64) * 64;
  const bPanels = aPanel + aBytes;
  const strip = bPanels + panels * panelBytes;
  const heap = backend.wasm.HEAPU8;

  for (let panel = 0; panel < panels; panel++) {
    const from = b.address + panel * tileColumns * b.columnStride;
    const to = bPanels + panel * panelBytes;
    const count = Math.min(tileColumns, columns - panel * tileColumns);
    if (count === tileColumns && b.columnStride === 4) simd.packNeighbours8(from, to, b.rowStride, depth);
    else {
      if (count < tileColumns) heap.fill(0, to, to + panelBytes);
      simd.packVectors(from, to, 4 * tileColumns, b.columnStride, b.rowStride, count, depth);
    }
  }
  for (let row = 0; row < rows; row += tileRows) {
    const from = a.address + row * a.rowStride;
    const to = c + 4 * row * columns;
    const count = Math.min(tileRows, rows - row);
    if (count === tileRows && a.rowStride === 4) simd.packNeighbours4(from, aPanel, a.columnStride, depth);
    else {
      if (count < tileRows) heap.fill(0, aPanel, aPanel + aBytes);
      simd.packVectors(from, aPanel, 4 * tileRows, a.rowStride, a.columnStride, count, depth);
    }
    if (count === tileRows && columns % tileColumns === 0) {
      simd.multiplyPanels(aPanel, bPanels, to, 4 * columns, panels, depth);
    } else {
      simd.multiplyPanels(aPanel, bPanels, strip, stripStride, panels, depth);
      for (let i = 0; i < count; i++) {
        const start = strip + i * stripStride;
        heap.copyWithin(to + 4 * i * columns, start, start + 4 * columns);
      }
    }
  }
  backend.disposeData(scratch.dataId);
}

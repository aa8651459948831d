import { type MatrixView, packColumns, packMatrixRows } from "./matrix-packing.ts";
import { type ProductScratch, productScratch } from "./product-buffers.ts";
import type { SimdFunctions } from "./simd/simd-functions.ts";
import { tileColumns, tileRows } from "./simd/tile-functions.ts";
import type { WasmBackend } from "./wasm-backend.ts";

/** Four rows of the product from the panels of A and B. Writes at least eight columns. */
export function multiplyRows(
  simd: SimdFunctions,
  scratch: ProductScratch,
  target: number,
  stride: number,
): void {
  const { columns, depth, aPanel, bPanels } = scratch;
  const whole = Math.floor(columns / tileColumns);
  simd.multiplyPanels(aPanel, bPanels, target, stride, whole, depth);
  if (whole * tileColumns < columns) {
    const last = target + 4 * Math.max(0, columns - tileColumns);
    simd.multiplyPanels(aPanel, bPanels + 4 * whole * tileColumns * depth, last, stride, 1, depth);
  }
}

/**
 * C[rows, columns] = A[rows, depth] B[depth, columns] with C row-major at an address.
 *
 * The classical blocking: B is copied to panels of eight columns, A to panels of four rows, and
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
  const scratch = productScratch(backend, columns, depth);
  packColumns(simd, b, scratch);
  const pack = (row: number, count: number): void => {
    packMatrixRows(simd, a, row, count, scratch);
  };
  multiplyAllRows(backend, simd, scratch, rows, pack, c);
  scratch.dispose();
}

/** C[rows, columns] from packed columns and a function that packs up to four rows of A from a given one. */
export function multiplyAllRows(
  backend: WasmBackend,
  simd: SimdFunctions,
  scratch: ProductScratch,
  rows: number,
  pack: (row: number, count: number) => void,
  c: number,
): void {
  const { columns, strip, stripStride } = scratch;
  const heap = new Float32Array(backend.wasm.HEAPU8.buffer);
  const count = Math.min(tileRows, rows);
  for (let next = 0; next < rows; next += tileRows) {
    // The last four rows overlap the ones before, like the last columns.
    const row = Math.min(next, rows - count);
    const target = c + 4 * row * columns;
    pack(row, count);
    if (count === tileRows && columns >= tileColumns) {
      multiplyRows(simd, scratch, target, 4 * columns);
      continue;
    }
    multiplyRows(simd, scratch, strip, stripStride);
    for (let i = 0; i < count; i++) {
      for (let j = 0; j < columns; j++) {
        heap[target / 4 + i * columns + j] = heap[(strip + i * stripStride) / 4 + j]!;
      }
    }
  }
}

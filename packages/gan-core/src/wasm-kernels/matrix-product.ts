import { type MatrixView, packColumns, packMatrixRows } from "./matrix-packing.ts";
import type { SimdFunctions } from "./simd/simd-functions.ts";
import { tileColumns, tileRows } from "./simd/tile-functions.ts";
import { address, type WasmBackend } from "./wasm-backend.ts";

/** Scratch memory for one product: packed panels of B, one packed panel of A, and four rows of results. */
export interface ProductScratch {
  readonly columns: number;
  readonly depth: number;
  readonly bPanels: number;
  readonly aPanel: number;
  /** Room for four rows of the product, at least eight wide. */
  readonly strip: number;
  readonly stripStride: number;
  dispose(): void;
}

/** Allocates the scratch memory. Panels that may stay partly empty are zero. */
export function productScratch(backend: WasmBackend, columns: number, depth: number): ProductScratch {
  const panels = Math.ceil(columns / tileColumns);
  const aBytes = 4 * tileRows * depth;
  const bBytes = 4 * panels * tileColumns * depth;
  const stripStride = 4 * Math.max(columns, tileColumns);
  const memory = backend.makeOutput([(aBytes + bBytes + tileRows * stripStride) / 4 + 16], "float32");
  // Packed panels start on a cache line, so that no vector lies across two.
  const aPanel = Math.ceil(address(backend, memory) / 64) * 64;
  const bPanels = aPanel + aBytes;
  const strip = bPanels + bBytes;
  // Fewer than eight columns, and perhaps fewer than four rows, leave places that packing does not write.
  backend.wasm.HEAPU8.fill(0, aPanel, columns < tileColumns ? strip : bPanels);
  const dispose = (): void => {
    backend.disposeData(memory.dataId);
  };
  return { columns, depth, aPanel, bPanels, strip, stripStride, dispose };
}

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

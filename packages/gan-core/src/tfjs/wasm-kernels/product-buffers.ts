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

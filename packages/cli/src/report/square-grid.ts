import { imageGrid } from "./image-grid.ts";

/** Options of {@link squareGrid}. */
export interface SquareGridOptions {
  /** Images of `height` × `width` values in [−1, 1], one after the other. */
  readonly images: Float32Array;
  readonly height: number;
  readonly width: number;
  /** The most images in a row, and the most rows. Default 8. */
  readonly columns?: number;
}

/** The first grey images of one sample as a square PNG, with transparent gaps: for a page that may be light or dark. Only full rows are shown. */
export function squareGrid({ images, height, width, columns: most = 8 }: SquareGridOptions): Uint8Array {
  const size = height * width;
  const count = Math.floor(images.length / size);
  if (count < 1) throw new RangeError("squareGrid: images must hold at least one image, got none");
  const columns = Math.min(most, Math.floor(Math.sqrt(count)));
  const rows = Array.from({ length: columns }, (_, row) =>
    images.subarray(row * columns * size, (row + 1) * columns * size),
  );
  return imageGrid({ rows, columns, height, width, scale: 2, gaps: "transparent" });
}

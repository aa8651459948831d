import { encode } from "fast-png";

/** Grey images side by side in rows, as a PNG. */
export interface ImageGridOptions {
  /** Rows of images; each holds `columns` images of `height` × `width` values in [−1, 1], −1 black. */
  readonly rows: readonly ArrayLike<number>[];
  /** Images in a row. */
  readonly columns: number;
  /** Of an image, in values. */
  readonly height: number;
  /** Of an image, in values. */
  readonly width: number;
  /** Side of a pixel. Default 2. */
  readonly scale?: number;
  /** Between images. Default "white"; "transparent" shows the page, light or dark. */
  readonly gaps?: "white" | "transparent";
}

const GAP = 4;
const WHITE = 255;

/** Draws the grid; a wider gap parts the rows. */
export function imageGrid({
  rows,
  columns,
  height,
  width,
  scale = 2,
  gaps = "white",
}: ImageGridOptions): Uint8Array {
  const cell = { width: width * scale + GAP, height: height * scale + 2 * GAP };
  const total = { width: columns * cell.width + GAP, height: rows.length * cell.height };
  const channels = gaps === "transparent" ? 2 : 1;
  const data = new Uint8Array(total.width * total.height * channels).fill(channels === 1 ? WHITE : 0);
  rows.forEach((images, row) => {
    for (let column = 0; column < columns; column++) {
      for (let y = 0; y < height * scale; y++) {
        const line = (row * cell.height + GAP + y) * total.width + column * cell.width + GAP;
        for (let x = 0; x < width * scale; x++) {
          const pixel = (column * height + Math.floor(y / scale)) * width + Math.floor(x / scale);
          const at = (line + x) * channels;
          data[at] = Math.round(127.5 * (Math.min(1, Math.max(-1, images[pixel]!)) + 1));
          if (channels === 2) data[at + 1] = 255;
        }
      }
    }
  });
  return encode({ data, width: total.width, height: total.height, channels, depth: 8 });
}

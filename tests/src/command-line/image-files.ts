import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { formatIdx } from "@mhgan/datasets";

/** What is in the files of {@link writeImageFiles}. */
export interface ImageFilesOptions {
  readonly train: number;
  readonly test: number;
  /** Default 28 × 28. */
  readonly height?: number;
  /** Default: as many as images for training. */
  readonly labels?: number;
}

/** Writes a small data set in the form of Fashion-MNIST: bars whose place is the class, on ground of every brightness. */
export async function writeImageFiles(
  folder: string,
  { train, test, height = 28, labels = train }: ImageFilesOptions,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const write = (name: string, data: Uint8Array, shape: readonly number[]) =>
    writeFile(join(folder, `${name}.gz`), gzipSync(formatIdx({ data, shape })));
  for (const [part, count, labelled] of [
    ["train", train, labels],
    ["t10k", test, test],
  ] as const) {
    const size = height * 28;
    const images = Uint8Array.from({ length: count * size }, (_, i) => {
      const [image, column] = [Math.floor(i / size), i % 28];
      return Math.floor(column / 3) === image % 10 ? 255 : (image * 37) % 100;
    });
    const classes = Uint8Array.from({ length: labelled }, (_, i) => i % 10);
    await write(`${part}-images-idx3-ubyte`, images, [count, height, 28]);
    await write(`${part}-labels-idx1-ubyte`, classes, [labelled]);
  }
}

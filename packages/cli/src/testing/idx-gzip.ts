import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

/** Writes the four files of a small data set in the form of Fashion-MNIST: grey ramps with labels 0 to 9 in turn. */
export async function idxGzip(folder: string, counts: { train: number; test: number }): Promise<void> {
  await mkdir(folder, { recursive: true });
  const files = { train: counts.train, t10k: counts.test };
  for (const [name, count] of Object.entries(files)) {
    const images = Uint8Array.from({ length: count * 28 * 28 }, (_, i) => (i * 7) % 256);
    const labels = Uint8Array.from({ length: count }, (_, i) => i % 10);
    await writeFile(join(folder, `${name}-images-idx3-ubyte.gz`), gzipSync(idx([count, 28, 28], images)));
    await writeFile(join(folder, `${name}-labels-idx1-ubyte.gz`), gzipSync(idx([count], labels)));
  }
}

function idx(shape: readonly number[], bytes: Uint8Array): Buffer {
  const header = Buffer.alloc(4 + 4 * shape.length);
  header.set([0, 0, 8, shape.length]);
  shape.forEach((length, i) => {
    header.writeUInt32BE(length, 4 + 4 * i);
  });
  return Buffer.concat([header, bytes]);
}

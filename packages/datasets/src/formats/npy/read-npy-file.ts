import { corruptFile } from "../../corrupt-file.ts";
import { readBytes } from "../../read-bytes.ts";
import type { ReadFileOptions } from "../../read-file-options.ts";
import { requireCount } from "../../requirements.ts";
import type { NpyArray } from "./npy-array.ts";
import { parseNpy } from "./parse-npy.ts";

/**
 * Reads an NPY file, plain or gzip; which of the two is seen from its first bytes, not from its name. Needs Node.
 *
 * @param path - of the file.
 * @throws {DatasetFileError} naming the file, if it is missing, unreadable, larger than `maxBytes` (before or after
 * decompression, of which no more is done), damaged, cut off, or not what `parseNpy` reads.
 * @throws {RangeError} if `maxBytes` is not a positive integer.
 * @example
 * ```ts
 * import { writeFile } from "node:fs/promises";
 * import { tmpdir } from "node:os";
 * import { join } from "node:path";
 * import { formatNpy, readNpyFile } from "@mhgan/datasets";
 * const path = join(tmpdir(), "mhgan-three-numbers.npy");
 * await writeFile(path, formatNpy({ data: new Float32Array([7, 8, 9]), shape: [3] }));
 * (await readNpyFile(path)).data; // => [7, 8, 9]
 * ```
 */
export async function readNpyFile(path: string, options: ReadFileOptions = {}): Promise<NpyArray> {
  const { maxBytes = 2 ** 30, signal } = options;
  requireCount("readNpyFile", "maxBytes", maxBytes, 1);
  const content = await readBytes("readNpyFile", path, maxBytes, signal);
  try {
    return parseNpy(content);
  } catch (cause) {
    throw corruptFile("readNpyFile", path, "an NPY file of numbers", cause);
  }
}

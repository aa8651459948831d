import { corruptFile } from "../../corrupt-file.ts";
import { readBytes } from "../../read-bytes.ts";
import type { ReadFileOptions } from "../../read-file-options.ts";
import { requireCount } from "../../requirements.ts";
import type { IdxArray } from "./idx-array.ts";
import { parseIdx } from "./parse-idx.ts";

/**
 * Reads an IDX file, plain or gzip; which of the two is seen from its first bytes, not from its name. Needs Node.
 *
 * @param path - of the file.
 * @throws {DatasetFileError} naming the file, if it is missing, unreadable, larger than `maxBytes` (before or after
 * decompression, of which no more is done), damaged, cut off, or not IDX.
 * @throws {RangeError} if `maxBytes` is not a positive integer.
 * @example
 * ```ts
 * import { writeFile } from "node:fs/promises";
 * import { tmpdir } from "node:os";
 * import { join } from "node:path";
 * import { gzipSync } from "node:zlib";
 * import { readIdxFile } from "@mhgan/datasets";
 * const path = join(tmpdir(), "mhgan-three-numbers-idx1-ubyte");
 * await writeFile(path, gzipSync(new Uint8Array([0, 0, 8, 1, 0, 0, 0, 3, 7, 8, 9])));
 * (await readIdxFile(path)).data; // => [7, 8, 9]
 * ```
 */
export async function readIdxFile(path: string, options: ReadFileOptions = {}): Promise<IdxArray> {
  const { maxBytes = 2 ** 30, signal } = options;
  requireCount("readIdxFile", "maxBytes", maxBytes, 1);
  return idxFrom("readIdxFile", await readBytes("readIdxFile", path, maxBytes, signal), path);
}

/**
 * Parses the content of a file and says which file it was if that fails.
 *
 * @internal
 */
export function idxFrom(caller: string, content: Uint8Array, path: string): IdxArray {
  try {
    return parseIdx(content);
  } catch (cause) {
    throw corruptFile(caller, path, "an IDX file", cause);
  }
}

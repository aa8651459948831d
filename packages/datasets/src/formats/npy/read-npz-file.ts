import { corruptFile } from "../../corrupt-file.ts";
import { tooLarge } from "../../gunzip.ts";
import { readBytes } from "../../read-bytes.ts";
import type { ReadFileOptions } from "../../read-file-options.ts";
import { requireCount } from "../../requirements.ts";
import { type ZipEntry, zipEntries } from "../archives/unzip.ts";
import type { NpyArray } from "./npy-array.ts";
import { arraysOf, unpackedSize } from "./parse-npz.ts";

/**
 * Reads an NPZ file. Needs Node.
 *
 * @param path - of the file.
 * @returns the arrays by name, as `parseNpz` gives them.
 * @throws {DatasetFileError} naming the file, if it is missing, unreadable, larger than `maxBytes` (itself, or what it would unpack
 * to), damaged, cut off, or not what `parseNpz` reads.
 * @throws {RangeError} if `maxBytes` is not a positive integer.
 * @example
 * ```ts
 * import { writeFile } from "node:fs/promises";
 * import { tmpdir } from "node:os";
 * import { join } from "node:path";
 * import { formatNpz, readNpzFile } from "@mhgan/datasets";
 * const path = join(tmpdir(), "mhgan-weights.npz");
 * await writeFile(path, await formatNpz([["weights", { data: new Float32Array([7, 8]), shape: [2] }]]));
 * (await readNpzFile(path)).get("weights")!.data; // => [7, 8]
 * ```
 */
export async function readNpzFile(
  path: string,
  options: ReadFileOptions = {},
): Promise<Map<string, NpyArray>> {
  const { maxBytes = 2 ** 30, signal } = options;
  requireCount("readNpzFile", "maxBytes", maxBytes, 1);
  const content = await readBytes("readNpzFile", path, maxBytes, signal);
  let entries: ZipEntry[];
  try {
    entries = zipEntries("parseNpz", content);
  } catch (cause) {
    throw corruptFile("readNpzFile", path, KIND, cause);
  }
  if (unpackedSize(entries) > maxBytes) throw tooLarge("readNpzFile", path, maxBytes);
  try {
    return await arraysOf(entries);
  } catch (cause) {
    throw corruptFile("readNpzFile", path, KIND, cause);
  }
}

const KIND = "an NPZ file of numbers";

import { DatasetFileError } from "./dataset-file-error.ts";
import { gunzip, tooLarge } from "./gunzip.ts";
import { nodeBuiltin } from "./node-builtin.ts";

/**
 * Reads a whole file, decompressed if it is gzip, whatever its name.
 *
 * @throws {DatasetFileError} if it is missing, unreadable, damaged, or larger than `maxBytes` before or after.
 * @internal
 */
export async function readBytes(
  caller: string,
  path: string,
  maxBytes: number,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  return gunzip(caller, await readStored(caller, path, maxBytes, signal), path, maxBytes);
}

/**
 * Reads a whole file as it is stored.
 *
 * @throws {DatasetFileError} if it is missing, unreadable, or larger than `maxBytes`.
 * @internal
 */
export async function readStored(
  caller: string,
  path: string,
  maxBytes: number,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  const { open } = nodeBuiltin(caller, "node:fs/promises");
  signal?.throwIfAborted();
  let size: number;
  try {
    const file = await open(path);
    try {
      const stats = await file.stat();
      if (!stats.isFile()) throw new Error("not a regular file");
      size = stats.size;
      if (size <= maxBytes) return await file.readFile({ signal });
    } finally {
      await file.close();
    }
  } catch (cause) {
    signal?.throwIfAborted();
    const missing = (cause as NodeJS.ErrnoException).code === "ENOENT";
    throw new DatasetFileError(
      `${caller}: ${path} must be a readable file, got ${missing ? "no such file" : (cause as Error).message}`,
      { path, problem: missing ? "missing" : "unreadable", cause },
    );
  }
  throw tooLarge(caller, path, maxBytes);
}

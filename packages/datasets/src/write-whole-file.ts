import { DatasetFileError } from "./dataset-file-error.ts";
import { nodeBuiltin } from "./node-builtin.ts";

/**
 * Writes a file so that it is there whole or not at all: beside it under another name, then renamed. Makes the folder.
 *
 * @throws {DatasetFileError} if the system refuses.
 * @internal
 */
export async function writeWholeFile(
  caller: string,
  path: string,
  bytes: Uint8Array,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { mkdir, rename, rm, writeFile } = nodeBuiltin(caller, "node:fs/promises");
  const { dirname } = nodeBuiltin(caller, "node:path");
  const { randomUUID } = nodeBuiltin(caller, "node:crypto");
  const part = `${path}.${randomUUID()}.part`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(part, bytes, { signal });
    await rename(part, path);
  } catch (cause) {
    await rm(part, { force: true }).catch(() => {}); // the first error is the one to report
    signal?.throwIfAborted();
    throw new DatasetFileError(`${caller}: ${path} must be writable, got ${(cause as Error).message}`, {
      path,
      problem: "unwritable",
      cause,
    });
  }
}

import { nodeBuiltin } from "./node-builtin.ts";
import { writing } from "./writing.ts";

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
  const { mkdir, open, rename, rm } = nodeBuiltin(caller, "node:fs/promises");
  const { dirname } = nodeBuiltin(caller, "node:path");
  const { randomUUID } = nodeBuiltin(caller, "node:crypto");
  const part = `${path}.${randomUUID()}.part`;
  const write = async () => {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(part, "wx");
    try {
      await file.writeFile(bytes, { signal });
      await file.sync(); // the content is on the disk before the name is
    } finally {
      await file.close();
    }
    await rename(part, path);
  };
  try {
    await writing(caller, path, write, signal);
  } catch (error) {
    await rm(part, { force: true }).catch(() => {}); // the first error is the one to report
    throw error;
  }
}

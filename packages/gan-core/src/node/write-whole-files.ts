import { type FileHandle, mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";

/**
 * Writes files so that each is there whole or not at all: all of them under temporary names, flushed to disk, then renamed in the order
 * given. A crash or a full disk before the first rename leaves everything as it was.
 *
 * @throws {Error} that names the folder, if the system refuses; no temporary file stays.
 */
export async function writeWholeFiles(
  caller: string,
  folder: string,
  files: Readonly<Record<string, Uint8Array>>,
): Promise<void> {
  const parts = Object.entries(files).map(([name, bytes]) => {
    return { path: join(folder, name), part: join(folder, `.${name}.${process.pid}.part`), bytes };
  });
  try {
    await mkdir(folder, { recursive: true });
    for (const { part, bytes } of parts) {
      await withFile(part, "w", async (file) => {
        await file.writeFile(bytes);
        await file.sync();
      });
    }
    for (const { part, path } of parts) await rename(part, path);
    await syncFolder(folder);
  } catch (error) {
    // The first error is the one to report.
    await Promise.all(parts.map(({ part }) => rm(part, { force: true }).catch(() => {})));
    const names = Object.keys(files).join(", ");
    throw new Error(
      `${caller}: could not write ${names} in ${folder} (${(error as Error).message}); what was whole there still is`,
      { cause: error },
    );
  }
}

/** Removes temporary files that a killed process left behind. */
export async function clearLeftovers(folder: string): Promise<void> {
  const leftovers = (await readdir(folder)).filter((name) => /^\..+\.\d+\.part$/.test(name));
  await Promise.all(leftovers.map((name) => rm(join(folder, name), { force: true })));
}

/** Opens a file, uses it and closes it. */
export async function withFile<Result>(
  path: string,
  flags: string,
  use: (file: FileHandle) => Promise<Result>,
): Promise<Result> {
  const file = await open(path, flags);
  try {
    return await use(file);
  } finally {
    await file.close();
  }
}

/** Makes a rename outlast a power cut. Windows cannot open folders and needs no such thing. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  await withFile(folder, "r", (file) => file.sync());
}

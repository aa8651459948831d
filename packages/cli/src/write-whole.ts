import { open, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";

const temporary = ".part";

/** Writes content, or the pieces of it, to a temporary name, flushes to disk, then renames: a crash or a full disk leaves the old file, if any. */
export async function writeWhole(
  folder: string,
  name: string,
  content: string | Uint8Array | Iterable<string | Uint8Array>,
): Promise<void> {
  const part = join(folder, `.${name}.${process.pid}${temporary}`);
  try {
    const file = await open(part, "w");
    try {
      const isWhole = typeof content === "string" || content instanceof Uint8Array;
      for (const piece of isWhole ? [content] : content) await file.appendFile(piece);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(part, join(folder, name));
  } catch (error) {
    await rm(part, { force: true });
    throw new Error(`could not write ${join(folder, name)}: ${(error as Error).message}`, { cause: error });
  }
}

/** Removes what killed processes left behind. */
export async function clearLeftovers(folder: string): Promise<void> {
  const names = await readdir(folder);
  const leftovers = names.filter((name) => {
    const [, pid] = /^\..*\.(\d+)\.part$/.exec(name) ?? [];
    return pid !== undefined && !isAlive(Number(pid));
  });
  await Promise.all(leftovers.map((name) => rm(join(folder, name), { force: true })));
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM"; // it lives, as another user
  }
}

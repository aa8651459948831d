import { constants } from "node:fs";
import { access, readdir, stat, statfs } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";

/** A folder, and what could go wrong with it. */
export interface FolderFacts {
  /** Its path. */
  readonly path: string;
  /** Whether it is there. */
  readonly exists: boolean;
  /** Whether files can be written there, or, if it does not exist yet, whether it could be made. */
  readonly writable: boolean;
  /** What is free on its disk for this user. */
  readonly freeBytes: number;
}

/** Looks at a folder, or at where it would be made. Writes nothing. */
export async function lookAtFolder(path: string): Promise<FolderFacts> {
  const folder = resolve(path);
  const there = await nearestThatExists(folder);
  const isFolder = (await stat(there)).isDirectory();
  const permitted = await access(there, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
  const { bavail, bsize } = await statfs(there);
  return {
    path: folder,
    exists: there === folder && isFolder,
    writable: isFolder && permitted,
    freeBytes: bavail * bsize,
  };
}

async function nearestThatExists(path: string): Promise<string> {
  const exists = await stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT" || error.code === "ENOTDIR") return false;
      throw error;
    },
  );
  return exists || dirname(path) === path ? path : nearestThatExists(dirname(path));
}

/** What all files under a folder take, 0 if it does not exist. Files that vanish meanwhile do not count. */
export async function sizeOfFolder(path: string): Promise<number> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return [];
      throw error;
    },
  );
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      stat(join(entry.parentPath, entry.name)).then(
        ({ size }) => size,
        () => 0,
      ),
    );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

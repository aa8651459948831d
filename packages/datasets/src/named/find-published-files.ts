import { DatasetFileError } from "../dataset-file-error.ts";
import { downloadPublishedFile } from "../downloads/download-published-file.ts";
import { withLock } from "../downloads/file-lock.ts";
import { nodeBuiltin } from "../node-builtin.ts";
import { readStored } from "../read-bytes.ts";
import { requireCount, requireRandom } from "../requirements.ts";
import {
  type DatasetFilesOptions,
  type DatasetSource,
  type FoundFile,
  openFile,
  type ParseFile,
  type PublishedDataset,
  type PublishedFile,
  sizeBound,
} from "./published-dataset.ts";

/**
 * Reads files of a data set from `dataDir` if given, else from the first of the system's folders that has them all, else
 * from the cache, where what is missing or damaged is downloaded.
 *
 * @throws {DatasetFileError} if a file in `dataDir` or in the system's folder is missing or wrong.
 * @throws {DatasetNotFoundError} if a file is nowhere.
 * @throws {RangeError} if `attempts`, `retryDelay` or `stallTimeout` is not such a number.
 * @internal
 */
export async function findPublishedFiles<Content>(
  dataset: PublishedDataset,
  files: readonly PublishedFile[],
  options: DatasetFilesOptions,
  parse: ParseFile<Content>,
): Promise<{ found: FoundFile<Content>[]; source: DatasetSource }> {
  const { caller } = dataset;
  requireDownloadOptions(caller, options);
  const found: FoundFile<Content>[] = [];
  const folder =
    options.dataDir ?? (await folderWithAll(caller, options.systemDirs ?? dataset.systemDirs, files));
  if (folder !== undefined) {
    for (const file of files) found.push(await readFrom(caller, folder, file, options, parse));
    return { found, source: { kind: options.dataDir === undefined ? "system" : "dataDir", folder } };
  }
  const cacheDir = options.cacheDir ?? defaultCacheDir(dataset);
  const cached = (file: PublishedFile) => readSoundFrom(caller, cacheDir, file, options, parse);
  let kind: "cache" | "download" = "cache";
  const download = async (file: PublishedFile) => {
    const downloaded = await downloadPublishedFile(dataset, cacheDir, file, options, parse);
    kind = "download";
    return downloaded;
  };
  for (const file of files) {
    const sound = await cached(file);
    // Whoever had to wait for the lock may find that the file has come meanwhile.
    const fetched = () =>
      locked(caller, cacheDir, file, options, async () => (await cached(file)) ?? download(file));
    found.push(sound ?? (await fetched()));
  }
  return { found, source: { kind, folder: cacheDir } };
}

function requireDownloadOptions(caller: string, options: DatasetFilesOptions): void {
  for (const [name, least] of [
    ["attempts", 1],
    ["retryDelay", 0],
    ["stallTimeout", 1],
  ] as const) {
    const value = options[name];
    if (value !== undefined) requireCount(caller, name, value, least);
  }
  if (options.random !== undefined) requireRandom(caller, options.random);
}

/** Runs an action while no other process downloads the same file; offline nobody does, and nothing is written. */
async function locked<Result>(
  caller: string,
  cacheDir: string,
  { name }: PublishedFile,
  { offline, signal }: DatasetFilesOptions,
  action: () => Promise<Result>,
): Promise<Result> {
  if (offline) return action();
  const path = nodeBuiltin(caller, "node:path").join(cacheDir, `${name}.gz`);
  return withLock(caller, `${path}.lock`, signal, async () => {
    await clearLeftovers(caller, cacheDir, `${name}.gz`);
    return action();
  });
}

/** Removes what writers that were killed left behind; the part of a download stays, to be gone on with. */
async function clearLeftovers(caller: string, folder: string, name: string): Promise<void> {
  const { readdir, rm } = nodeBuiltin(caller, "node:fs/promises");
  const { join } = nodeBuiltin(caller, "node:path");
  const leftovers = (await readdir(folder)).filter(
    (entry) => entry.startsWith(`${name}.`) && /^\.[0-9a-f-]{36}\.part$/.test(entry.slice(name.length)),
  );
  await Promise.all(leftovers.map((entry) => rm(join(folder, entry), { force: true })));
}

async function folderWithAll(
  caller: string,
  folders: readonly string[],
  files: readonly PublishedFile[],
): Promise<string | undefined> {
  for (const folder of folders) {
    const paths = await Promise.all(files.map((file) => pathIn(caller, folder, file)));
    if (!paths.includes(undefined)) return folder;
  }
  return undefined;
}

/** The path of a file in a folder, with or without `.gz`, if it is there. */
async function pathIn(caller: string, folder: string, file: PublishedFile): Promise<string | undefined> {
  const { access } = nodeBuiltin(caller, "node:fs/promises");
  const { join } = nodeBuiltin(caller, "node:path");
  for (const name of [file.name, `${file.name}.gz`]) {
    const path = join(folder, name);
    const exists = await access(path).then(
      () => true,
      () => false,
    );
    if (exists) return path;
  }
  return undefined;
}

async function readFrom<Content>(
  caller: string,
  folder: string,
  file: PublishedFile,
  options: DatasetFilesOptions,
  parse: ParseFile<Content>,
): Promise<FoundFile<Content>> {
  const path = await pathIn(caller, folder, file);
  if (path === undefined) {
    throw new DatasetFileError(
      `${caller}: ${folder} must hold ${file.name}.gz (or the same without .gz), got no such file`,
      { path: nodeBuiltin(caller, "node:path").join(folder, `${file.name}.gz`), problem: "missing" },
    );
  }
  const stored = await readStored(caller, path, sizeBound(file, options), options.signal);
  return openFile(caller, path, stored, file, options, parse);
}

/** The same, but undefined if the file is missing or damaged. */
async function readSoundFrom<Content>(
  ...args: Parameters<typeof readFrom<Content>>
): Promise<FoundFile<Content> | undefined> {
  try {
    return await readFrom(...args);
  } catch (error) {
    if (error instanceof DatasetFileError) return undefined;
    throw error;
  }
}

/** The folder for caches of the XDG base directory specification, in which a relative path counts as none. */
function defaultCacheDir({ caller, name }: PublishedDataset): string {
  const { homedir } = nodeBuiltin(caller, "node:os");
  const { isAbsolute, join } = nodeBuiltin(caller, "node:path");
  const xdg = process.env["XDG_CACHE_HOME"] ?? "";
  return join(isAbsolute(xdg) ? xdg : join(homedir(), ".cache"), "mhgan", name);
}

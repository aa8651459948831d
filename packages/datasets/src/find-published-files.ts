import { DatasetFileError } from "./dataset-file-error.ts";
import { downloadPublishedFile } from "./download-published-file.ts";
import { nodeBuiltin } from "./node-builtin.ts";
import {
  type DatasetFilesOptions,
  type DatasetSource,
  type FoundFile,
  foundFile,
  type PublishedDataset,
  type PublishedFile,
  sizeBound,
} from "./published-dataset.ts";
import { readBytes } from "./read-bytes.ts";

/**
 * Reads files of a data set from `dataDir` if given, else from the first of the system's folders that has them all, else
 * from the cache, where what is missing or damaged is downloaded.
 *
 * @throws {DatasetFileError} if a file in `dataDir` or in the system's folder is missing or wrong.
 * @throws {DatasetNotFoundError} if a file is nowhere.
 * @internal
 */
export async function findPublishedFiles(
  dataset: PublishedDataset,
  files: readonly PublishedFile[],
  options: DatasetFilesOptions,
): Promise<{ found: FoundFile[]; source: DatasetSource }> {
  const { caller } = dataset;
  const found: FoundFile[] = [];
  const folder =
    options.dataDir ?? (await folderWithAll(caller, options.systemDirs ?? dataset.systemDirs, files));
  if (folder !== undefined) {
    for (const file of files) found.push(await readFrom(caller, folder, file, options));
    return { found, source: { kind: options.dataDir === undefined ? "system" : "dataDir", folder } };
  }
  const cacheDir = options.cacheDir ?? defaultCacheDir(dataset);
  let kind: "cache" | "download" = "cache";
  for (const file of files) {
    const cached = await readSoundFrom(caller, cacheDir, file, options);
    if (cached === undefined) kind = "download";
    found.push(cached ?? (await downloadPublishedFile(dataset, cacheDir, file, options)));
  }
  return { found, source: { kind, folder: cacheDir } };
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

async function readFrom(
  caller: string,
  folder: string,
  file: PublishedFile,
  options: DatasetFilesOptions,
): Promise<FoundFile> {
  const path = await pathIn(caller, folder, file);
  if (path === undefined) {
    throw new DatasetFileError(
      `${caller}: ${folder} must hold ${file.name}.gz (or the same without .gz), got no such file`,
      { path: nodeBuiltin(caller, "node:path").join(folder, `${file.name}.gz`), problem: "missing" },
    );
  }
  const content = await readBytes(caller, path, sizeBound(file, options), options.signal);
  return foundFile(caller, path, content, file, options);
}

/** The same, but undefined if the file is missing or damaged. */
async function readSoundFrom(
  caller: string,
  folder: string,
  file: PublishedFile,
  options: DatasetFilesOptions,
): Promise<FoundFile | undefined> {
  try {
    return await readFrom(caller, folder, file, options);
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

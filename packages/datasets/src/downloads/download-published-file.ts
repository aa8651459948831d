import { DatasetFileError } from "../dataset-file-error.ts";
import { DatasetNotFoundError } from "../dataset-not-found-error.ts";
import {
  type DatasetFilesOptions,
  type FoundFile,
  openFile,
  type ParseFile,
  type PublishedDataset,
  type PublishedFile,
  sizeBound,
} from "../named/published-dataset.ts";
import { nodeBuiltin } from "../node-builtin.ts";
import { writeWholeFile } from "../write-whole-file.ts";
import { downloadFile } from "./download-file.ts";
import { PartFile } from "./part-file.ts";

/**
 * Downloads a file from the first mirror that has it whole, checks it, and keeps it in the cache as it came.
 *
 * What has come of it waits in a part file, so that the next call can go on. What is checked are bytes in memory, and these
 * are written to a file of their own: whatever becomes of the part, the cache gets no other bytes.
 *
 * @throws {DatasetNotFoundError} if no mirror has it, or `offline` is set.
 * @throws {DatasetFileError} if the cache cannot be written.
 * @internal
 */
export async function downloadPublishedFile<Content>(
  dataset: PublishedDataset,
  cacheDir: string,
  file: PublishedFile,
  options: DatasetFilesOptions,
  parse: ParseFile<Content>,
): Promise<FoundFile<Content>> {
  const { caller } = dataset;
  const { signal, mirrors = dataset.mirrors } = options;
  const name = `${file.name}.gz`;
  const target = nodeBuiltin(caller, "node:path").join(cacheDir, name);
  const part = new PartFile(caller, `${target}.part`);
  const failures: { url: string; reason: string }[] = [];
  for (const mirror of options.offline ? [] : mirrors) {
    const url = `${mirror.replace(/\/$/, "")}/${name}`;
    let checked: Checked<Content>;
    try {
      checked = await downloadChecked(caller, url, part, file, options, parse);
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof DatasetFileError && error.problem === "unwritable") throw error;
      failures.push({ url, reason: reasonOf(error) });
      continue;
    }
    try {
      await writeWholeFile(caller, target, checked.stored, signal);
    } finally {
      await part.remove();
    }
    return checked.found;
  }
  throw notFound(dataset, cacheDir, name, options, failures);
}

interface Checked<Content> {
  readonly stored: Uint8Array;
  readonly found: FoundFile<Content>;
}

/** Downloads and checks. What is wrong and was put together from pieces is downloaded once more, in one piece. */
async function downloadChecked<Content>(
  caller: string,
  url: string,
  part: PartFile,
  file: PublishedFile,
  options: DatasetFilesOptions,
  parse: ParseFile<Content>,
): Promise<Checked<Content>> {
  const maxBytes = sizeBound(file, options);
  const { signal, onProgress, fetch = globalThis.fetch } = options;
  const { attempts = 4, retryDelay = 500, stallTimeout = 30_000, random = systemRandom(caller) } = options;
  const how = { fetch, maxBytes, attempts, retryDelay, stallTimeout, random, signal, onProgress };
  for (let again = false; ; again = true) {
    const { pieced } = await downloadFile(caller, url, part, how);
    const stored = await part.read(maxBytes, signal);
    try {
      return { stored, found: await openFile(caller, url, stored, file, options, parse) };
    } catch (error) {
      await part.remove();
      if (again || !pieced) throw error;
    }
  }
}

function systemRandom(caller: string): () => number {
  const { randomInt } = nodeBuiltin(caller, "node:crypto");
  return () => randomInt(2 ** 32) / 2 ** 32;
}

function notFound(
  dataset: PublishedDataset,
  cacheDir: string,
  name: string,
  options: DatasetFilesOptions,
  downloads: readonly { url: string; reason: string }[],
): DatasetNotFoundError {
  const folders = [...(options.systemDirs ?? dataset.systemDirs), cacheDir];
  const tried = options.offline
    ? "the download is off (offline: true)"
    : downloads.map(({ url, reason }) => `${url}: ${reason}`).join("; ") || "mirrors is empty";
  const advice =
    dataset.systemPackage === undefined
      ? "Download the files"
      : `On Debian and Ubuntu: sudo apt-get install ${dataset.systemPackage}. Elsewhere: download the files`;
  return new DatasetNotFoundError(
    `${dataset.caller}: ${name} must be in ${folders.join(" or ")} or on a mirror, got neither (${tried}). ` +
      `${advice} and pass their folder as dataDir, or pass the address of a copy in mirrors.`,
    { folders, downloads },
  );
}

/** What went wrong, with the cause that `fetch` keeps to itself. */
function reasonOf(error: unknown): string {
  const { message, cause } = error as Error;
  const detail = error instanceof DatasetFileError ? undefined : (cause as Error | undefined)?.message;
  return detail ? `${message} (${detail})` : message;
}

import { DatasetFileError } from "./dataset-file-error.ts";
import { DatasetNotFoundError } from "./dataset-not-found-error.ts";
import { downloadBytes } from "./download-bytes.ts";
import { gunzip } from "./gunzip.ts";
import { nodeBuiltin } from "./node-builtin.ts";
import {
  type DatasetFilesOptions,
  type FoundFile,
  foundFile,
  type PublishedDataset,
  type PublishedFile,
  sizeBound,
} from "./published-dataset.ts";
import { writeWholeFile } from "./write-whole-file.ts";

/**
 * Downloads a file from the first mirror that has it whole, checks it, and keeps it in the cache as it came.
 *
 * @throws {DatasetNotFoundError} if no mirror has it, or `offline` is set.
 * @throws {DatasetFileError} if the cache cannot be written.
 * @internal
 */
export async function downloadPublishedFile(
  dataset: PublishedDataset,
  cacheDir: string,
  file: PublishedFile,
  options: DatasetFilesOptions,
): Promise<FoundFile> {
  const { caller } = dataset;
  const { signal, onProgress, fetch = globalThis.fetch, mirrors = dataset.mirrors } = options;
  const name = `${file.name}.gz`;
  const maxBytes = sizeBound(file, options);
  const failures: { url: string; reason: string }[] = [];
  for (const mirror of options.offline ? [] : mirrors) {
    const url = `${mirror.replace(/\/$/, "")}/${name}`;
    let body: Uint8Array;
    let found: FoundFile;
    try {
      body = await downloadBytes(url, { fetch, maxBytes, signal, onProgress });
      found = foundFile(caller, url, await gunzip(caller, body, url, maxBytes), file, options);
    } catch (error) {
      signal?.throwIfAborted();
      failures.push({ url, reason: reasonOf(error) });
      continue;
    }
    await writeWholeFile(caller, nodeBuiltin(caller, "node:path").join(cacheDir, name), body, signal);
    return found;
  }
  const folders = [...(options.systemDirs ?? dataset.systemDirs), cacheDir];
  const tried = options.offline
    ? "the download is off (offline: true)"
    : failures.map(({ url, reason }) => `${url}: ${reason}`).join("; ") || "mirrors is empty";
  throw new DatasetNotFoundError(
    `${caller}: ${name} must be in ${folders.join(" or ")} or on a mirror, got neither (${tried}). ` +
      `On Debian and Ubuntu: sudo apt-get install ${dataset.systemPackage}. ` +
      "Elsewhere: download the files and pass their folder as dataDir, or pass the address of a copy in mirrors.",
    { folders, downloads: failures },
  );
}

/** What went wrong, with the cause that `fetch` keeps to itself. */
function reasonOf(error: unknown): string {
  const { message, cause } = error as Error;
  const detail = error instanceof DatasetFileError ? undefined : (cause as Error | undefined)?.message;
  return detail ? `${message} (${detail})` : message;
}

import { DatasetFileError } from "../dataset-file-error.ts";
import type { DownloadProgress } from "../downloads/download-file.ts";
import { gunzip } from "../gunzip.ts";
import { nodeBuiltin } from "../node-builtin.ts";

/** A file as its authors published it, compressed by gzip. */
export interface PublishedFile {
  /** The name, without `.gz`. */
  readonly name: string;
  /** The size of the content, decompressed, or a bound on it. */
  readonly bytes: number;
  /** The size of the published `.gz` file. */
  readonly gzipBytes: number;
  /**
   * What the SHA-256 is of: the content, so that it does not matter who compressed the file, or whether anybody did; or the
   * `.gz` file as published, where no checksum of the content is known.
   */
  readonly sha256Of: "content" | "gzip";
  /** 64 hexadecimal digits, in lower case. */
  readonly sha256: string;
}

/** A data set of published files, and where they usually are. */
export interface PublishedDataset {
  /** The function that loads it, for the errors. */
  readonly caller: string;
  /** The name of its folder in the cache. */
  readonly name: string;
  /** The package of Debian and Ubuntu, for the advice. */
  readonly systemPackage?: string;
  readonly systemDirs: readonly string[];
  readonly mirrors: readonly string[];
}

/** Where to look for the files of a data set, and how. */
export interface DatasetFilesOptions {
  /** The folder with the files, each with or without `.gz`. If given, nothing else is looked at. */
  readonly dataDir?: string;
  /** The folders to look in first. Default: that of the package of Debian and Ubuntu, if there is one. */
  readonly systemDirs?: readonly string[];
  /** The folder to keep downloads in. Default: `mhgan/` and the data set's name in `$XDG_CACHE_HOME` or `~/.cache`. */
  readonly cacheDir?: string;
  /** Never use the network. Default: false. */
  readonly offline?: boolean;
  /** The addresses of folders to download from, in the order to try. Default: the authors' own, then public copies. */
  readonly mirrors?: readonly string[];
  /** Compare the files with the published ones. False reads any data set of the same form. Default: true. */
  readonly verify?: boolean;
  /** Stops the loading; the promise is then rejected with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called while a file is downloaded, for every piece that arrives. */
  readonly onProgress?: (progress: DownloadProgress) => void;
  /** Used in place of the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch;
  /** How often a mirror is asked for a file before the next one is, from 1. Default: 4. */
  readonly attempts?: number;
  /** The longest wait before the second attempt, in milliseconds; it doubles from one attempt to the next. Default: 500. */
  readonly retryDelay?: number;
  /** After how many milliseconds without a byte an attempt is given up. Default: 30,000. */
  readonly stallTimeout?: number;
  /** Uniform on [0, 1): what share of the longest wait is waited, so that many machines do not ask at once. Default: the system's. */
  readonly random?: () => number;
}

/** Where files were found: in `dataDir`, in a folder of the system, in the cache, or in the cache after a download. */
export interface DatasetSource {
  /** In which of these places they were found. */
  readonly kind: "dataDir" | "system" | "cache" | "download";
  /** The folder that holds them. */
  readonly folder: string;
}

/** What is in a file, and where the file was, for the errors. */
export interface FoundFile<Content> {
  readonly path: string;
  readonly content: Content;
}

/** Makes of a file's bytes what is wanted, or throws a `DatasetFileError` that names the path. @internal */
export type ParseFile<Content> = (bytes: Uint8Array, path: string) => Content;

/** The bound on a file whose size is not known beforehand. */
const MAX_BYTES = 2 ** 30;

/** The most that is read of a file: what it should hold, if that is going to be verified. @internal */
export function sizeBound(file: PublishedFile, options: DatasetFilesOptions): number {
  return options.verify === false ? MAX_BYTES : file.bytes;
}

/**
 * Decompresses, verifies and parses a file as it is stored.
 *
 * @throws {DatasetFileError} if it is damaged, not the published file, or (not verified) not of its form.
 * @internal
 */
export async function openFile<Content>(
  caller: string,
  path: string,
  stored: Uint8Array,
  file: PublishedFile,
  options: DatasetFilesOptions,
  parse: ParseFile<Content>,
): Promise<FoundFile<Content>> {
  const verified = options.verify === false ? undefined : file.sha256Of;
  if (verified === "gzip") requireSha256(caller, path, stored, file);
  const content = await gunzip(caller, stored, path, sizeBound(file, options));
  if (verified === "content") requireSha256(caller, path, content, file);
  return { path, content: parse(content, path) };
}

function requireSha256(caller: string, path: string, bytes: Uint8Array, file: PublishedFile): void {
  const found = nodeBuiltin(caller, "node:crypto").createHash("sha256").update(bytes).digest("hex");
  if (found === file.sha256) return;
  const expected =
    file.sha256Of === "content" ? "have the published content" : `be the published ${file.name}.gz`;
  throw new DatasetFileError(
    `${caller}: ${path} must ${expected} (SHA-256 ${file.sha256}), got other content (${found})`,
    { path, problem: "unexpected" },
  );
}

import { DatasetFileError } from "./dataset-file-error.ts";
import type { DownloadProgress } from "./download-bytes.ts";
import { nodeBuiltin } from "./node-builtin.ts";
import type { IdxArray } from "./parse-idx.ts";
import { idxFrom } from "./read-idx-file.ts";

/** A file as its authors published it. */
export interface PublishedFile {
  /** The name, without `.gz`. */
  readonly name: string;
  /** The size of the content, decompressed. */
  readonly bytes: number;
  /** The SHA-256 of the content, so that it does not matter who compressed the file, or whether anybody did. */
  readonly sha256: string;
}

/** A data set of IDX files, and where they usually are. */
export interface PublishedDataset {
  /** The function that loads it, for the errors. */
  readonly caller: string;
  /** The name of its folder in the cache. */
  readonly name: string;
  /** The package of Debian and Ubuntu, for the advice. */
  readonly systemPackage: string;
  readonly systemDirs: readonly string[];
  readonly mirrors: readonly string[];
}

/** Where to look for the files of a data set, and how. */
export interface DatasetFilesOptions {
  /** The folder with the files, each with or without `.gz`. If given, nothing else is looked at. */
  readonly dataDir?: string;
  /** The folders to look in first. Default: that of the package of Debian and Ubuntu. */
  readonly systemDirs?: readonly string[];
  /** The folder to keep downloads in. Default: `mhgan/` and the data set's name in `$XDG_CACHE_HOME` or `~/.cache`. */
  readonly cacheDir?: string;
  /** Never use the network. Default: false. */
  readonly offline?: boolean;
  /** The addresses of folders to download from, in the order to try. Default: the authors' own. */
  readonly mirrors?: readonly string[];
  /** Compare the content with the published one. False reads any data set of the same form, such as MNIST. Default: true. */
  readonly verify?: boolean;
  /** Stops the loading; the promise is then rejected with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called while a file is downloaded, for every piece that arrives. */
  readonly onProgress?: (progress: DownloadProgress) => void;
  /** Used in place of the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch;
}

/** Where files were found: in `dataDir`, in a folder of the system, in the cache, or in the cache after a download. */
export interface DatasetSource {
  readonly kind: "dataDir" | "system" | "cache" | "download";
  readonly folder: string;
}

/** The array in a file, and where the file was, for the errors. */
export interface FoundFile {
  readonly path: string;
  readonly array: IdxArray;
}

/** The bound on a file whose size is not known beforehand. */
const MAX_BYTES = 2 ** 30;

/** The most that is read of a file: what it should hold, if that is going to be verified. @internal */
export function sizeBound(file: PublishedFile, options: DatasetFilesOptions): number {
  return options.verify === false ? MAX_BYTES : file.bytes;
}

/**
 * Verifies the content of a file and parses it.
 *
 * @throws {DatasetFileError} if it is not the published content, or (not verified) not IDX.
 * @internal
 */
export function foundFile(
  caller: string,
  path: string,
  content: Uint8Array,
  file: PublishedFile,
  options: DatasetFilesOptions,
): FoundFile {
  if (options.verify !== false) {
    const sha256 = nodeBuiltin(caller, "node:crypto").createHash("sha256").update(content).digest("hex");
    if (sha256 !== file.sha256) {
      throw new DatasetFileError(
        `${caller}: ${path} must have the published content (SHA-256 ${file.sha256}), got other content (${sha256})`,
        { path, problem: "unexpected" },
      );
    }
  }
  return { path, array: idxFrom(caller, content, path) };
}

import { DatasetFileError } from "./dataset-file-error.ts";
import { DatasetNotFoundError } from "./dataset-not-found-error.ts";
import { type DownloadProgress, downloadBytes } from "./download-bytes.ts";
import { FASHION_MNIST_FILES, type PublishedFile } from "./fashion-mnist-files.ts";
import { gunzip } from "./gunzip.ts";
import { nodeBuiltin } from "./node-builtin.ts";
import type { IdxArray } from "./parse-idx.ts";
import { readBytes } from "./read-bytes.ts";
import { idxFrom } from "./read-idx-file.ts";
import { writeWholeFile } from "./write-whole-file.ts";

/** The two parts that the data set is published in. */
export type FashionMnistPart = "train" | "test";

/** Pictures and what they show. */
export interface LabelledImages {
  /** Grey values from 0 to 255, row-major; shape [images, rows, columns]. */
  readonly images: { readonly data: Uint8Array; readonly shape: readonly [number, number, number] };
  /** The class of each image, an index into `classNames`. */
  readonly labels: { readonly data: Uint8Array; readonly shape: readonly [number] };
}

/** Fashion-MNIST: `train` has 60,000 images of 28 × 28, `test` 10,000; each class is a tenth of either. */
export type FashionMnist<Part extends FashionMnistPart = FashionMnistPart> = {
  readonly [Name in Part]: LabelledImages;
} & {
  /** The ten classes, in the order of the labels. */
  readonly classNames: readonly string[];
  /** Where the files were. */
  readonly source: FashionMnistSource;
};

/** Where files were found: in `dataDir`, in a folder of the system, in the cache, or in the cache after a download. */
export interface FashionMnistSource {
  readonly kind: "dataDir" | "system" | "cache" | "download";
  readonly folder: string;
}

/** Where to look for the files and how. */
export interface FashionMnistOptions<Part extends FashionMnistPart = FashionMnistPart> {
  /** The folder with the files, each with or without `.gz`. If given, nothing else is looked at. */
  readonly dataDir?: string;
  /** The folders to look in first. Default: that of Debian's and Ubuntu's package `dataset-fashion-mnist`. */
  readonly systemDirs?: readonly string[];
  /** The folder to keep downloads in. Default: `mhgan/fashion-mnist` in `$XDG_CACHE_HOME` or `~/.cache`. */
  readonly cacheDir?: string;
  /** Never use the network. Default: false. */
  readonly offline?: boolean;
  /** The addresses of folders to download from, in the order to try. Default: the authors' bucket, then GitHub. */
  readonly mirrors?: readonly string[];
  /** Compare the content with the published one. False reads any data set of the same form, such as MNIST. Default: true. */
  readonly verify?: boolean;
  /** Load one part alone. Default: both. */
  readonly only?: Part;
  /** Stops the loading; the promise is then rejected with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called while a file is downloaded, for every piece that arrives. */
  readonly onProgress?: (progress: DownloadProgress) => void;
  /** Used in place of the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch;
}

const CALLER = "loadFashionMnist";
const SYSTEM_DIRS = ["/usr/share/datasets/fashion-mnist"];
const MIRRORS = [
  "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
  "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
];
const CLASS_NAMES = [
  "T-shirt/top",
  "Trouser",
  "Pullover",
  "Dress",
  "Coat",
  "Sandal",
  "Shirt",
  "Sneaker",
  "Bag",
  "Ankle boot",
];
/** The bound on a file whose size is not known beforehand. */
const MAX_BYTES = 2 ** 30;

/**
 * Loads Fashion-MNIST: from `dataDir` if given, else from the system package, else from the cache, else from the network
 * into the cache. Needs Node.
 *
 * Every file is held against the SHA-256 of its published content, wherever it came from. A damaged file in the cache is
 * downloaded anew; one in `dataDir` or in the system's folder is an error. Downloads are checked before they are
 * written and written whole or not at all, so stopping at any time leaves a cache that can be used.
 *
 * @returns a promise; about 55 MB when both parts are loaded.
 * @throws {DatasetFileError} naming the file, if one in `dataDir` or in the system's folder is missing or wrong.
 * @throws {DatasetNotFoundError} saying what to do, if the files are nowhere and cannot be or may not be downloaded.
 * @see Xiao, Rasul and Vollgraf (2017), Fashion-MNIST: a novel image dataset for benchmarking machine learning algorithms.
 * @example
 * ```ts
 * import { loadFashionMnist } from "@mhgan/datasets";
 * async function firstGarment(dataDir: string): Promise<string> {
 *   const { test, classNames } = await loadFashionMnist({ dataDir, only: "test" });
 *   return classNames[test.labels.data[0]!]!;
 * }
 * await firstGarment("/no/such/folder").catch((error) => error.problem); // => "missing"
 * ```
 */
export async function loadFashionMnist<Part extends FashionMnistPart = FashionMnistPart>(
  options: FashionMnistOptions<Part> = {},
): Promise<FashionMnist<Part>> {
  const parts: FashionMnistPart[] = options.only === undefined ? ["train", "test"] : [options.only];
  if (!parts.every((part) => Object.hasOwn(FASHION_MNIST_FILES, part))) {
    throw new RangeError(`${CALLER}: only must be "train" or "test", got ${String(options.only)}`);
  }
  const files = parts.flatMap((part) => [FASHION_MNIST_FILES[part].images, FASHION_MNIST_FILES[part].labels]);
  const { arrays, source } = await readFiles(files, options);
  const loaded = parts.map((part, i) => [part, labelledImages(arrays[2 * i]!, arrays[2 * i + 1]!)] as const);
  return {
    ...(Object.fromEntries(loaded) as Record<Part, LabelledImages>),
    classNames: [...CLASS_NAMES],
    source,
  };
}

/** The array in a file, and the file, for the errors. */
interface Read {
  readonly path: string;
  readonly array: IdxArray;
}

async function readFiles(
  files: readonly PublishedFile[],
  options: FashionMnistOptions,
): Promise<{ arrays: Read[]; source: FashionMnistSource }> {
  const arrays: Read[] = [];
  const folder = options.dataDir ?? (await systemDirWith(files, options.systemDirs ?? SYSTEM_DIRS));
  if (folder !== undefined) {
    for (const file of files) arrays.push(await readFrom(folder, file, options));
    const kind = options.dataDir === undefined ? "system" : "dataDir";
    return { arrays, source: { kind, folder } };
  }
  const cacheDir = options.cacheDir ?? defaultCacheDir();
  let kind: "cache" | "download" = "cache";
  for (const file of files) {
    let read = await readFromCache(cacheDir, file, options);
    if (read === undefined) {
      read = await download(cacheDir, file, options);
      kind = "download";
    }
    arrays.push(read);
  }
  return { arrays, source: { kind, folder: cacheDir } };
}

async function systemDirWith(
  files: readonly PublishedFile[],
  folders: readonly string[],
): Promise<string | undefined> {
  for (const folder of folders) {
    const paths = await Promise.all(files.map((file) => pathIn(folder, file)));
    if (!paths.includes(undefined)) return folder;
  }
  return undefined;
}

/** The path of a file in a folder, with or without `.gz`, if it is there. */
async function pathIn(folder: string, file: PublishedFile): Promise<string | undefined> {
  const { access } = nodeBuiltin(CALLER, "node:fs/promises");
  const { join } = nodeBuiltin(CALLER, "node:path");
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

async function readFrom(folder: string, file: PublishedFile, options: FashionMnistOptions): Promise<Read> {
  const path = await pathIn(folder, file);
  if (path === undefined) {
    throw new DatasetFileError(
      `${CALLER}: ${folder} must hold ${file.name}.gz (or the same without .gz), got no such file`,
      { path: nodeBuiltin(CALLER, "node:path").join(folder, `${file.name}.gz`), problem: "missing" },
    );
  }
  const maxBytes = largest(file, options);
  return checked(await readBytes(CALLER, path, maxBytes, options.signal), path, file, options);
}

/** Undefined if the cache has no sound copy: the next step is then to download one. */
async function readFromCache(
  cacheDir: string,
  file: PublishedFile,
  options: FashionMnistOptions,
): Promise<Read | undefined> {
  try {
    return await readFrom(cacheDir, file, options);
  } catch (error) {
    if (error instanceof DatasetFileError) return undefined;
    throw error;
  }
}

async function download(cacheDir: string, file: PublishedFile, options: FashionMnistOptions): Promise<Read> {
  const { signal, onProgress, fetch = globalThis.fetch, mirrors = MIRRORS } = options;
  const name = `${file.name}.gz`;
  const failures: { url: string; reason: string }[] = [];
  for (const mirror of options.offline ? [] : mirrors) {
    const url = `${mirror.replace(/\/$/, "")}/${name}`;
    let body: Uint8Array;
    let read: Read;
    try {
      const maxBytes = largest(file, options);
      body = await downloadBytes(url, { fetch, maxBytes, signal, onProgress });
      read = checked(await gunzip(CALLER, body, url, maxBytes), url, file, options);
    } catch (error) {
      signal?.throwIfAborted();
      failures.push({ url, reason: reasonOf(error) });
      continue;
    }
    await writeWholeFile(CALLER, nodeBuiltin(CALLER, "node:path").join(cacheDir, name), body, signal);
    return read;
  }
  throw notFound(cacheDir, file, failures, options);
}

/** With the content known, nothing longer is read. */
function largest(file: PublishedFile, options: FashionMnistOptions): number {
  return options.verify === false ? MAX_BYTES : file.bytes;
}

function checked(content: Uint8Array, path: string, file: PublishedFile, options: FashionMnistOptions): Read {
  if (options.verify !== false) {
    const sha256 = nodeBuiltin(CALLER, "node:crypto").createHash("sha256").update(content).digest("hex");
    if (sha256 !== file.sha256) {
      throw new DatasetFileError(
        `${CALLER}: ${path} must have the published content (SHA-256 ${file.sha256}), got other content (${sha256})`,
        { path, problem: "unexpected" },
      );
    }
  }
  return { path, array: idxFrom(CALLER, content, path) };
}

function labelledImages(images: Read, labels: Read): LabelledImages {
  requireForm(images, 3, "[images, rows, columns]");
  requireForm(labels, 1, "[images]");
  const count = images.array.shape[0]!;
  if (labels.array.shape[0] !== count) {
    throw new DatasetFileError(
      `${CALLER}: ${labels.path} must have ${count} labels, one for each image, got ${labels.array.shape[0]}`,
      { path: labels.path, problem: "unexpected" },
    );
  }
  return {
    images: { data: images.array.data as Uint8Array, shape: images.array.shape as [number, number, number] },
    labels: { data: labels.array.data as Uint8Array, shape: labels.array.shape as [number] },
  };
}

function requireForm({ path, array }: Read, dimensions: number, form: string): void {
  if (array.type === "uint8" && array.shape.length === dimensions) return;
  throw new DatasetFileError(
    `${CALLER}: ${path} must have shape ${form} of uint8, got [${array.shape.join(", ")}] of ${array.type}`,
    { path, problem: "unexpected" },
  );
}

function defaultCacheDir(): string {
  const { homedir } = nodeBuiltin(CALLER, "node:os");
  const { isAbsolute, join } = nodeBuiltin(CALLER, "node:path");
  const xdg = process.env["XDG_CACHE_HOME"] ?? "";
  return join(isAbsolute(xdg) ? xdg : join(homedir(), ".cache"), "mhgan", "fashion-mnist");
}

function notFound(
  cacheDir: string,
  file: PublishedFile,
  downloads: readonly { url: string; reason: string }[],
  options: FashionMnistOptions,
): DatasetNotFoundError {
  const folders = [...(options.systemDirs ?? SYSTEM_DIRS), cacheDir];
  const tried = options.offline
    ? "the download is off (offline: true)"
    : downloads.map(({ url, reason }) => `${url}: ${reason}`).join("; ") || "mirrors is empty";
  return new DatasetNotFoundError(
    `${CALLER}: ${file.name}.gz must be in ${folders.join(" or ")} or on a mirror, got neither (${tried}). ` +
      "On Debian and Ubuntu: sudo apt-get install dataset-fashion-mnist. " +
      "Elsewhere: download the four files and pass their folder as dataDir, or pass the address of a copy in mirrors.",
    { folders, downloads },
  );
}

function reasonOf(error: unknown): string {
  const { message, cause } = error as Error;
  const detail = error instanceof DatasetFileError ? undefined : (cause as Error | undefined)?.message;
  return detail ? `${message} (${detail})` : message;
}

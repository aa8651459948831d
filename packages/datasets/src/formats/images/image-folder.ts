import { DatasetFileError, type DatasetFileProblem } from "../../dataset-file-error.ts";
import { nodeBuiltin } from "../../node-builtin.ts";
import { readBytes } from "../../read-bytes.ts";
import { requireCount } from "../../requirements.ts";
import { type DecodedImage, decodeImage, UnfitImage } from "./decode-image.ts";

/** Which images of a folder are read, and how. */
export interface ImageFolderOptions {
  /** The rows and columns that every image must have. Default: those of the first. Nothing is resized; `decode` may. */
  readonly size?: readonly [rows: number, columns: number];
  /** How the names of images end, in any case. Files with other names are no images. Default: .png, .jpg, .jpeg. */
  readonly extensions?: readonly string[];
  /** Decodes a file in place of the packages `pngjs` and `jpeg-js`: other formats, other sizes, grey to colours. */
  readonly decode?: (bytes: Uint8Array, path: string) => DecodedImage | Promise<DecodedImage>;
  /** The largest size accepted, of a file and of its decoded image. Default: 2²⁸. */
  readonly maxBytes?: number;
  /** Stops the reading; the promise is then rejected with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called after each image. */
  readonly onProgress?: (progress: ImageFolderProgress) => void;
}

/** How far the reading of a folder has come. */
export interface ImageFolderProgress {
  /** The name of the image that was read last. */
  readonly name: string;
  /** How many were read. */
  readonly read: number;
  /** How many there are. */
  readonly total: number;
}

/** An image of a folder. */
export interface FolderImage {
  /** The file's path from the folder on, with `/` between its parts. */
  readonly name: string;
  /** From 0 to 255, row by row from the top, the channels of a point together. */
  readonly data: Uint8Array;
  /** Rows, columns, channels: 1 of grey images, 3 (red, green, blue) of coloured ones. */
  readonly shape: readonly [rows: number, columns: number, channels: 1 | 3];
}

/**
 * Reads the images of a folder and of the folders in it, one at a time, in the order of their names. Needs Node.
 *
 * PNG files are decoded by the package `pngjs`, JPEG files by `jpeg-js`, which you install if you need them. All images must be
 * of one size and all grey or all coloured, of 8 bits a value or fewer, and have no transparent points: nothing is changed in
 * silence.
 *
 * @param dir - the folder. Names are ordered by their code units, so on every machine alike: `B.png`, `a/c.png`, `a10.png`,
 * `a9.png`.
 * @returns an iterator that reads an image when it is asked for the next, and holds no other.
 * @throws {DatasetFileError} naming the file, if one or the folder is missing, unreadable, damaged, larger than `maxBytes`, or
 * of another size or kind; or the folder has no images.
 * @throws {Error} saying what to install, if a package is missing.
 * @throws {RangeError} if an option is not as it must be, or `decode` gives no image.
 * @example
 * ```ts
 * import { imageFolder } from "@mhgan/datasets";
 *
 * for await (const { name, data, shape } of imageFolder("faces", { size: [64, 64] })) {
 *   console.log(name, shape, data[0]); // "anna/001.png" [64, 64, 3] 203
 * }
 * ```
 */
export async function* imageFolder(
  dir: string,
  options: ImageFolderOptions = {},
): AsyncGenerator<FolderImage, void, undefined> {
  for await (const { image } of folderImages("imageFolder", dir, options)) yield image;
}

/** The images, and how many there are. @internal */
export async function* folderImages(
  caller: string,
  dir: string,
  options: ImageFolderOptions,
): AsyncGenerator<{ image: FolderImage; total: number }, void, undefined> {
  const { size, maxBytes = 2 ** 28, signal, onProgress } = options;
  requireCount(caller, "options.maxBytes", maxBytes, 1);
  requireSize(caller, size);
  const { join } = nodeBuiltin(caller, "node:path");
  const names = await imageNames(caller, dir, options);
  let expected: readonly number[] = size ?? []; // rows, columns, channels, as far as they are known
  for (const [i, name] of names.entries()) {
    const path = join(dir, name);
    const { height, width, channels, data } = await decodedFile(caller, path, options, maxBytes);
    const shape = [height, width, channels] as const;
    expected = shape.map((length, axis) => expected[axis] ?? length);
    if (shape.some((length, axis) => length !== expected[axis])) {
      const reason = i > 0 ? "as the images before it have" : "as options.size says";
      throw fileError(
        caller,
        path,
        "unexpected",
        `must have ${expected.join(" × ")} values, ${reason}, got ${shape.join(" × ")}`,
      );
    }
    onProgress?.({ name, read: i + 1, total: names.length });
    signal?.throwIfAborted();
    yield { image: { name, data, shape }, total: names.length };
  }
}

function requireSize(caller: string, size: ImageFolderOptions["size"]): void {
  if (size === undefined) return;
  if (size.length !== 2) {
    throw new RangeError(`${caller}: options.size must be rows and columns, got [${size.join(", ")}]`);
  }
  size.forEach((length, i) => {
    requireCount(caller, `options.size[${i}]`, length, 1);
  });
}

async function imageNames(caller: string, dir: string, options: ImageFolderOptions): Promise<string[]> {
  const { extensions = [".png", ".jpg", ".jpeg"], signal } = options;
  const { readdir } = nodeBuiltin(caller, "node:fs/promises");
  const { sep } = nodeBuiltin(caller, "node:path");
  signal?.throwIfAborted();
  let entries: string[];
  try {
    entries = await readdir(dir, { recursive: true });
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === "ENOENT";
    const reason = missing ? "no such folder" : (cause as Error).message;
    throw fileError(
      caller,
      dir,
      missing ? "missing" : "unreadable",
      `must be a readable folder, got ${reason}`,
      cause,
    );
  }
  const ends = extensions.map((extension) => extension.toLowerCase());
  const names = entries
    .filter((entry) => ends.some((end) => entry.toLowerCase().endsWith(end)))
    .map((entry) => entry.replaceAll(sep, "/"))
    .sort();
  if (names.length === 0) {
    throw fileError(caller, dir, "missing", `must hold files that end in ${extensions.join(", ")}, got none`);
  }
  return names;
}

async function decodedFile(
  caller: string,
  path: string,
  options: ImageFolderOptions,
  maxBytes: number,
): Promise<DecodedImage> {
  const bytes = await readBytes(caller, path, maxBytes, options.signal);
  if (options.decode !== undefined) return requireImage(caller, await options.decode(bytes, path), path);
  try {
    return await decodeImage(caller, bytes, maxBytes);
  } catch (cause) {
    if (cause instanceof UnfitImage) throw fileError(caller, path, cause.problem, cause.message, cause);
    throw cause;
  }
}

function requireImage(caller: string, image: DecodedImage, path: string): DecodedImage {
  const { width, height, channels, data } = image;
  requireCount(caller, `width of options.decode for ${path}`, width, 1);
  requireCount(caller, `height of options.decode for ${path}`, height, 1);
  if (channels !== 1 && channels !== 3) {
    throw new RangeError(
      `${caller}: channels of options.decode for ${path} must be 1 or 3, got ${String(channels)}`,
    );
  }
  const length = width * height * channels;
  if (!(data instanceof Uint8Array && data.length === length)) {
    throw new RangeError(
      `${caller}: data of options.decode for ${path} must be a Uint8Array of ${length} values, got another`,
    );
  }
  return image;
}

function fileError(
  caller: string,
  path: string,
  problem: DatasetFileProblem,
  reason: string,
  cause?: unknown,
): DatasetFileError {
  return new DatasetFileError(`${caller}: ${path} ${reason}`, { path, problem, cause });
}

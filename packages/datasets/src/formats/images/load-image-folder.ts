import { folderImages, type ImageFolderOptions } from "./image-folder.ts";

/** The images of a folder. */
export interface ImageFolder {
  /** The file of each image: its path from the folder on, with `/` between its parts. */
  readonly names: readonly string[];
  /** Their points. */
  readonly images: {
    /** From 0 to 255; image by image, row by row from the top, the channels of a point together. */
    readonly data: Uint8Array;
    /** Images, rows, columns, channels: 1 of grey images, 3 (red, green, blue) of coloured ones. */
    readonly shape: readonly [images: number, rows: number, columns: number, channels: 1 | 3];
  };
}

/**
 * Loads the images of a folder and of the folders in it into one array, in the order of their names. Needs Node.
 *
 * What images must be is said at `imageFolder`, which gives them one at a time, for folders that do not fit into memory.
 *
 * @param dir - the folder. Where each class has a folder of its own, the first part of a name is the class.
 * @throws {DatasetFileError} naming the file, if one or the folder is missing, unreadable, damaged, larger than `maxBytes`, or
 * of another size or kind; or the folder has no images.
 * @throws {Error} saying what to install, if a package is missing.
 * @throws {RangeError} if an option is not as it must be, `decode` gives no image, or the images have 2³² values or more.
 * @example
 * ```ts
 * import { mkdtemp, writeFile } from "node:fs/promises";
 * import { tmpdir } from "node:os";
 * import { join } from "node:path";
 * import { loadImageFolder } from "@mhgan/datasets";
 * const dir = await mkdtemp(join(tmpdir(), "mhgan-images-"));
 * await writeFile(join(dir, "b.raw"), new Uint8Array([3, 4]));
 * await writeFile(join(dir, "a.raw"), new Uint8Array([1, 2]));
 * const decode = (data: Uint8Array) => ({ width: 2, height: 1, channels: 1 as const, data });
 * const { names, images } = await loadImageFolder(dir, { extensions: [".raw"], decode });
 * names; // => ["a.raw", "b.raw"]
 * images.shape; // => [2, 1, 2, 1]
 * images.data; // => [1, 2, 3, 4]
 * ```
 */
export async function loadImageFolder(dir: string, options: ImageFolderOptions = {}): Promise<ImageFolder> {
  const names: string[] = [];
  let data = new Uint8Array(0);
  let shape: ImageFolder["images"]["shape"] = [0, 0, 0, 1];
  for await (const { image, total } of folderImages("loadImageFolder", dir, options)) {
    if (names.length === 0) {
      shape = [total, ...image.shape];
      data = new Uint8Array(requireRoom(dir, shape));
    }
    data.set(image.data, names.length * image.data.length);
    names.push(image.name);
  }
  return { names, images: { data, shape } };
}

function requireRoom(dir: string, shape: readonly number[]): number {
  const length = shape.reduce((product, size) => product * size, 1);
  if (length >= 2 ** 32) {
    throw new RangeError(
      `loadImageFolder: images in ${dir} must have fewer than 2^32 values, got ${shape.join(" × ")}; imageFolder gives one at a time`,
    );
  }
  return length;
}

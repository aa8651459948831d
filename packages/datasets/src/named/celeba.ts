import { DatasetFileError } from "../dataset-file-error.ts";
import { type FolderImage, folderImages, type ImageFolderOptions } from "../formats/images/image-folder.ts";
import { nodeBuiltin } from "../node-builtin.ts";

/** Where the images are, and how they are read. */
export interface CelebaOptions extends Omit<ImageFolderOptions, "extensions"> {
  /** The folder with `000001.jpg` to `202599.jpg`: `img_align_celeba`. */
  readonly dataDir: string;
  /** Whether all images must be there, by their names. Their content is not verified: the published checksum is that of the archive. Default: true. */
  readonly verify?: boolean;
}

const IMAGES = 202_599;
const SIZE = [218, 178] as const;

/**
 * Reads the aligned and cropped images of CelebA from a folder of yours, one at a time, in their order. Needs Node, and the
 * package `jpeg-js` or a `decode` of your own.
 *
 * CelebA is never downloaded: its authors give it for non-commercial research to people who agree to their terms, and forbid
 * to pass it on. All of it decoded is 24 GB, so there is no loader that gives it whole; a `decode` that crops and
 * shrinks gives smaller images.
 *
 * @param options - `size`: 218 rows and 178 columns by default, or what `decode` makes of them.
 * @returns an iterator that reads an image when it is asked for the next, and holds no other.
 * @throws {DatasetFileError} naming the file, if one or the folder is missing, unreadable, damaged, or of another size.
 * @throws {Error} saying what to install, if a package is missing.
 * @throws {RangeError} if an option is not as it must be, or `decode` gives no image.
 * @see Liu, Luo, Wang and Tang (ICCV 2015), Deep learning face attributes in the wild.
 * @example
 * ```ts
 * import { celebaImages } from "@mhgan/datasets";
 *
 * // Of a part of the images, so that they are not counted.
 * for await (const { name, shape } of celebaImages({ dataDir: "img_align_celeba", verify: false })) {
 *   console.log(name, shape); // "000001.jpg" [218, 178, 3]
 * }
 * ```
 */
export async function* celebaImages(options: CelebaOptions): AsyncGenerator<FolderImage, void, undefined> {
  const { dataDir, verify = true, ...how } = options;
  const size = how.size ?? (how.decode === undefined ? SIZE : undefined);
  const folder = { ...how, ...(size && { size }), extensions: [".jpg"] };
  let expected = 0;
  for await (const { image, total } of folderImages("celebaImages", dataDir, folder)) {
    expected++;
    if (verify) requirePublished(dataDir, image.name, expected, total);
    yield image;
  }
}

function requirePublished(dataDir: string, name: string, number: number, total: number): void {
  const expected = `${String(number).padStart(6, "0")}.jpg`;
  if (name === expected && total === IMAGES) return;
  const got = name === expected ? `${total} files` : `${name} in place of ${expected}`;
  throw new DatasetFileError(
    `celebaImages: ${dataDir} must hold the ${IMAGES} images 000001.jpg to ${IMAGES}.jpg alone, got ${got}`,
    { path: nodeBuiltin("celebaImages", "node:path").join(dataDir, name), problem: "unexpected" },
  );
}

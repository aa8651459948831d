import { KMNIST, KMNIST_CLASSES, KMNIST_FILES } from "./kmnist-facts.ts";
import type { DatasetPart, ImageDataset, ImageDatasetOptions } from "./labelled-images.ts";
import { loadIdxImages } from "./load-idx-images.ts";

/**
 * Loads Kuzushiji-MNIST, cursive Japanese characters: from `dataDir` if given, else from the cache, else from the network into
 * the cache. Needs Node.
 *
 * `train` has 60,000 images of 28 × 28, `test` 10,000. The published checksums are those of the compressed files, so files in
 * `dataDir` must be the `.gz` files as published, unless `verify` is false.
 *
 * @returns a promise; about 55 MB when both parts are loaded.
 * @throws {DatasetFileError} naming the file, if one in `dataDir` is missing or wrong.
 * @throws {DatasetNotFoundError} saying what to do, if the files are nowhere and cannot be or may not be downloaded.
 * @throws {RangeError} if `only` is not a part.
 * @see Clanuwat et al. (2018), Deep learning for classical Japanese literature.
 * @example
 * ```ts
 * import { loadKmnist } from "@mhgan/datasets";
 * await loadKmnist({ dataDir: "/no/such/folder", only: "test" }).catch((error) => error.problem); // => "missing"
 * ```
 */
export function loadKmnist<Part extends DatasetPart = DatasetPart>(
  options: ImageDatasetOptions<Part> = {},
): Promise<ImageDataset<Part>> {
  return loadIdxImages(KMNIST, KMNIST_FILES, KMNIST_CLASSES, options);
}

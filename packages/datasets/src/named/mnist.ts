import type { DatasetPart, ImageDataset, ImageDatasetOptions } from "./labelled-images.ts";
import { loadIdxImages } from "./load-idx-images.ts";
import { MNIST, MNIST_CLASSES, MNIST_FILES } from "./mnist-facts.ts";

/**
 * Loads MNIST, handwritten digits: from `dataDir` if given, else from the cache, else from the network into the cache.
 * Needs Node.
 *
 * `train` has 60,000 images of 28 × 28, `test` 10,000. Files are verified and kept as by `loadFashionMnist`.
 *
 * @returns a promise; about 55 MB when both parts are loaded.
 * @throws {DatasetFileError} naming the file, if one in `dataDir` is missing or wrong.
 * @throws {DatasetNotFoundError} saying what to do, if the files are nowhere and cannot be or may not be downloaded.
 * @throws {RangeError} if `only` is not a part.
 * @see LeCun, Bottou, Bengio and Haffner (1998), Gradient-based learning applied to document recognition.
 * @example
 * ```ts
 * import { loadMnist } from "@mhgan/datasets";
 * await loadMnist({ dataDir: "/no/such/folder", only: "test" }).catch((error) => error.problem); // => "missing"
 * ```
 */
export function loadMnist<Part extends DatasetPart = DatasetPart>(
  options: ImageDatasetOptions<Part> = {},
): Promise<ImageDataset<Part>> {
  return loadIdxImages(MNIST, MNIST_FILES, MNIST_CLASSES, options);
}

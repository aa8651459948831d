import { FASHION_MNIST, FASHION_MNIST_CLASSES, FASHION_MNIST_FILES } from "./fashion-mnist-facts.ts";
import type { DatasetPart, ImageDataset, ImageDatasetOptions } from "./labelled-images.ts";
import { loadIdxImages } from "./load-idx-images.ts";

/**
 * Loads Fashion-MNIST: from `dataDir` if given, else from the system package, else from the cache, else from the network
 * into the cache. Needs Node.
 *
 * Every file is held against the SHA-256 of its published content, wherever it came from. A damaged file in the cache is
 * downloaded anew; one in `dataDir` or in the system's folder is an error. Downloads are checked before they are put in
 * their place, whole or not at all. One that was stopped, even by force, is gone on with by the next call, and
 * processes that want the same file at the same time download it once.
 *
 * @returns a promise; about 55 MB when both parts are loaded.
 * @throws {DatasetFileError} naming the file, if one in `dataDir` or in the system's folder is missing or wrong.
 * @throws {DatasetNotFoundError} saying what to do, if the files are nowhere and cannot be or may not be downloaded.
 * @throws {RangeError} if `only` is not a part.
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
export function loadFashionMnist<Part extends DatasetPart = DatasetPart>(
  options: ImageDatasetOptions<Part> = {},
): Promise<ImageDataset<Part>> {
  return loadIdxImages(FASHION_MNIST, FASHION_MNIST_FILES, FASHION_MNIST_CLASSES, options);
}

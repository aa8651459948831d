import { DatasetFileError } from "./dataset-file-error.ts";
import { FASHION_MNIST, FASHION_MNIST_CLASSES, FASHION_MNIST_FILES } from "./fashion-mnist-facts.ts";
import { findPublishedFiles } from "./find-published-files.ts";
import type { DatasetFilesOptions, DatasetSource, FoundFile } from "./published-dataset.ts";

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
  readonly source: DatasetSource;
};

/** Where to look for the files, how, and what for. */
export interface FashionMnistOptions<Part extends FashionMnistPart = FashionMnistPart>
  extends DatasetFilesOptions {
  /** Load one part alone. Default: both. */
  readonly only?: Part;
}

const CALLER = FASHION_MNIST.caller;

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
  const { found, source } = await findPublishedFiles(FASHION_MNIST, files, options);
  const loaded = parts.map((part, i) => [part, labelledImages(found[2 * i]!, found[2 * i + 1]!)] as const);
  return {
    ...(Object.fromEntries(loaded) as Record<Part, LabelledImages>),
    classNames: [...FASHION_MNIST_CLASSES],
    source,
  };
}

function labelledImages(images: FoundFile, labels: FoundFile): LabelledImages {
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

function requireForm({ path, array }: FoundFile, dimensions: number, form: string): void {
  if (array.type === "uint8" && array.shape.length === dimensions) return;
  throw new DatasetFileError(
    `${CALLER}: ${path} must have shape ${form} of uint8, got [${array.shape.join(", ")}] of ${array.type}`,
    { path, problem: "unexpected" },
  );
}

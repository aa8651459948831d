import { DatasetNotFoundError } from "../dataset-not-found-error.ts";
import { CIFAR10, CIFAR10_FILE } from "./cifar10-facts.ts";
import { FASHION_MNIST, FASHION_MNIST_FILES } from "./fashion-mnist-facts.ts";
import { findPublishedFiles } from "./find-published-files.ts";
import { KMNIST, KMNIST_FILES } from "./kmnist-facts.ts";
import type { IdxFiles } from "./load-idx-images.ts";
import { MNIST, MNIST_FILES } from "./mnist-facts.ts";
import type {
  DatasetFilesOptions,
  DatasetSource,
  PublishedDataset,
  PublishedFile,
} from "./published-dataset.ts";

/** The data sets that are known by name. */
export type DatasetName = "fashion-mnist" | "mnist" | "kmnist" | "cifar-10" | "celeba";

/** What is known of a data set before anything of it is there. */
export interface DatasetDescription {
  /** The name by which our functions know it. */
  readonly name: DatasetName;
  /** The name that its authors gave it. */
  readonly title: string;
  /** One sentence: what is in it. */
  readonly content: string;
  /** The licence under which its authors publish it. */
  readonly licence: string;
  /** Where its authors describe it. */
  readonly homepage: string;
  /** The files that are downloaded, with their sizes and checksums; empty if it is never downloaded. */
  readonly files: readonly PublishedFile[];
  /** The addresses of the folders that the files are downloaded from, in the order in which they are tried. */
  readonly mirrors: readonly string[];
  /** The package of Debian and Ubuntu that has it, if there is one. */
  readonly systemPackage?: string;
  /** Why it is not downloaded, and how to get it, if it is not. */
  readonly byHand?: string;
}

interface NamedDataset {
  readonly facts: Omit<DatasetDescription, "name" | "files" | "mirrors" | "systemPackage">;
  /** None, if it is never downloaded. */
  readonly published?: { readonly dataset: PublishedDataset; readonly files: readonly PublishedFile[] };
}

const idxFiles = ({ train, test }: IdxFiles): PublishedFile[] => [
  train.images,
  train.labels,
  test.images,
  test.labels,
];

const NAMED: Readonly<Record<DatasetName, NamedDataset>> = {
  "fashion-mnist": {
    facts: {
      title: "Fashion-MNIST",
      content: "60,000 + 10,000 grey images of 28 × 28: clothes, in ten classes.",
      licence: "MIT",
      homepage: "https://github.com/zalandoresearch/fashion-mnist",
    },
    published: { dataset: FASHION_MNIST, files: idxFiles(FASHION_MNIST_FILES) },
  },
  mnist: {
    facts: {
      title: "MNIST",
      content: "60,000 + 10,000 grey images of 28 × 28: handwritten digits.",
      licence: "CC BY-SA 3.0",
      homepage: "http://yann.lecun.com/exdb/mnist/",
    },
    published: { dataset: MNIST, files: idxFiles(MNIST_FILES) },
  },
  kmnist: {
    facts: {
      title: "Kuzushiji-MNIST",
      content: "60,000 + 10,000 grey images of 28 × 28: cursive Japanese characters, in ten classes.",
      licence: "CC BY-SA 4.0",
      homepage: "https://codh.rois.ac.jp/kmnist/",
    },
    published: { dataset: KMNIST, files: idxFiles(KMNIST_FILES) },
  },
  "cifar-10": {
    facts: {
      title: "CIFAR-10",
      content: "50,000 + 10,000 colour images of 32 × 32: vehicles and animals, in ten classes.",
      licence: "none stated",
      homepage: "https://www.cs.toronto.edu/~kriz/cifar.html",
    },
    published: { dataset: CIFAR10, files: [CIFAR10_FILE] },
  },
  celeba: {
    facts: {
      title: "CelebA",
      content: "202,599 colour images of 178 × 218: faces of celebrities.",
      licence: "non-commercial research",
      homepage: "https://mmlab.ie.cuhk.edu.hk/projects/CelebA.html",
      byHand:
        "Its authors give it to people who agree to their terms, and forbid to pass it on: get img_align_celeba.zip there, unpack it, and give the folder to celebaImages.",
    },
  },
};

/**
 * The names of the data sets that can be described and fetched.
 *
 * @example
 * ```ts
 * import { datasetNames } from "@mhgan/datasets";
 * datasetNames; // => ["fashion-mnist", "mnist", "kmnist", "cifar-10", "celeba"]
 * ```
 */
export const datasetNames: readonly DatasetName[] = Object.keys(NAMED) as DatasetName[];

/**
 * Says what a data set is, what its licence allows, and which files it is downloaded from. Uses no network and no disk.
 *
 * @param name - one of `datasetNames`.
 * @throws {RangeError} if there is no such name.
 * @example
 * ```ts
 * import { describeDataset } from "@mhgan/datasets";
 * const { licence, files } = describeDataset("mnist");
 * licence; // => "CC BY-SA 3.0"
 * files[0]!.name; // => "train-images-idx3-ubyte"
 * ```
 */
export function describeDataset(name: DatasetName): DatasetDescription {
  const { facts, published } = named("describeDataset", name);
  const { mirrors = [], systemPackage } = published?.dataset ?? {};
  return {
    name,
    ...facts,
    files: published?.files ?? [],
    mirrors,
    ...(systemPackage === undefined ? {} : { systemPackage }),
  };
}

/**
 * Finds the files of a data set where its loader would, verifies them all, and downloads what is missing into the cache. With
 * `offline: true` it says where the data set is, and that it is whole. Needs Node.
 *
 * @param name - one of `datasetNames`.
 * @param options - where to look and how, as for the loaders.
 * @returns where the files are.
 * @throws {DatasetFileError} naming the file, if one in `dataDir` or in the system's folder is missing or wrong.
 * @throws {DatasetNotFoundError} saying what to do, if the files are nowhere, or the data set is never downloaded.
 * @throws {RangeError} if there is no such name.
 * @example
 * ```ts
 * import { fetchDataset } from "@mhgan/datasets";
 * await fetchDataset("mnist", { dataDir: "/no/such/folder" }).catch((error) => error.problem); // => "missing"
 * ```
 */
export async function fetchDataset(
  name: DatasetName,
  options: DatasetFilesOptions = {},
): Promise<DatasetSource> {
  const { facts, published } = named("fetchDataset", name);
  if (published === undefined) {
    throw new DatasetNotFoundError(
      `fetchDataset: name must be that of a data set that is downloaded, got ${name}. ${facts.byHand} See ${facts.homepage}`,
      { folders: [], downloads: [] },
    );
  }
  const dataset = { ...published.dataset, caller: "fetchDataset" };
  const { source } = await findPublishedFiles(dataset, published.files, options, () => undefined);
  return source;
}

function named(caller: string, name: DatasetName): NamedDataset {
  if (Object.hasOwn(NAMED, name)) return NAMED[name];
  throw new RangeError(`${caller}: name must be one of ${datasetNames.join(", ")}, got ${String(name)}`);
}

import type { IdxFiles } from "./load-idx-images.ts";
import type { PublishedDataset } from "./published-dataset.ts";

/** Where MNIST usually is: the authors' own site no longer gives it away, so copies come first. @internal */
export const MNIST: PublishedDataset = {
  caller: "loadMnist",
  name: "mnist",
  systemDirs: [],
  mirrors: [
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
    "http://yann.lecun.com/exdb/mnist/",
  ],
};

/** The classes, in the order of the labels. @internal */
export const MNIST_CLASSES: readonly string[] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

/** The four files of MNIST. @internal */
export const MNIST_FILES: IdxFiles = {
  train: {
    images: {
      name: "train-images-idx3-ubyte",
      bytes: 47_040_016,
      gzipBytes: 9_912_422,
      sha256Of: "content",
      sha256: "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    },
    labels: {
      name: "train-labels-idx1-ubyte",
      bytes: 60_008,
      gzipBytes: 28_881,
      sha256Of: "content",
      sha256: "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    },
  },
  test: {
    images: {
      name: "t10k-images-idx3-ubyte",
      bytes: 7_840_016,
      gzipBytes: 1_648_877,
      sha256Of: "content",
      sha256: "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    },
    labels: {
      name: "t10k-labels-idx1-ubyte",
      bytes: 10_008,
      gzipBytes: 4_542,
      sha256Of: "content",
      sha256: "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
    },
  },
};

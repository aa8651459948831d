import type { PublishedDataset, PublishedFile } from "./published-dataset.ts";

/** Where CIFAR-10 is. @internal */
export const CIFAR10: PublishedDataset = {
  caller: "loadCifar10",
  name: "cifar-10",
  systemDirs: [],
  mirrors: ["https://www.cs.toronto.edu/~kriz/"],
};

/** The classes, in the order of the labels. @internal */
export const CIFAR10_CLASSES: readonly string[] = [
  "airplane",
  "automobile",
  "bird",
  "cat",
  "deer",
  "dog",
  "frog",
  "horse",
  "ship",
  "truck",
];

/** The archive of the binary version. Its authors publish the MD5 c32a1d4ab5d03f1284b67883e8d87530. @internal */
export const CIFAR10_FILE: PublishedFile = {
  name: "cifar-10-binary.tar",
  bytes: 2 ** 28, // a bound: six batches of 30,730,000 bytes, two small files and the tar headers
  gzipBytes: 170_052_171,
  sha256Of: "gzip",
  sha256: "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
};

/** The batches of each part, as they are called in the archive. @internal */
export const CIFAR10_BATCHES: Readonly<Record<"train" | "test", readonly string[]>> = {
  train: [1, 2, 3, 4, 5].map((batch) => `cifar-10-batches-bin/data_batch_${batch}.bin`),
  test: ["cifar-10-batches-bin/test_batch.bin"],
};

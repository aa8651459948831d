import type { IdxFiles } from "./load-idx-images.ts";
import type { PublishedDataset } from "./published-dataset.ts";

/** Where Kuzushiji-MNIST usually is. @internal */
export const KMNIST: PublishedDataset = {
  caller: "loadKmnist",
  name: "kmnist",
  systemDirs: [],
  mirrors: [
    "https://codh.rois.ac.jp/kmnist/dataset/kmnist/",
    "http://codh.rois.ac.jp/kmnist/dataset/kmnist/",
  ],
};

/** The classes, in the order of the labels: the modern readings of the characters. @internal */
export const KMNIST_CLASSES: readonly string[] = ["o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo"];

/** The four files of Kuzushiji-MNIST. Checksums are known of the compressed files alone. @internal */
export const KMNIST_FILES: IdxFiles = {
  train: {
    images: {
      name: "train-images-idx3-ubyte",
      bytes: 47_040_016,
      gzipBytes: 18_165_135,
      sha256Of: "gzip",
      sha256: "51467d22d8cc72929e2a028a0428f2086b092bb31cfb79c69cc0a90ce135fde4",
    },
    labels: {
      name: "train-labels-idx1-ubyte",
      bytes: 60_008,
      gzipBytes: 29_497,
      sha256Of: "gzip",
      sha256: "e38f9ebcd0f3ebcdec7fc8eabdcdaef93bb0df8ea12bee65224341c8183d8e17",
    },
  },
  test: {
    images: {
      name: "t10k-images-idx3-ubyte",
      bytes: 7_840_016,
      gzipBytes: 3_041_136,
      sha256Of: "gzip",
      sha256: "edd7a857845ad6bb1d0ba43fe7e794d164fe2dce499a1694695a792adfac43c5",
    },
    labels: {
      name: "t10k-labels-idx1-ubyte",
      bytes: 10_008,
      gzipBytes: 5_120,
      sha256Of: "gzip",
      sha256: "20bb9a0ef54c7db3efc55a92eef5582c109615df22683c380526788f98e42a1c",
    },
  },
};

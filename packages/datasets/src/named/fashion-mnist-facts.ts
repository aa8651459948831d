import type { IdxFiles } from "./load-idx-images.ts";
import type { PublishedDataset } from "./published-dataset.ts";

/** Where Fashion-MNIST usually is. @internal */
export const FASHION_MNIST: PublishedDataset = {
  caller: "loadFashionMnist",
  name: "fashion-mnist",
  systemPackage: "dataset-fashion-mnist",
  systemDirs: ["/usr/share/datasets/fashion-mnist"],
  mirrors: [
    "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
    "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
  ],
};

/** The classes, in the order of the labels. @internal */
export const FASHION_MNIST_CLASSES: readonly string[] = [
  "T-shirt/top",
  "Trouser",
  "Pullover",
  "Dress",
  "Coat",
  "Sandal",
  "Shirt",
  "Sneaker",
  "Bag",
  "Ankle boot",
];

/** The four files of Fashion-MNIST. @internal */
export const FASHION_MNIST_FILES: IdxFiles = {
  train: {
    images: {
      name: "train-images-idx3-ubyte",
      bytes: 47_040_016,
      gzipBytes: 26_421_880,
      sha256Of: "content",
      sha256: "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
    },
    labels: {
      name: "train-labels-idx1-ubyte",
      bytes: 60_008,
      gzipBytes: 29_515,
      sha256Of: "content",
      sha256: "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
    },
  },
  test: {
    images: {
      name: "t10k-images-idx3-ubyte",
      bytes: 7_840_016,
      gzipBytes: 4_422_102,
      sha256Of: "content",
      sha256: "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
    },
    labels: {
      name: "t10k-labels-idx1-ubyte",
      bytes: 10_008,
      gzipBytes: 5_148,
      sha256Of: "content",
      sha256: "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
    },
  },
};

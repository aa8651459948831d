import { loadFashionMnist, loadKmnist, loadMnist } from "@mhgan/datasets";

/** The data sets that `mhgan run` can train on. */
export type ImageDatasetName = "fashion-mnist" | "mnist" | "kmnist";

/** What loads each of them. */
export const loadImages: Readonly<Record<ImageDatasetName, typeof loadFashionMnist>> = {
  "fashion-mnist": loadFashionMnist,
  mnist: loadMnist,
  kmnist: loadKmnist,
};

export const imageDatasets: readonly ImageDatasetName[] = Object.keys(loadImages) as ImageDatasetName[];

import {
  type DatasetPart,
  type ImageDataset,
  type ImageDatasetOptions,
  type LabelledImages,
  loadFashionMnist,
  loadKmnist,
  loadMnist,
} from "@mhgan/datasets";

/** The data sets that `mhgan run` can train on. */
export type ImageDatasetName = "fashion-mnist" | "mnist" | "kmnist";

const loaders: Readonly<Record<ImageDatasetName, typeof loadFashionMnist>> = {
  "fashion-mnist": loadFashionMnist,
  mnist: loadMnist,
  kmnist: loadKmnist,
};

export const imageDatasets: readonly ImageDatasetName[] = Object.keys(loaders) as ImageDatasetName[];

/** Pixels of a side: all of them are square. */
const SIDE = 28;

/**
 * Loads a data set by its name.
 *
 * @throws {Error} as its loader does; and if other data of the same form are accepted, but they are not of that form.
 */
export async function loadImages<Part extends DatasetPart = DatasetPart>(
  dataset: ImageDatasetName,
  options: ImageDatasetOptions<Part>,
): Promise<ImageDataset<Part>> {
  const loaded = await loaders[dataset](options);
  for (const part of ["train", "test"] as const) {
    const [, height, width] =
      (loaded as Partial<Record<DatasetPart, LabelledImages>>)[part]?.images.shape ?? [];
    if (height === undefined || (height === SIDE && width === SIDE)) continue;
    throw new Error(
      `images of ${dataset} must be of ${SIDE} × ${SIDE} pixels, got ${height} × ${width} (rows × columns) in those for ${part} in ${loaded.source.folder}`,
    );
  }
  return loaded;
}

export { DatasetFileError, type DatasetFileProblem } from "./dataset-file-error.ts";
export { DatasetNotFoundError } from "./dataset-not-found-error.ts";
export type { DownloadProgress } from "./download-file.ts";
export { loadFashionMnist } from "./fashion-mnist.ts";
export { type GaussianMixture, type GaussianMixtureOptions, gaussianMixture } from "./gaussian-mixture.ts";
export { loadKmnist } from "./kmnist.ts";
export type { DatasetPart, ImageDataset, ImageDatasetOptions, LabelledImages } from "./labelled-images.ts";
export { loadMnist } from "./mnist.ts";
export {
  type DatasetDescription,
  type DatasetName,
  datasetNames,
  describeDataset,
  fetchDataset,
} from "./named-datasets.ts";
export { type OneDimensionalPair, oneDimensionalPair } from "./one-dimensional-pair.ts";
export { type IdxArray, type IdxData, parseIdx } from "./parse-idx.ts";
export type { DatasetFilesOptions, DatasetSource, PublishedFile } from "./published-dataset.ts";
export { type ReadIdxFileOptions, readIdxFile } from "./read-idx-file.ts";
export { splitIndices } from "./split-indices.ts";
export { type NumberArray, type Rows, takeRows } from "./take-rows.ts";
export { type TwentyFiveGaussians, twentyFiveGaussians } from "./twenty-five-gaussians.ts";

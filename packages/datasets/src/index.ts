export type { ByteChunks } from "./byte-source.ts";
export { type CelebaOptions, celebaImages } from "./celeba.ts";
export { type CheckerboardOptions, checkerboard } from "./checkerboard.ts";
export type { CifarImages, CifarLabels } from "./cifar-records.ts";
export { loadCifar10 } from "./cifar10.ts";
export type { CsvOptions } from "./csv-numbers.ts";
export { type CsvRowsOptions, csvRows } from "./csv-rows.ts";
export type { CsvSeparator } from "./csv-tokenizer.ts";
export { DatasetFileError, type DatasetFileProblem } from "./dataset-file-error.ts";
export { DatasetNotFoundError } from "./dataset-not-found-error.ts";
export type { DecodedImage } from "./decode-image.ts";
export type { Distribution } from "./distribution.ts";
export type { DownloadProgress } from "./download-file.ts";
export { loadFashionMnist } from "./fashion-mnist.ts";
export { type CsvInput, formatCsv } from "./format-csv.ts";
export { formatIdx, type IdxInput } from "./format-idx.ts";
export { formatNpy, type NpyInput } from "./format-npy.ts";
export { type FormatNpzOptions, formatNpz } from "./format-npz.ts";
export { type GaussianMixture, type GaussianMixtureOptions, gaussianMixture } from "./gaussian-mixture.ts";
export type { IdxArray, IdxData, IdxType } from "./idx-array.ts";
export {
  type FolderImage,
  type ImageFolderOptions,
  type ImageFolderProgress,
  imageFolder,
} from "./image-folder.ts";
export { loadKmnist } from "./kmnist.ts";
export type { DatasetPart, ImageDataset, ImageDatasetOptions, LabelledImages } from "./labelled-images.ts";
export { type ImageFolder, loadImageFolder } from "./load-image-folder.ts";
export { logWeightsBetween } from "./log-weights-between.ts";
export { loadMnist } from "./mnist.ts";
export {
  type DatasetDescription,
  type DatasetName,
  datasetNames,
  describeDataset,
  fetchDataset,
} from "./named-datasets.ts";
export type { NpyArray, NpyData, NpyType } from "./npy-array.ts";
export { type NpyRowsOptions, npyRows } from "./npy-rows.ts";
export { type OneDimensionalPair, oneDimensionalPair } from "./one-dimensional-pair.ts";
export { type Cifar10Batch, parseCifar10 } from "./parse-cifar10.ts";
export { type Cifar100Batch, parseCifar100 } from "./parse-cifar100.ts";
export { type CsvColumns, parseCsv } from "./parse-csv.ts";
export { parseIdx } from "./parse-idx.ts";
export { parseNpy } from "./parse-npy.ts";
export { type ParseNpzOptions, parseNpz } from "./parse-npz.ts";
export type { DatasetFilesOptions, DatasetSource, PublishedFile } from "./published-dataset.ts";
export type { ReadFileOptions } from "./read-file-options.ts";
export { readIdxFile } from "./read-idx-file.ts";
export { readNpyFile } from "./read-npy-file.ts";
export { readNpzFile } from "./read-npz-file.ts";
export { type RingOfGaussians, type RingOfGaussiansOptions, ringOfGaussians } from "./ring-of-gaussians.ts";
export { type ShuffledBatchesOptions, shuffledBatches } from "./shuffled-batches.ts";
export { splitIndices } from "./split-indices.ts";
export { splitRows } from "./split-rows.ts";
export { type SwissRollOptions, swissRoll } from "./swiss-roll.ts";
export { type NumberArray, type Rows, type TakenRows, takeRows } from "./take-rows.ts";
export { type TwentyFiveGaussians, twentyFiveGaussians } from "./twenty-five-gaussians.ts";
export { type TwoMoonsOptions, twoMoons } from "./two-moons.ts";

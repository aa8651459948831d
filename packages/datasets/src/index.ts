/**
 * Distributions with exact densities, readers and writers of file formats, data sets by name, and splits that cannot leak.
 *
 * What reads paths or downloads needs Node: {@link readNpyFile}, {@link loadFashionMnist}, {@link imageFolder} and their like. Parsers of bytes and text, and the
 * synthetic distributions, run anywhere.
 *
 * @module @mhgan/datasets
 */

export type { ByteChunks } from "./byte-source.ts";
export { DatasetFileError, type DatasetFileProblem } from "./dataset-file-error.ts";
export { DatasetNotFoundError } from "./dataset-not-found-error.ts";
export type { DownloadProgress } from "./downloads/download-file.ts";
export type { CifarImages, CifarLabels } from "./formats/cifar/cifar-records.ts";
export { type Cifar10Batch, parseCifar10 } from "./formats/cifar/parse-cifar10.ts";
export { type Cifar100Batch, parseCifar100 } from "./formats/cifar/parse-cifar100.ts";
export { csvColumns } from "./formats/csv/csv-columns.ts";
export type { CsvColumns } from "./formats/csv/csv-columns-reader.ts";
export type { CsvOptions } from "./formats/csv/csv-numbers.ts";
export { type CsvRowsOptions, csvRows } from "./formats/csv/csv-rows.ts";
export type { CsvSeparator } from "./formats/csv/csv-tokenizer.ts";
export { type CsvInput, formatCsv } from "./formats/csv/format-csv.ts";
export { parseCsv } from "./formats/csv/parse-csv.ts";
export { formatIdx, type IdxInput } from "./formats/idx/format-idx.ts";
export type { IdxArray, IdxData, IdxType } from "./formats/idx/idx-array.ts";
export { parseIdx } from "./formats/idx/parse-idx.ts";
export { readIdxFile } from "./formats/idx/read-idx-file.ts";
export type { DecodedImage } from "./formats/images/decode-image.ts";
export {
  type FolderImage,
  type ImageFolderOptions,
  type ImageFolderProgress,
  imageFolder,
} from "./formats/images/image-folder.ts";
export { type ImageFolder, loadImageFolder } from "./formats/images/load-image-folder.ts";
export { type JsonlNumbersOptions, jsonlNumbers } from "./formats/jsonl/jsonl-numbers.ts";
export { formatNpy, type NpyInput } from "./formats/npy/format-npy.ts";
export { type FormatNpzOptions, formatNpz } from "./formats/npy/format-npz.ts";
export type { NpyArray, NpyData, NpyType } from "./formats/npy/npy-array.ts";
export { type NpyRowsOptions, npyRows } from "./formats/npy/npy-rows.ts";
export { parseNpy } from "./formats/npy/parse-npy.ts";
export { type ParseNpzOptions, parseNpz } from "./formats/npy/parse-npz.ts";
export { readNpyFile } from "./formats/npy/read-npy-file.ts";
export { readNpzFile } from "./formats/npy/read-npz-file.ts";
export { type CelebaOptions, celebaImages } from "./named/celeba.ts";
export { loadCifar10 } from "./named/cifar10.ts";
export { loadFashionMnist } from "./named/fashion-mnist.ts";
export { loadKmnist } from "./named/kmnist.ts";
export type {
  DatasetPart,
  ImageDataset,
  ImageDatasetOptions,
  LabelledImages,
} from "./named/labelled-images.ts";
export { loadMnist } from "./named/mnist.ts";
export {
  type DatasetDescription,
  type DatasetName,
  datasetNames,
  describeDataset,
  fetchDataset,
} from "./named/named-datasets.ts";
export type { DatasetFilesOptions, DatasetSource, PublishedFile } from "./named/published-dataset.ts";
export type { ReadFileOptions } from "./read-file-options.ts";
export { type ShuffledBatchesOptions, shuffledBatches } from "./splits/shuffled-batches.ts";
export { splitIndices } from "./splits/split-indices.ts";
export { splitRows } from "./splits/split-rows.ts";
export { type NumberArray, type Rows, type TakenRows, takeRows } from "./splits/take-rows.ts";
export { type CheckerboardOptions, checkerboard } from "./synthetic/checkerboard.ts";
export type { Distribution } from "./synthetic/distribution.ts";
export {
  type GaussianMixture,
  type GaussianMixtureOptions,
  gaussianMixture,
} from "./synthetic/gaussian-mixture.ts";
export { logWeightsBetween } from "./synthetic/log-weights-between.ts";
export { type OneDimensionalPair, oneDimensionalPair } from "./synthetic/one-dimensional-pair.ts";
export {
  type RingOfGaussians,
  type RingOfGaussiansOptions,
  ringOfGaussians,
} from "./synthetic/ring-of-gaussians.ts";
export { type SwissRollOptions, swissRoll } from "./synthetic/swiss-roll.ts";
export { type TwentyFiveGaussians, twentyFiveGaussians } from "./synthetic/twenty-five-gaussians.ts";
export { type TwoMoonsOptions, twoMoons } from "./synthetic/two-moons.ts";
export type { TextChunks } from "./text-chunks.ts";

export { type CheckerboardOptions, checkerboard } from "./checkerboard.ts";
export { DatasetFileError, type DatasetFileProblem } from "./dataset-file-error.ts";
export { DatasetNotFoundError } from "./dataset-not-found-error.ts";
export type { Distribution } from "./distribution.ts";
export type { DownloadProgress } from "./download-bytes.ts";
export {
  type FashionMnist,
  type FashionMnistOptions,
  type FashionMnistPart,
  type LabelledImages,
  loadFashionMnist,
} from "./fashion-mnist.ts";
export { type GaussianMixture, type GaussianMixtureOptions, gaussianMixture } from "./gaussian-mixture.ts";
export { logWeightsBetween } from "./log-weights-between.ts";
export { type OneDimensionalPair, oneDimensionalPair } from "./one-dimensional-pair.ts";
export { type IdxArray, type IdxData, parseIdx } from "./parse-idx.ts";
export type { DatasetFilesOptions, DatasetSource } from "./published-dataset.ts";
export { type ReadIdxFileOptions, readIdxFile } from "./read-idx-file.ts";
export { type RingOfGaussians, type RingOfGaussiansOptions, ringOfGaussians } from "./ring-of-gaussians.ts";
export { type ShuffledBatchesOptions, shuffledBatches } from "./shuffled-batches.ts";
export { splitIndices } from "./split-indices.ts";
export { splitRows } from "./split-rows.ts";
export { type SwissRollOptions, swissRoll } from "./swiss-roll.ts";
export { type NumberArray, type Rows, type TakenRows, takeRows } from "./take-rows.ts";
export { type TwentyFiveGaussians, twentyFiveGaussians } from "./twenty-five-gaussians.ts";
export { type TwoMoonsOptions, twoMoons } from "./two-moons.ts";

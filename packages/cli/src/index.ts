export {
  type DescribeDatasetOptions,
  type FetchDatasetOptions,
  type ListDatasetsOptions,
  type LocateDatasetOptions,
  runDescribeDataset,
  runFetchDataset,
  runListDatasets,
  runLocateDataset,
} from "./commands/datasets.ts";
export { type DemoOptions, runDemo } from "./commands/demo.ts";
export { type RunImagesOptions, runImages } from "./commands/run.ts";
export { runTrainJudge, type TrainJudgeOptions } from "./commands/train-judge.ts";
export {
  type EvaluateSamplesOptions,
  evaluateSamples,
  type QualityFigure,
  type QualityName,
  qualityNames,
  type SampleEvaluation,
  type SetQuality,
} from "./evaluate-samples.ts";
export { greyImages } from "./grey-images.ts";
export type { ImageDatasetName } from "./image-datasets.ts";
export { type ImageFeatures, type ImageFeaturesOptions, trainImageFeatures } from "./image-features.ts";
export { type Io, UsageError, type Writer } from "./io.ts";
export { type Judge, type JudgedImages, type LookOptions, loadJudge, shippedJudge } from "./judge.ts";
export { main } from "./main.ts";

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
export type { ImageDatasetName } from "./image-datasets.ts";
export { type Io, UsageError, type Writer } from "./io.ts";
export { main } from "./main.ts";
export type { ChainFigures } from "./report/chain-figures.ts";
export type { Evaluation, EvaluationCell, EvaluationColumn, EvaluationRow } from "./report/evaluation.ts";
export type { Interval } from "./report/interval.ts";
export { predictedChains } from "./report/predicted-chains.ts";
export { type PredictedSamplersOptions, predictedSamplers } from "./report/predicted-samplers.ts";
export { reportOf } from "./report/report.ts";
export type { CalibrationData, RealAndFake, ReportData, SampleSet } from "./report/report-data.ts";
export type { SamplerFigures } from "./report/sampler-figures.ts";

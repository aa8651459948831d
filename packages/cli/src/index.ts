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
export { runSelect, type SelectOptions } from "./commands/select.ts";
export type { ImageDatasetName } from "./image-datasets.ts";
export { type Io, UsageError, type Writer } from "./io.ts";
export { main } from "./main.ts";
export type { ReadScoresOptions, ScoreFormat } from "./score-files.ts";
export type { Gamma, MethodName, MethodOptions } from "./select-methods.ts";

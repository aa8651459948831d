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
export { type DoctorOptions, runDoctor } from "./commands/doctor.ts";
export { type RunImagesOptions, runImages } from "./commands/run.ts";
export type { DoctorProbes } from "./doctor/doctor-probes.ts";
export type { DoctorReport, Finding, FoundDataset } from "./doctor/doctor-report.ts";
export type { OnnxRuntimeFacts } from "./doctor/engine-answers.ts";
export type { FoundBackend } from "./doctor/find-backends.ts";
export type { FolderFacts } from "./doctor/folder-facts.ts";
export type { Machine } from "./doctor/machine.ts";
export type { Speed } from "./doctor/measure-speed.ts";
export type { ImageDatasetName } from "./image-datasets.ts";
export { Interruption, type Io, UsageError, type Writer } from "./io.ts";
export { main } from "./main.ts";

/**
 * The commands of `mhgan` as functions, for programs that run them without a shell, and the report of a run.
 *
 * {@link main} takes arguments as a shell gives them, and gives the exit code. Each `run…` is a command of its own: it takes its
 * options as an object, and an {@link Io} to write to.
 *
 * @module @mhgan/cli
 */

export { type CalibrateOptions, runCalibrate } from "./commands/calibrate.ts";
export { type CompareOptions, runCompare } from "./commands/compare.ts";
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
export { type DemoImagesOptions, runDemoImages } from "./commands/demo-images.ts";
export { type DoctorOptions, runDoctor } from "./commands/doctor.ts";
export { type EvaluateOptions, runEvaluate } from "./commands/evaluate.ts";
export { type MergeOptions, runMerge } from "./commands/merge.ts";
export { type PredictOptions, runPredict } from "./commands/predict.ts";
export { type RefitOptions, runRefit } from "./commands/refit.ts";
export { type ReportCommandOptions, runReport } from "./commands/report.ts";
export { type RunImagesOptions, runImages } from "./commands/run.ts";
export { runSample, type SampleCommandOptions } from "./commands/sample.ts";
export { runSelect, type SelectOptions } from "./commands/select.ts";
export { runTrain, type TrainOptions } from "./commands/train.ts";
export { runTrainJudge, type TrainJudgeOptions } from "./commands/train-judge.ts";
export type { DoctorProbes } from "./doctor/doctor-probes.ts";
export type { DoctorReport, Finding, FoundDataset } from "./doctor/doctor-report.ts";
export type { OnnxRuntimeFacts } from "./doctor/engine-answers.ts";
export type { FoundBackend } from "./doctor/find-backends.ts";
export type { FolderFacts } from "./doctor/folder-facts.ts";
export type { Machine } from "./doctor/machine.ts";
export type { Speed } from "./doctor/measure-speed.ts";
export type { DrawMethod, Shard } from "./draw-methods.ts";
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
export {
  type ImageClassifier,
  type ImageClassifierOptions,
  imageClassifier,
  trainImageClassifier,
} from "./image-classifier.ts";
export type { ImageDatasetName } from "./image-datasets.ts";
export { Interruption, type Io, UsageError, type Writer } from "./io.ts";
export { type Judge, type JudgedImages, type LookOptions, loadJudge } from "./judge.ts";
export { main } from "./main.ts";
export { type Gamma, type MethodName, methodNames } from "./methods.ts";
export type { ChainFigures } from "./report/chain-figures.ts";
export type { Evaluation, EvaluationCell, EvaluationColumn, EvaluationRow } from "./report/evaluation.ts";
export { type ImageGridOptions, imageGrid } from "./report/image-grid.ts";
export type { Interval } from "./report/interval.ts";
export { predictedChains } from "./report/predicted-chains.ts";
export { type PredictedSamplersOptions, predictedSamplers } from "./report/predicted-samplers.ts";
export { reportOf } from "./report/report.ts";
export type { CalibrationData, RealAndFake, ReportData, SampleSet } from "./report/report-data.ts";
export type { SamplerFigures } from "./report/sampler-figures.ts";
export { shippedGan, shippedJudge } from "./shipped.ts";

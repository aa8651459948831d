import type { Benchmark } from "./harness/benchmark.ts";

/** Every benchmark by name; loaded only when it runs. */
export const benchmarks: Readonly<Record<string, () => Promise<Benchmark>>> = {
  selection: async () => (await import("./selection.ts")).selection,
  calibration: async () => (await import("./calibration.ts")).calibration,
  features: async () => (await import("./features.ts")).features,
  diagnostics: async () => (await import("./diagnostics.ts")).diagnostics,
  "onnx-gan": async () => (await import("./onnx-gan/onnx-gan.ts")).onnxGan,
  "onnx-gan-two-threads": async () => (await import("./onnx-gan/onnx-gan.ts")).onnxGanTwoThreads,
  "training-step": async () => (await import("./training-step.ts")).trainingStep,
  "generate-score": async () => (await import("./generate-score.ts")).generateScore,
};

import type { Benchmark } from "./harness/benchmark.ts";

/** Every benchmark by name; loaded only when it runs. */
export const benchmarks: Readonly<Record<string, () => Promise<Benchmark>>> = {
  selection: async () => (await import("./selection.ts")).selection,
  calibration: async () => (await import("./calibration.ts")).calibration,
  diagnostics: async () => (await import("./diagnostics.ts")).diagnostics,
  features: async () => (await import("./features.ts")).features,
  "generate-score": async () => (await import("./generate-score.ts")).generateScore,
  "training-step": async () => (await import("./training-step.ts")).trainingStep,
  "onnx-gan": async () => (await import("./onnx-gan/onnx-gan.ts")).onnxGan,
  "end-to-end": async () => (await import("./end-to-end/end-to-end.ts")).endToEnd,
};

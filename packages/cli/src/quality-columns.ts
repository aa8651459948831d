import type { QualityName } from "./evaluate-samples.ts";

/** How the measures of samples are called and shown. */
export const qualityColumns: Readonly<
  Record<QualityName, { readonly name: string; readonly better: "higher" | "lower"; readonly digits: number }>
> = {
  frechetDistance: { name: "Fréchet distance", better: "lower", digits: 2 },
  kernelDistance: { name: "kernel distance", better: "lower", digits: 1 },
  precision: { name: "precision", better: "higher", digits: 3 },
  recall: { name: "recall", better: "higher", digits: 3 },
  density: { name: "density", better: "higher", digits: 3 },
  coverage: { name: "coverage", better: "higher", digits: 3 },
};

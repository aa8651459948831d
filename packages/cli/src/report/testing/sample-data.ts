import type { CalibrationReport, Reliability } from "@mhgan/gan-core";
import type { ReportData } from "../report-data.ts";

const reliability = (z: number): Reliability => ({
  z,
  pValue: 0.5,
  spiegelhalterZ: z / 2,
  expectedCalibrationError: 0.01,
  curve: { predicted: [0.1, 0.5, 0.9], observed: [0.12, 0.45, 0.93], counts: [300, 100, 200] },
});

/** A calibration report as of a good calibration. */
export const sampleCalibration: CalibrationReport = {
  before: reliability(-30),
  after: reliability(0.5),
  auc: 0.8,
  predictedAcceptance: 0.4,
  logLoss: 0.5,
  meanWeight: 1.01,
  meanWeightError: 0.01,
  maxWeight: 20,
  relativeEffectiveSampleSize: 0.3,
  plateauShare: 0,
  fittedOn: { real: 1000, fake: 1000 },
  evaluatedOn: { real: 1000, fake: 900 },
  warnings: [],
};

const logWeights = {
  real: Array.from({ length: 400 }, (_, i) => 0.5 + Math.sin(i)),
  fake: Array.from({ length: 400 }, (_, i) => Math.cos(i) - 0.5),
};

/** Data of a report with every part, made up. */
export const sampleData: ReportData = {
  title: "A run",
  summary: "It went well.",
  sampleSets: (["real", "gan", "draws"] as const).map((kind) => ({
    name: kind,
    kind,
    caption: `Points, ${kind}.`,
    content: { points: Array.from({ length: 200 }, (_, i) => Math.sin(i)), extent: 1 },
  })),
  evaluation: {
    columns: [
      { name: "precision", better: "higher", digits: 1, percent: true },
      { name: "sd", better: 0.05, digits: 3 },
    ],
    rows: [
      { name: "real data", cells: [{ value: 0.99 }, { value: 0.05 }], reference: true },
      { name: "GAN", cells: [{ value: 0.6, low: 0.55, high: 0.65 }, undefined] },
      { name: "MH-GAN", cells: [{ value: 0.9, low: 0.85, high: 0.95 }, { value: 0.049 }] },
    ],
    caption: "Precision is a share, sd a length.",
  },
  calibration: {
    report: sampleCalibration,
    calibrator: "isotonic",
    scores: { ...logWeights, output: "logit" },
    logWeights,
  },
  chains: [1, 10, 100].map((chainLength) => ({
    chainLength,
    predictedTotalVariation: 0.4 / chainLength,
    measuredTotalVariation: { value: 0.38 / chainLength, low: 0.3 / chainLength, high: 0.5 / chainLength },
    predictedAcceptance: 0.4,
    predictedCapOut: 0.6 / chainLength,
    measuredCapOut: { value: 0.6 / chainLength, low: 0.5 / chainLength, high: 0.7 / chainLength },
    chosen: chainLength === 10,
  })),
  samplers: [
    { name: "the GAN alone", cost: 1, totalVariation: 0.4 },
    { name: "chains", cost: 10, totalVariation: 0.04, chosen: true },
    { name: "endless", cost: Infinity, totalVariation: 0 },
  ],
  facts: [["seed", "1"]],
  manifest: { command: "test", seed: 1 },
};

import type { CalibrationReport, GanSampleInfo } from "@mhgan/gan-core";

/** What calibration and sampling say of themselves, as rows of name and value. */
export function calibrationFacts(report: CalibrationReport, info: GanSampleInfo, draws: number): string[][] {
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  return [
    ["Z before calibration (calibrated: −2 to 2)", report.before.z.toFixed(2)],
    ["Z after calibration", report.after.z.toFixed(2)],
    [
      "expected calibration error before, after",
      `${report.before.expectedCalibrationError.toFixed(4)}, ${report.after.expectedCalibrationError.toFixed(4)}`,
    ],
    ["AUC of the discriminator", report.auc.toFixed(4)],
    ["mean weight of proposals (right: 1)", report.meanWeight.toFixed(3)],
    ["largest weight", report.maxWeight.toFixed(1)],
    ["acceptance rate predicted, 2(1 − AUC)", percent(report.predictedAcceptance)],
    ["samples generated for each draw", (info.proposals / draws).toFixed(1)],
    ["chains that never left their start", percent(info.capOuts / draws)],
  ];
}

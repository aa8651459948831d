import type { CalibrationReport } from "@mhgan/gan-core";

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

/** What calibration says of itself, as rows of name and value. */
export function calibrationFacts(report: CalibrationReport): [string, string][] {
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
  ];
}

/** What draws say of themselves. */
export function drawFacts(draws: {
  readonly proposalsPerDraw: number;
  readonly capOutRate: number;
}): [string, string][] {
  return [
    ["samples generated for each draw", draws.proposalsPerDraw.toFixed(1)],
    ["chains that never left their start", percent(draws.capOutRate)],
  ];
}

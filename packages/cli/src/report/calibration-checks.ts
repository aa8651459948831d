import type { CalibrationReport } from "@mhgan/gan-core";
import { formatFixed, formatNumber, formatPercent } from "./format-number.ts";
import { scrollable } from "./html-table.ts";
import { escapeText } from "./svg.ts";

/** A figure of the calibration, and whether it is as it should be. */
export interface CalibrationCheck {
  readonly name: string;
  /** Undefined where there is none before calibration. */
  readonly before?: string;
  readonly after: string;
  /** What it should be, in words. */
  readonly right: string;
  /** Undefined where no value is wrong in itself. */
  readonly isFine?: boolean;
}

/** What a standard normal number exceeds in one case of twenty. */
const TWO = 2;

/** Reads a calibration report: what is measured, what it should be, and whether it is. */
export function calibrationChecks(report: CalibrationReport): CalibrationCheck[] {
  const { before, after } = report;
  const error = report.meanWeightError;
  return [
    {
      name: "Z of Dawid: is the mean probability right?",
      before: formatFixed(before.z, 2),
      after: formatFixed(after.z, 2),
      right: "−2 to 2",
      isFine: Math.abs(after.z) <= TWO,
    },
    {
      name: "Z of Spiegelhalter: are probabilities too bold or too timid?",
      before: formatFixed(before.spiegelhalterZ, 2),
      after: formatFixed(after.spiegelhalterZ, 2),
      right: "−2 to 2",
      isFine: Math.abs(after.spiegelhalterZ) <= TWO,
    },
    {
      name: "expected calibration error",
      before: formatFixed(before.expectedCalibrationError, 4),
      after: formatFixed(after.expectedCalibrationError, 4),
      right: "near 0",
    },
    {
      name: "mean weight p/q of generated samples",
      after: `${formatNumber(report.meanWeight)} ± ${formatNumber(error, 2)}`,
      right: "1, within 2 standard errors",
      isFine: Math.abs(report.meanWeight - 1) <= TWO * error,
    },
    {
      name: "largest weight p/q",
      after: formatNumber(report.maxWeight),
      right: "finite",
      isFine: Number.isFinite(report.maxWeight),
    },
    {
      name: "generated samples with a probability of exactly 0 or 1",
      after: formatPercent(report.plateauShare, 2),
      right: "none: chains can freeze there",
      isFine: report.plateauShare === 0,
    },
    {
      name: "area under the ROC curve of the raw scores",
      after: formatFixed(report.auc, 4),
      right: ".5 tells nothing apart, 1 everything",
    },
    {
      name: "log loss, in nats",
      after: formatFixed(report.logLoss, 4),
      right: ".693 tells nothing apart",
    },
    {
      name: "effective sample size of the weighted samples",
      after: formatPercent(report.relativeEffectiveSampleSize),
      right: "high: few samples do not carry all",
    },
    {
      name: "acceptance rate predicted for long chains",
      after: formatPercent(report.predictedAcceptance),
      right: "2(1 − AUC) after calibration",
    },
  ];
}

/** The checks as an HTML table, with a verdict in words. */
export function calibrationChecksTable(report: CalibrationReport): string {
  const rows = calibrationChecks(report).map(({ name, before, after, right, isFine }) => {
    const verdict =
      isFine === undefined
        ? '<td class="quiet">–</td>'
        : isFine
          ? '<td><span class="fine">✓ fine</span></td>'
          : '<td><span class="off">✗ look</span></td>';
    return `<tr><th scope="row">${escapeText(name)}<small>right: ${escapeText(right)}</small></th><td>${escapeText(before ?? "–")}</td><td>${escapeText(after)}</td>${verdict}</tr>`;
  });
  const { fittedOn, evaluatedOn } = report;
  const caption = `On ${evaluatedOn.real.toLocaleString("en")} real and ${evaluatedOn.fake.toLocaleString("en")} generated samples that the calibrator, fitted on ${fittedOn.real.toLocaleString("en")} and ${fittedOn.fake.toLocaleString("en")}, never saw`;
  return scrollable(
    caption,
    `<table class="checks"><caption>${escapeText(caption)}</caption><thead><tr><td></td><th scope="col">before</th><th scope="col">after</th><th scope="col">verdict</th></tr></thead><tbody>${rows.join("")}</tbody></table>`,
  );
}

import type { Reliability } from "@mhgan/gan-core";
import { acceptanceRate } from "@mhgan/mcmc/diagnostics";
import { scaleLinear } from "d3-scale";
import { area, line } from "d3-shape";
import { linearTicks, xAxis, yAxis } from "./axes.ts";
import { formatFixed, formatNumber, formatPercent } from "./format-number.ts";
import { type MarkerShape, marker, whisker } from "./markers.ts";
import { requireWithin } from "./require-numbers.ts";
import { coordinate as at, escapeText, svg, svgText } from "./svg.ts";

/** Before or after calibration: how it is coloured and marked. */
export type CalibrationStage = "before" | "after";

/** A bin of a calibration curve. */
export interface CalibrationBin {
  readonly predicted: number;
  readonly observed: number;
  readonly count: number;
  /** Wilson's interval of the observed share, 95 %. */
  readonly low: number;
  readonly high: number;
}

export const CALIBRATION_WIDTH = 420;
export const CALIBRATION_HEIGHT = 432;
const FRAME = { left: 50, right: 402, top: 34, bottom: 330 };
/** How many samples each bin has, below the curve. */
const STRIP = { top: 340, bottom: 380 };

export const shapes: Readonly<Record<CalibrationStage, MarkerShape>> = { before: "diamond", after: "circle" };

/**
 * The bins of a curve, with 95 % intervals of their shares.
 *
 * @throws {RangeError} if the arrays differ in length or a probability is not one.
 */
export function calibrationBins({ curve }: Pick<Reliability, "curve">): CalibrationBin[] {
  const { predicted, observed, counts } = curve;
  if (observed.length !== predicted.length || counts.length !== predicted.length) {
    throw new RangeError(
      `calibrationBins: predicted, observed and counts must be of one length, got ${predicted.length}, ${observed.length} and ${counts.length}`,
    );
  }
  return predicted.map((value, i) => {
    requireWithin("calibrationBins", `predicted[${i}]`, value, 0, 1);
    requireWithin("calibrationBins", `observed[${i}]`, observed[i]!, 0, 1);
    const count = counts[i]!;
    const { lower, upper } = acceptanceRate(Math.round(observed[i]! * count), count);
    return {
      predicted: value,
      observed: observed[i]!,
      count,
      low: Math.min(lower, observed[i]!),
      high: Math.max(upper, observed[i]!),
    };
  });
}

/** Options of {@link calibrationPlot}. */
export interface CalibrationPlotOptions {
  /** Unique in the page. */
  readonly id: string;
  readonly title: string;
  readonly stage: CalibrationStage;
  readonly reliability: Reliability;
}

/** A calibration curve as an SVG element: predicted probability against the share of real samples with its 95 % band, and below how many samples there are. */
export function calibrationPlot({ id, title, stage, reliability }: CalibrationPlotOptions): string {
  const bins = calibrationBins(reliability);
  const off = bins.filter(({ predicted, low, high }) => predicted < low || predicted > high).length;
  const description = `Predicted probability against the observed share of real samples in ${bins.length} bins. The diagonal is outside the 95 % interval in ${off} of them. Z = ${formatFixed(reliability.z, 2)}.`;
  return svg({
    id,
    title,
    description,
    width: CALIBRATION_WIDTH,
    height: CALIBRATION_HEIGHT,
    className: "calibration",
    body: calibrationPanel(reliability, stage),
  });
}

/** What is inside the plot: SVG of {@link CALIBRATION_WIDTH} × {@link CALIBRATION_HEIGHT}. */
export function calibrationPanel(reliability: Reliability, stage: CalibrationStage): string {
  const bins = calibrationBins(reliability);
  const x = scaleLinear([0, 1], [FRAME.left, FRAME.right]);
  const y = scaleLinear([0, 1], [FRAME.bottom, FRAME.top]);
  const most = Math.max(1, ...bins.map(({ count }) => count));
  const height = (count: number) => ((STRIP.bottom - STRIP.top) * count) / most;
  const percent = (value: number) => formatPercent(value, 0);
  const band = area<CalibrationBin>()
    .x(({ predicted }) => x(predicted))
    .y0(({ low }) => y(low))
    .y1(({ high }) => y(high))
    .digits(1);
  const curve = line<CalibrationBin>()
    .x(({ predicted }) => x(predicted))
    .y(({ observed }) => y(observed))
    .digits(1);
  const marks = bins
    .map((bin) => {
      const says = `predicted ${formatPercent(bin.predicted)}, real ${formatPercent(bin.observed)} (95 % interval ${formatPercent(bin.low)} to ${formatPercent(bin.high)}), ${formatNumber(bin.count, 6)} samples`;
      const title = `<title>${escapeText(says)}</title>`;
      return (
        whisker(x(bin.predicted), y(bin.low), y(bin.high)) +
        marker(shapes[stage], x(bin.predicted), y(bin.observed), { inner: title }) +
        `<path class="stem" d="M${at(x(bin.predicted))} ${at(STRIP.bottom)}v${at(-height(bin.count))}">${title}</path>`
      );
    })
    .join("");
  return (
    yAxis(FRAME, { ticks: linearTicks(y, 5, percent), title: "share that is real" }) +
    `<path class="diagonal" d="M${at(x(0))} ${at(y(0))}L${at(x(1))} ${at(y(1))}"/>` +
    `<g class="${stage}">${bins.length > 1 ? `<path class="band" d="${band(bins) ?? ""}"/><path class="line" d="${curve(bins) ?? ""}"/>` : ""}${marks}</g>` +
    xAxis(
      { ...FRAME, bottom: STRIP.bottom },
      { ticks: linearTicks(x, 5, percent), title: "predicted probability of being real" },
    ) +
    svgText(FRAME.left - 7, STRIP.top + 12, "how", { anchor: "end" }) +
    svgText(FRAME.left - 7, STRIP.top + 26, "many", { anchor: "end" })
  );
}

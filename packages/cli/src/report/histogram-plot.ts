import { scaleLinear } from "d3-scale";
import { linearTicks, xAxis, yAxis } from "./axes.ts";
import { formatNumber, formatPercent } from "./format-number.ts";
import { histogramBins } from "./histogram-bins.ts";
import { htmlTable } from "./html-table.ts";
import { marker } from "./markers.ts";
import { requireNumbers } from "./require-numbers.ts";
import { coordinate as at, escapeText, svg, svgText } from "./svg.ts";

/** A sample in a histogram. */
export interface HistogramSeries {
  readonly name: string;
  /** CSS class that colours it. */
  readonly className: string;
  /** Filled with a solid outline, a dashed outline, or a dot for each bin. */
  readonly look: "filled" | "dashed" | "dots";
  /** Infinities are counted, not drawn. */
  readonly values: ArrayLike<number>;
  /** What each value counts; a share is the weight in the bin over the number of values, and dots get bars of ± 2 standard errors. Default: 1. */
  readonly weights?: ArrayLike<number>;
}

/** Options of {@link histogramPlot}. */
export interface HistogramPlotOptions {
  /** Unique in the page. */
  readonly id: string;
  readonly title: string;
  readonly xTitle: string;
  readonly series: readonly HistogramSeries[];
  /** A line at a value that has a meaning. */
  readonly marked?: { readonly value: number; readonly label: string };
}

/** A histogram, and its numbers. */
export interface HistogramPlot {
  /** The picture, an SVG element. */
  readonly svg: string;
  /** The same as an HTML table. */
  readonly table: string;
  /** What lies beyond the axis, in a sentence. Empty if nothing does. */
  readonly beyond: string;
}

const WIDTH = 420;
const HEIGHT = 290;
const FRAME = { left: 48, right: 410, top: 34, bottom: 246 };

/** The look of a series in a legend. */
export const histogramSwatches: Readonly<Record<HistogramSeries["look"], string>> = {
  filled: '<path class="area" d="M2 14V3H26V14"/><path class="line" d="M2 14V3H26V14"/>',
  dashed: '<path class="line dashed" d="M1 8H27"/>',
  dots: [5, 14, 23].map((x) => marker("circle", x, 8, { area: 26 })).join(""),
};

/**
 * Samples as histograms over the same bins.
 *
 * @throws {RangeError} if a value is NaN, a weight is negative or NaN, or their numbers differ.
 */
export function histogramPlot({ id, title, xTitle, series, marked }: HistogramPlotOptions): HistogramPlot {
  for (const { name, values, weights } of series) {
    requireNumbers("histogramPlot", name, values);
    if (weights === undefined) continue;
    requireNumbers("histogramPlot", `weights of ${name}`, weights);
    if (weights.length !== values.length) {
      throw new RangeError(
        `histogramPlot: ${name} must have a weight for each value, got ${weights.length} for ${values.length}`,
      );
    }
  }
  const { edges, binOf } = histogramBins(series.map(({ values }) => values));
  const counted = series.map((each) => ({ ...each, ...countSeries(each, edges.length - 1, binOf) }));
  const x = scaleLinear([edges[0]!, edges.at(-1)!], [FRAME.left, FRAME.right]);
  const most = Math.max(
    0.01,
    ...counted.flatMap(({ shares, errors, weights }) =>
      shares.map((share, bin) => (weights ? share + 2 * errors[bin]! : share)),
    ),
  );
  const y = scaleLinear([0, most * 1.04], [FRAME.bottom, FRAME.top]);
  const range = (bin: number) => `${formatNumber(edges[bin]!)} to ${formatNumber(edges[bin + 1]!)}`;

  const drawn = counted.map(({ className, look, shares, errors, weights }) => {
    if (look === "dots") {
      const dots = shares.map((share, bin) => {
        if (share === 0) return "";
        const middle = x((edges[bin]! + edges[bin + 1]!) / 2);
        const [low, high] = [y(Math.max(0, share - 2 * errors[bin]!)), y(share + 2 * errors[bin]!)];
        const bar =
          weights === undefined ? "" : `<path class="whisker" d="M${at(middle)} ${at(low)}V${at(high)}"/>`;
        return bar + marker("circle", middle, y(share), { area: 26 });
      });
      return `<g class="${className}">${dots.join("")}</g>`;
    }
    const steps = shares
      .map((share, bin) => `${bin === 0 ? "V" : `H${at(x(edges[bin]!))}V`}${at(y(share))}`)
      .join("");
    const path = `M${FRAME.left} ${FRAME.bottom}${steps}H${FRAME.right}V${FRAME.bottom}`;
    return look === "filled"
      ? `<g class="${className}"><path class="area" d="${path}"/><path class="line" d="${path}"/></g>`
      : `<g class="${className}"><path class="line dashed" d="${path}"/></g>`;
  });
  // Invisible columns that say their numbers under a pointer.
  const hover = edges.slice(1).map((edge, bin) => {
    const says = `${range(bin)}: ${counted.map(({ name, shares }) => `${name} ${formatPercent(shares[bin]!)}`).join(", ")}`;
    const left = x(edges[bin]!);
    return `<rect class="column" x="${at(left)}" y="${FRAME.top}" width="${at(x(edge) - left)}" height="${FRAME.bottom - FRAME.top}"><title>${escapeText(says)}</title></rect>`;
  });
  const isInside = marked !== undefined && marked.value >= edges[0]! && marked.value <= edges.at(-1)!;
  const line = isInside
    ? `<path class="marked" d="M${at(x(marked.value))} ${FRAME.top}V${FRAME.bottom}"/>${svgText(x(marked.value), FRAME.top - 4, marked.label, { anchor: x(marked.value) < 120 ? "start" : x(marked.value) > 340 ? "end" : "middle" })}`
    : "";
  const isEmpty = series.every(({ values }) => values.length === 0);
  const beyond = counted
    .filter(({ outside }) => outside > 0)
    .map(
      ({ name, outside, values, infinite }) =>
        `${outside.toLocaleString("en")} of ${values.length.toLocaleString("en")} ${name}${infinite > 0 ? ` (${infinite.toLocaleString("en")} infinite)` : ""}`,
    )
    .join(", ");
  const body =
    yAxis(FRAME, {
      ticks: linearTicks(y, 4, (share) => formatPercent(share, most < 0.03 ? 1 : 0)),
      title: "share of samples",
    }) +
    (isEmpty
      ? svgText((FRAME.left + FRAME.right) / 2, 150, "no samples", { anchor: "middle" })
      : drawn.join("") + line + hover.join("")) +
    xAxis(FRAME, { ticks: linearTicks(x, 6, (value) => formatNumber(value)), title: xTitle });
  const peaks = counted.map(({ name, values, shares }) =>
    values.length === 0
      ? `${name}: none`
      : `${name}: ${values.length.toLocaleString("en")}, most often ${range(shares.indexOf(Math.max(...shares)))}`,
  );
  return {
    svg: svg({
      id,
      title,
      description: `Histograms over ${edges.length - 1} bins. ${peaks.join("; ")}.`,
      width: WIDTH,
      height: HEIGHT,
      className: "histogram",
      body,
    }),
    table: htmlTable({
      caption: title,
      header: [xTitle, ...series.map(({ name }) => name)],
      rows: edges
        .slice(1)
        .map((_, bin) => [range(bin), ...counted.map(({ shares }) => formatPercent(shares[bin]!, 2))]),
    }),
    beyond: beyond === "" ? "" : `Beyond the axis: ${beyond}.`,
  };
}

function countSeries(
  { name, values, weights }: HistogramSeries,
  bins: number,
  binOf: (value: number) => number,
) {
  const shares = new Array<number>(bins).fill(0);
  const squares = new Array<number>(bins).fill(0);
  let outside = 0;
  let infinite = 0;
  for (let i = 0; i < values.length; i++) {
    const weight = weights?.[i] ?? 1;
    if (!(weight >= 0 && Number.isFinite(weight))) {
      throw new RangeError(
        `histogramPlot: weights of ${name}[${i}] must be finite and from 0, got ${weight}`,
      );
    }
    const bin = binOf(values[i]!);
    if (bin >= 0) {
      shares[bin]! += weight / values.length;
      squares[bin]! += weight * weight;
    } else if (weight > 0) outside++;
    if (!Number.isFinite(values[i]!)) infinite++;
  }
  const errors = squares.map((sum) => Math.sqrt(sum) / values.length);
  return { shares, errors, outside, infinite };
}

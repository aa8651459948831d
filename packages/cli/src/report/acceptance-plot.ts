import { scaleLinear } from "d3-scale";
import { line } from "d3-shape";
import { linearTicks, xAxis, yAxis } from "./axes.ts";
import { chainAxis, chosenLength } from "./chain-axis.ts";
import type { ChainFigures } from "./chain-figures.ts";
import { formatPercent } from "./format-number.ts";
import { type Interval, requireInterval } from "./interval.ts";
import { type MarkerShape, marker, whisker } from "./markers.ts";
import { requireWithin } from "./require-numbers.ts";
import { escapeText, svg } from "./svg.ts";

const WIDTH = 420;
const HEIGHT = 300;
const FRAME = { left: 56, right: 408, top: 34, bottom: 256 };

/** A rate of chains, and how it is drawn. */
interface Rate {
  readonly name: string;
  readonly className: string;
  readonly shape: MarkerShape;
  readonly dashed: boolean;
  readonly predicted: (chain: ChainFigures) => number | undefined;
  readonly measured: (chain: ChainFigures) => Interval | undefined;
}

const rates: readonly Rate[] = [
  {
    name: "acceptance",
    className: "draws",
    shape: "circle",
    dashed: false,
    predicted: (chain) => chain.predictedAcceptance,
    measured: (chain) => chain.measuredAcceptance,
  },
  {
    name: "cap-out",
    className: "gan",
    shape: "square",
    dashed: true,
    predicted: (chain) => chain.predictedCapOut,
    measured: (chain) => chain.measuredCapOut,
  },
];

/**
 * Acceptance rate and cap-out rate against the chain length: lines are predicted, hollow points measured with their intervals.
 *
 * @param id - unique in the page.
 * @throws {RangeError} if chain lengths do not ascend, or a rate is not in [0, 1].
 */
export function acceptancePlot(id: string, chains: readonly ChainFigures[]): string {
  const x = chainAxis("acceptancePlot", chains, FRAME);
  let most = 0.05;
  chains.forEach((chain, i) => {
    for (const { name, predicted, measured } of rates) {
      const [expected, found] = [predicted(chain), measured(chain)];
      if (expected !== undefined)
        requireWithin("acceptancePlot", `predicted ${name} of chains[${i}]`, expected, 0, 1);
      if (found !== undefined) {
        requireInterval("acceptancePlot", `measured ${name} of chains[${i}]`, found);
        requireWithin("acceptancePlot", `measured ${name} of chains[${i}]`, found.value, 0, 1);
      }
      most = Math.max(most, expected ?? 0, found?.high ?? 0);
    }
  });
  const y = scaleLinear([0, Math.min(1, most * 1.05)], [FRAME.bottom, FRAME.top]);
  const series = rates.map(({ name, className, shape, dashed, predicted, measured }) => {
    const known = chains.filter((chain) => predicted(chain) !== undefined);
    const path = line<ChainFigures>()
      .x(({ chainLength }) => x.scale(chainLength))
      .y((chain) => y(predicted(chain)!))
      .digits(1)(known);
    const points = known.map((chain) =>
      marker(shape, x.scale(chain.chainLength), y(predicted(chain)!), {
        area: 34,
        inner: title(`K = ${chain.chainLength}: ${name} ${formatPercent(predicted(chain)!, 2)} predicted`),
      }),
    );
    const found = chains.map((chain) => {
      const interval = measured(chain);
      if (interval === undefined) return "";
      const at = x.scale(chain.chainLength);
      return (
        whisker(at, y(interval.low), y(interval.high)) +
        marker(shape, at, y(interval.value), {
          area: 74,
          className: "hollow",
          inner: title(
            `K = ${chain.chainLength}: ${name} ${formatPercent(interval.value, 2)} measured (${formatPercent(interval.low, 2)} to ${formatPercent(interval.high, 2)})`,
          ),
        })
      );
    });
    return `<g class="${className}"><path class="line${dashed ? " dashed" : ""}" d="${path ?? ""}"/>${found.join("")}${points.join("")}</g>`;
  });
  const last = chains.at(-1);
  const says = rates.map(({ name, predicted }) => {
    const value = last && predicted(last);
    return value === undefined ? `${name} unknown` : `${name} ${formatPercent(value)}`;
  });
  return svg({
    id,
    title: "Acceptance and cap-out against chain length",
    description:
      last === undefined ? "No chain lengths." : `Predicted at K = ${last.chainLength}: ${says.join(", ")}.`,
    width: WIDTH,
    height: HEIGHT,
    body:
      yAxis(FRAME, {
        ticks: linearTicks(y, 5, (share) => formatPercent(share, most < 0.1 ? 1 : 0)),
        title: "rate",
      }) +
      chosenLength(chains, x.scale, FRAME) +
      series.join("") +
      xAxis(FRAME, { ticks: x.ticks, title: "chain length K" }),
  });
}

const title = (text: string): string => `<title>${escapeText(text)}</title>`;

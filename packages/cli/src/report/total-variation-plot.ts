import { line } from "d3-shape";
import { xAxis, yAxis } from "./axes.ts";
import { chainAxis, chosenLength } from "./chain-axis.ts";
import type { ChainFigures } from "./chain-figures.ts";
import { formatNumber } from "./format-number.ts";
import { requireInterval } from "./interval.ts";
import { marker, whisker } from "./markers.ts";
import { positiveAxis } from "./positive-axis.ts";
import { requireWithin } from "./require-numbers.ts";
import { escapeText, svg } from "./svg.ts";

const WIDTH = 420;
const HEIGHT = 300;
const FRAME = { left: 56, right: 408, top: 34, bottom: 256 };
/** Smaller distances are not told apart. */
export const DISTANCE_FLOOR = 1e-3;

/**
 * Total variation between draws and data against the chain length, on logarithmic axes: predicted as a line, measured as diamonds with their intervals.
 *
 * @param id - unique in the page.
 * @throws {RangeError} if chain lengths do not ascend, or a distance is not in [0, 1].
 */
export function totalVariationPlot(id: string, chains: readonly ChainFigures[]): string {
  const x = chainAxis("totalVariationPlot", chains, FRAME);
  chains.forEach(({ predictedTotalVariation, measuredTotalVariation }, i) => {
    requireWithin(
      "totalVariationPlot",
      `chains[${i}].predictedTotalVariation`,
      predictedTotalVariation,
      0,
      1,
    );
    if (!measuredTotalVariation) return;
    requireInterval("totalVariationPlot", `chains[${i}].measuredTotalVariation`, measuredTotalVariation);
    requireWithin(
      "totalVariationPlot",
      `chains[${i}].measuredTotalVariation.low`,
      measuredTotalVariation.low,
      0,
      1,
    );
    requireWithin(
      "totalVariationPlot",
      `chains[${i}].measuredTotalVariation.high`,
      measuredTotalVariation.high,
      0,
      1,
    );
  });
  const y = positiveAxis({
    values: chains.flatMap(({ predictedTotalVariation: predicted, measuredTotalVariation: measured }) =>
      measured ? [predicted, measured.value, measured.low] : [predicted],
    ),
    range: [FRAME.bottom, FRAME.top],
    floor: DISTANCE_FLOOR,
    include: 1,
  });
  const path = line<ChainFigures>()
    .x(({ chainLength }) => x.scale(chainLength))
    .y(({ predictedTotalVariation }) => y.scale(predictedTotalVariation))
    .digits(1)(chains);
  const predicted = chains.map(({ chainLength, predictedTotalVariation }) =>
    marker("circle", x.scale(chainLength), y.scale(predictedTotalVariation), {
      area: 40,
      inner: title(`K = ${chainLength}: predicted ${formatNumber(predictedTotalVariation)}`),
    }),
  );
  const measured = chains.map(({ chainLength, measuredTotalVariation: found }) =>
    found
      ? whisker(x.scale(chainLength), y.scale(found.low), y.scale(found.high)) +
        marker("diamond", x.scale(chainLength), y.scale(found.value), {
          area: 70,
          className: "hollow",
          inner: title(
            `K = ${chainLength}: measured ${formatNumber(found.value)} (${formatNumber(found.low)} to ${formatNumber(found.high)})`,
          ),
        })
      : "",
  );
  const ends = [chains[0], chains.at(-1)].map((chain) =>
    chain ? `${formatNumber(chain.predictedTotalVariation)} at K = ${chain.chainLength}` : "none",
  );
  return svg({
    id,
    title: "Total variation against chain length",
    description:
      chains.length === 0
        ? "No chain lengths."
        : `Predicted total variation goes from ${ends[0]} to ${ends[1]}.`,
    width: WIDTH,
    height: HEIGHT,
    body:
      yAxis(FRAME, { ticks: y.ticks, title: "total variation" }) +
      chosenLength(chains, x.scale, FRAME) +
      `<g class="draws"><path class="line" d="${path ?? ""}"/>${predicted.join("")}</g><g class="gan">${measured.join("")}</g>` +
      xAxis(FRAME, { ticks: x.ticks, title: "chain length K" }),
  });
}

const title = (text: string): string => `<title>${escapeText(text)}</title>`;

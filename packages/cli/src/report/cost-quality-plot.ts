import { xAxis, yAxis } from "./axes.ts";
import { formatNumber } from "./format-number.ts";
import { requireInterval } from "./interval.ts";
import { marker, whisker } from "./markers.ts";
import { type Box, placeLabels } from "./place-labels.ts";
import { positiveAxis } from "./positive-axis.ts";
import { requireWithin } from "./require-numbers.ts";
import { costQualityFront, type SamplerFigures } from "./sampler-figures.ts";
import { coordinate as at, escapeText, svg, svgText } from "./svg.ts";
import { DISTANCE_FLOOR } from "./total-variation-plot.ts";

/** For a page and for a phone: letters must not shrink with the picture, so there is less room for names. */
export type CostQualitySize = "wide" | "narrow";

const sizes = {
  wide: { width: 860, height: 430, longest: 36, character: { width: 6.6, height: 15 } },
  narrow: { width: 420, height: 430, longest: 22, character: { width: 7.2, height: 16 } },
} as const;

/**
 * Samplers by what a draw costs and how far it is from the data, on logarithmic axes. A stepped line joins those that no other beats.
 *
 * @param id - unique in the page.
 * @throws {RangeError} if a cost is below 1 or NaN, or a distance is not in [0, 1].
 */
export function costQualityPlot(
  id: string,
  samplers: readonly SamplerFigures[],
  size: CostQualitySize,
): string {
  const { width, height, longest, character } = sizes[size];
  const frame = { left: 60, right: width - 14, top: 36, bottom: height - 46 };
  const short = (name: string) => shortened(name, longest);
  samplers.forEach(({ cost, totalVariation, measuredTotalVariation }, i) => {
    requireWithin("costQualityPlot", `samplers[${i}].cost`, cost, 1, Infinity);
    requireWithin("costQualityPlot", `samplers[${i}].totalVariation`, totalVariation, 0, 1);
    if (measuredTotalVariation) {
      requireInterval("costQualityPlot", `samplers[${i}].measuredTotalVariation`, measuredTotalVariation);
      requireWithin(
        "costQualityPlot",
        `samplers[${i}].measuredTotalVariation.low`,
        measuredTotalVariation.low,
        0,
        1,
      );
    }
  });
  const finite = samplers.filter(({ cost }) => Number.isFinite(cost));
  const x = positiveAxis({
    values: finite.map(({ cost }) => cost),
    range: [frame.left + 10, frame.right - 30],
  });
  const y = positiveAxis({
    values: finite.flatMap(({ totalVariation, measuredTotalVariation: found }) =>
      found ? [totalVariation, found.low] : [totalVariation],
    ),
    range: [frame.bottom - 12, frame.top],
    floor: DISTANCE_FLOOR,
    include: 1,
  });
  const place = ({ cost, totalVariation }: SamplerFigures) => ({
    x: x.scale(cost),
    y: y.scale(totalVariation),
  });
  // The chosen one and the front are named first: where there is not room for all, they matter most.
  const front = costQualityFront(finite);
  const ranked = [...new Set([...finite.filter(({ chosen }) => chosen), ...front, ...finite])];
  const labels = placeLabels(
    ranked.map((sampler) => ({
      ...place(sampler),
      label: short(sampler.name),
      radius: sampler.chosen ? 10 : 6,
    })),
    { bounds: { ...frame, bottom: frame.bottom - 1 }, character, obstacles: stairs(front.map(place)) },
  );
  const steps = front.map((sampler, i) => {
    const point = place(sampler);
    return i === 0 ? `M${at(point.x)} ${at(point.y)}` : `H${at(point.x)}V${at(point.y)}`;
  });
  const marks = ranked.map((sampler) => {
    const { x: px, y: py } = place(sampler);
    const { name, cost, totalVariation, chosen, measuredTotalVariation: found } = sampler;
    const says =
      `${name}: ${formatNumber(cost)} proposals a draw, total variation ${formatNumber(totalVariation)}` +
      (found
        ? `, measured ${formatNumber(found.value)} (${formatNumber(found.low)} to ${formatNumber(found.high)})`
        : "");
    const inner = `<title>${escapeText(says)}</title>`;
    const isFront = front.includes(sampler);
    return (
      (found
        ? whisker(px, y.scale(found.low), y.scale(found.high)) +
          marker("diamond", px, y.scale(found.value), { area: 60, className: "hollow", inner })
        : "") +
      (chosen
        ? marker("star", px, py, { area: 190, inner })
        : marker("circle", px, py, {
            area: isFront ? 70 : 55,
            className: isFront ? "mark" : "hollow",
            inner,
          }))
    );
  });
  const names = ranked.map(({ name, chosen }, i) => {
    const label = labels[i];
    return label === undefined
      ? ""
      : svgText(label.x, label.y + 4, short(name), {
          anchor: label.anchor,
          className: chosen ? "name chosen" : "name",
        });
  });
  const beaten = finite.length - front.length;
  return svg({
    id,
    title: "Cost against quality of the samplers",
    description: `${finite.length} samplers; ${beaten} of them are beaten by another that is both cheaper and closer.`,
    width,
    height,
    className: "cost-quality",
    body:
      yAxis(frame, { ticks: y.ticks, title: "total variation from the data" }) +
      `<g class="draws"><path class="line front" d="${steps.join("")}"/>${marks.join("")}${names.join("")}</g>` +
      xAxis(frame, { ticks: x.ticks, title: "proposals for each draw" }),
  });
}

/** The end of a name tells samplers of one kind apart, so a long name is cut before it. */
function shortened(name: string, longest: number): string {
  const end = 8;
  return name.length > longest ? `${name.slice(0, longest - 1 - end)}…${name.slice(-end)}` : name;
}

/** The stepped line as boxes: right of each point, then down to the next. */
function stairs(points: readonly { readonly x: number; readonly y: number }[]): Box[] {
  return points.slice(1).flatMap((next, i) => {
    const point = points[i]!;
    return [
      { left: point.x, right: next.x, top: point.y - 1, bottom: point.y + 1 },
      { left: next.x - 1, right: next.x + 1, top: point.y, bottom: next.y },
    ];
  });
}

import type { Reliability } from "@mhgan/gan-core";
import { scaleLinear } from "d3-scale";
import { line } from "d3-shape";
import { coordinate, escapeText } from "./svg.ts";

/** The plot as an SVG file of its own, with its colours in it. */
export function calibrationFile(before: Reliability, after: Reliability): string {
  const style =
    "svg{background:#fff}text{font:11px sans-serif;fill:#5b6570}.grid{stroke:#d9dcdf;fill:none}" +
    ".diagonal{stroke:#5b6570;stroke-dasharray:4 4}.curve{fill:none;stroke-width:2}" +
    ".before .curve{stroke:#b4540a}.before circle{fill:#b4540a}.after .curve{stroke:#1f5fbf}.after circle{fill:#1f5fbf}";
  return calibrationPlot(before, after).replace(
    /^<svg ([^>]*)>/,
    `<svg xmlns="http://www.w3.org/2000/svg" width="${SIZE}" height="${SIZE}" $1><style>${style}</style>`,
  );
}

const SIZE = 340;
const MARGIN = { left: 46, right: 12, top: 12, bottom: 40 };

/** The calibration curve before and after as one SVG element: predicted probability against observed share of real. */
export function calibrationPlot(before: Reliability, after: Reliability): string {
  const x = scaleLinear([0, 1], [MARGIN.left, SIZE - MARGIN.right]);
  const y = scaleLinear([0, 1], [SIZE - MARGIN.bottom, MARGIN.top]);
  const at = (value: number) => coordinate(value);
  const ticks = x.ticks(5);
  const axes = ticks
    .map(
      (tick) =>
        `<path class="grid" d="M${at(x(tick))} ${at(y(0))}V${at(y(1))}M${at(x(0))} ${at(y(tick))}H${at(x(1))}"/>` +
        `<text x="${at(x(tick))}" y="${at(y(0) + 16)}" text-anchor="middle">${tick}</text>` +
        `<text x="${at(x(0) - 6)}" y="${at(y(tick) + 4)}" text-anchor="end">${tick}</text>`,
    )
    .join("");
  const curve = (className: string, { curve: { predicted, observed } }: Reliability) => {
    const points = predicted.map((p, i): [number, number] => [x(p), y(observed[i]!)]);
    const circles = points.map(([cx, cy]) => `<circle cx="${at(cx)}" cy="${at(cy)}" r="3.5"/>`).join("");
    return `<g class="${className}"><path class="curve" d="${line().digits(2)(points) ?? ""}"/>${circles}</g>`;
  };
  const label = `Calibration curve. Before: Z = ${before.z.toFixed(2)}. After: Z = ${after.z.toFixed(2)}.`;
  return (
    `<svg class="calibration" viewBox="0 0 ${SIZE} ${SIZE}" role="img" aria-label="${escapeText(label)}">${axes}` +
    `<path class="diagonal" d="M${at(x(0))} ${at(y(0))}L${at(x(1))} ${at(y(1))}"/>` +
    `${curve("before", before)}${curve("after", after)}` +
    `<text x="${at(x(0.5))}" y="${SIZE - 6}" text-anchor="middle">predicted probability of being real</text>` +
    `<text x="12" y="${at(y(0.5))}" text-anchor="middle" transform="rotate(-90 12 ${at(y(0.5))})">share that is real</text></svg>`
  );
}

import type { Reliability } from "@mhgan/gan-core";
import { CALIBRATION_HEIGHT, CALIBRATION_WIDTH, calibrationPanel } from "./calibration-plot.ts";
import { formatFixed } from "./format-number.ts";
import { escapeText, svgText } from "./svg.ts";

const GAP = 24;
const HEAD = 26;

/** The calibration curve before and after, side by side, as an SVG file of its own with its colours in it. */
export function calibrationFile(before: Reliability, after: Reliability): string {
  const width = 2 * CALIBRATION_WIDTH + GAP;
  const height = CALIBRATION_HEIGHT + HEAD;
  const label = `Calibration curves. Before: Z = ${formatFixed(before.z, 2)}. After: Z = ${formatFixed(after.z, 2)}.`;
  const panel = (x: number, name: string, reliability: Reliability, stage: "before" | "after") =>
    `<g transform="translate(${x} 0)">${svgText(4, 18, `${name}: Z = ${formatFixed(reliability.z, 2)}`, { className: "panel-title" })}` +
    `<g transform="translate(0 ${HEAD})">${calibrationPanel(reliability, stage)}</g></g>`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeText(label)}">` +
    `<title>${escapeText(label)}</title><style>${STYLE}</style><rect width="${width}" height="${height}" fill="#fff"/>` +
    `${panel(0, "before calibration", before, "before")}${panel(CALIBRATION_WIDTH + GAP, "after calibration", after, "after")}</svg>`
  );
}

const STYLE =
  "text{font:12px system-ui,sans-serif;fill:#57606a}.axis-title,.panel-title{fill:#1b1f24;font-weight:600}.panel-title{font-size:14px}" +
  ".grid{stroke:#e3e6e8;fill:none}.axis,.tick{stroke:#8b949e;fill:none}.diagonal{stroke:#57606a;stroke-dasharray:5 4}" +
  ".before{color:#b4540a}.after{color:#1f5fbf}.line,.whisker{fill:none;stroke:currentColor}.line{stroke-width:2}.whisker{stroke-width:1.2}" +
  ".band{fill:currentColor;fill-opacity:.15}.mark{fill:currentColor}.stem{stroke:currentColor;stroke-width:9;stroke-opacity:.55}";

import { areaY, dot, line as lineMark, link, ruleX, text } from "@observablehq/plot";
import { picture } from "../picture.ts";
import type { ExactLaw } from "./exact-laws.ts";
import type { Line } from "./line.ts";

const BINS_PER_UNIT = 10;
const POINTS_PER_UNIT = 50;
const RANGE = [-1, 4.25] as const;

const colours = { data: "#8b949e", generator: "#b4540a", draws: "#1f5fbf" } as const;

/** Densities of data and generator, and in each panel a sampler's exact law with a histogram of its draws as dots. */
export function densityPicture(
  line: Line,
  panels: readonly { readonly name: string; readonly law: ExactLaw; readonly points: Float64Array }[],
): string {
  const every = Math.round(1 / (line.width * POINTS_PER_UNIT));
  const densityOf = (mass: Float64Array): { readonly x: number; readonly density: number }[] =>
    Array.from({ length: Math.floor(mass.length / every) }, (_, i) => {
      const cell = i * every + Math.floor(every / 2);
      return { x: line.points[cell]!, density: mass[cell]! / line.width };
    }).filter(({ x }) => x >= RANGE[0] && x <= RANGE[1]);
  const inPanels = (mass: Float64Array) =>
    panels.flatMap(({ name }) => densityOf(mass).map((point) => ({ panel: name, ...point })));
  const laws = panels.flatMap(({ name, law }) =>
    densityOf(law.mass).map((point) => ({ panel: name, ...point })),
  );
  const dots = panels.flatMap(({ name, points }) => {
    const bins = new Float64Array(Math.round((RANGE[1] - RANGE[0]) * BINS_PER_UNIT));
    for (const x of points) {
      const bin = Math.floor((x - RANGE[0]) * BINS_PER_UNIT);
      if (bin >= 0 && bin < bins.length) bins[bin]! += BINS_PER_UNIT / points.length;
    }
    return Array.from(bins, (density, bin) => ({
      panel: name,
      x: RANGE[0] + (bin + 0.5) / BINS_PER_UNIT,
      density,
    }));
  });
  const legend = ["data", "generator", "draws: exact law, and histogram"].map((label, i) =>
    text([{ panel: panels[0]!.name, label }], {
      fy: "panel",
      text: "label",
      frameAnchor: "top-right",
      dx: -8,
      dy: 6 + 15 * i,
      fill: Object.values(colours)[i]!,
      fontWeight: "bold",
    }),
  );
  return picture({
    height: 560,
    marginLeft: 45,
    marginRight: 20,
    marginBottom: 40,
    fy: { axis: null, domain: panels.map(({ name }) => name), padding: 0.12 },
    x: { domain: [...RANGE], label: "x" },
    y: { label: "density", domain: [0, 0.72], grid: true, ticks: [0, 0.2, 0.4, 0.6] },
    marks: [
      areaY(inPanels(line.data), {
        fy: "panel",
        x: "x",
        y1: 0,
        y2: "density",
        fill: colours.data,
        fillOpacity: 0.3,
      }),
      lineMark(inPanels(line.generator), {
        fy: "panel",
        x: "x",
        y: "density",
        stroke: colours.generator,
        strokeDasharray: "5 3",
      }),
      lineMark(laws, { fy: "panel", x: "x", y: "density", stroke: colours.draws, strokeWidth: 1.8 }),
      dot(dots, { fy: "panel", x: "x", y: "density", fill: colours.draws, r: 2.5 }),
      text(
        panels.map(({ name }) => ({ panel: name })),
        {
          fy: "panel",
          text: "panel",
          frameAnchor: "top-left",
          dx: 8,
          dy: 6,
          fontSize: 14,
          fontWeight: "bold",
        },
      ),
      ...legend,
    ],
  });
}

/** Total variation from the data against the length of chains. */
export function chainLengthPicture(
  curves: readonly { readonly chainLength: number; readonly exact: number; readonly foretold: number }[],
  sampled: readonly { readonly chainLength: number; readonly sampled: number; readonly error: number }[],
  largestWeight: number,
): string {
  const labels = [
    ["exact", "#1b1f24"],
    ["foretold from 10,000 pilots", "#b4540a"],
    ["sampled, ± 2 standard errors", "#1f5fbf"],
    [`largest weight: ${Math.round(largestWeight).toLocaleString("en")} times the mean`, "#57606a"],
  ] as const;
  return picture({
    height: 360,
    marginLeft: 50,
    marginBottom: 40,
    grid: true,
    x: { type: "log", label: "K, proposals of a chain" },
    y: { label: "total variation from the data", domain: [0, 0.3] },
    marks: [
      ruleX([1]),
      lineMark(curves, { x: "chainLength", y: "exact", stroke: labels[0][1], strokeWidth: 1.8 }),
      lineMark(curves, { x: "chainLength", y: "foretold", stroke: labels[1][1], strokeDasharray: "5 3" }),
      link(sampled, {
        x1: "chainLength",
        x2: "chainLength",
        y1: ({ sampled, error }) => sampled - 2 * error,
        y2: ({ sampled, error }) => sampled + 2 * error,
        stroke: labels[2][1],
        strokeWidth: 2,
      }),
      dot(sampled, { x: "chainLength", y: "sampled", fill: labels[2][1], r: 3.5 }),
      ...labels.map(([label, colour], i) =>
        text([label], { frameAnchor: "top-right", dx: -10, dy: 10 + 17 * i, fill: colour, fontSize: 13 }),
      ),
    ],
  });
}

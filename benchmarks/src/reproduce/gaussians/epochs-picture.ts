import { areaY, dot, line, ruleY } from "@observablehq/plot";
import { picture } from "../picture.ts";
import { legend } from "./legend.ts";

/** A measure of one sampler after an epoch: the paper's, and ours over the seeds. */
export interface EpochPoint {
  readonly epoch: number;
  readonly name: string;
  readonly paper: number;
  readonly values: readonly number[];
}

const colours: Readonly<Record<string, string>> = { GAN: "#6e7781", DRS: "#bf8700", "MH-GAN": "#0969da" };

/** Curves over the epochs: ours as lines with all seeds in a band, the paper's as points. */
export function epochsPicture(options: {
  readonly title: string;
  readonly logarithmic: boolean;
  readonly points: readonly EpochPoint[];
  /** What perfect samples have. */
  readonly right?: number;
}): string {
  const { title, logarithmic, right } = options;
  const points = options.points.map((point) => ({
    ...point,
    mean: point.values.reduce((sum, value) => sum + value, 0) / point.values.length,
    least: Math.min(...point.values),
    most: Math.max(...point.values),
  }));
  return picture({
    height: 380,
    marginLeft: 60,
    marginTop: 44,
    marginBottom: 42,
    x: { label: "epoch of the paper, or the same share of our training" },
    y: {
      label: title,
      type: logarithmic ? "log" : "linear",
      grid: true,
      tickFormat: logarithmic ? "~r" : ".2f",
    },
    color: { domain: Object.keys(colours), range: Object.values(colours) },
    marks: [
      ...(right === undefined ? [] : [ruleY([right], { stroke: "#1f2328", strokeDasharray: "4,3" })]),
      areaY(points, { x: "epoch", y1: "least", y2: "most", fill: "name", fillOpacity: 0.15 }),
      line(points, { x: "epoch", y: "mean", stroke: "name", strokeWidth: 2 }),
      dot(points, { x: "epoch", y: "paper", stroke: "name", fill: "white", r: 4, strokeWidth: 1.5 }),
      ...legend([
        ...Object.entries(colours).map(([name, colour]) => ({ label: `━ ${name}`, colour })),
        { label: "○ the paper's", colour: "#1f2328" },
        ...(right === undefined ? [] : [{ label: "┄ the data", colour: "#1f2328" }]),
      ]),
    ],
  });
}

import { imageGrid } from "@mhgan/cli";
import { areaY, dot, line, lineY, link, ruleY, text } from "@observablehq/plot";
import { picture } from "../picture.ts";
import type { CalibrationStage } from "./calibration-table.ts";

const SIDE = 28;

/** Images in rows, the first of each set. */
export function imagesPicture(rows: readonly Float32Array[], columns: number): Uint8Array {
  return imageGrid({ rows, columns, height: SIDE, width: SIDE, gaps: "transparent" });
}

const colours = { before: "#b4540a", after: "#1f5fbf" } as const;

/** Predicted probability against the share of real images, before and after calibration. */
export function calibrationPicture(stages: readonly CalibrationStage[]): string {
  const points = stages.flatMap(({ critic, stage, curve }) =>
    Array.from(curve.predicted, (predicted, i) => ({
      critic,
      stage,
      predicted,
      observed: curve.observed[i]!,
      count: curve.counts[i]!,
    })),
  );
  const figures = stages.map(({ critic, stage, cells }, i) => {
    const [brier, ece] = cells as readonly (readonly number[])[];
    const label = `${stage}: Brier ${brier![0]!.toFixed(3)}, ECE ${ece![0]!.toFixed(3)}`;
    return { critic, stage, label, x: 0.03, y: 0.96 - 0.07 * (i % 2) };
  });
  return picture({
    width: 760,
    height: 400,
    marginLeft: 50,
    marginBottom: 45,
    grid: true,
    fx: { label: null },
    x: { domain: [0, 1], label: "probability of being real that is claimed" },
    y: { domain: [0, 1], label: "share of real images" },
    color: { domain: Object.keys(colours), range: Object.values(colours) },
    r: { range: [0, 9] },
    marks: [
      link([0], { x1: 0, y1: 0, x2: 1, y2: 1, stroke: "#8b949e", strokeDasharray: "5 4" }),
      line(points, { fx: "critic", x: "predicted", y: "observed", stroke: "stage", strokeWidth: 1.5 }),
      dot(points, {
        fx: "critic",
        x: "predicted",
        y: "observed",
        fill: "stage",
        r: "count",
        fillOpacity: 0.7,
      }),
      text(figures, { fx: "critic", x: "x", y: "y", text: "label", fill: "stage", textAnchor: "start" }),
    ],
  });
}

const BINS = 60;
const RANGE = [-0.25, 1.75] as const;

/** How raw scores of the discriminator are distributed in some sets of images. */
export function scoresPicture(sets: Readonly<Record<string, Float64Array>>): string {
  const width = (RANGE[1] - RANGE[0]) / BINS;
  const points = Object.entries(sets).flatMap(([set, scores]) => {
    const counts = new Float64Array(BINS);
    for (const score of scores) {
      const bin = Math.floor((score - RANGE[0]) / width);
      counts[Math.min(BINS - 1, Math.max(0, bin))]! += 1;
    }
    return Array.from(counts, (count, bin) => ({
      set,
      score: RANGE[0] + (bin + 0.5) * width,
      density: count / scores.length / width,
    }));
  });
  return picture({
    width: 760,
    height: 340,
    marginBottom: 45,
    x: { label: "score of the GAN's discriminator" },
    y: { label: "density", grid: true },
    color: { domain: Object.keys(sets), range: ["#57606a", "#b4540a", "#1f5fbf"] },
    marks: [
      areaY(points, { x: "score", y1: 0, y2: "density", fill: "set", fillOpacity: 0.12, curve: "step" }),
      lineY(points, { x: "score", y: "density", stroke: "set", curve: "step", strokeWidth: 1.5 }),
      ruleY([0]),
      ...Object.keys(sets).map((set, i) =>
        text([set], { frameAnchor: "top-right", dy: 18 * i + 8, dx: -12, fill: [set], fontSize: 13 }),
      ),
    ],
  });
}

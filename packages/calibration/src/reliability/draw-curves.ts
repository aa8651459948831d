import { randomInteger } from "../numerics/random-source.ts";
import type { BandCells } from "./band-cells.ts";
import type { Rows } from "./rows.ts";

/** Adds the rows of one replicate to the cells: their weight, and that of the positives among them. */
export type DrawReplicate = (
  rows: Rows,
  cellOf: Uint32Array,
  weights: Float64Array,
  positives: Float64Array,
  random: () => number,
) => void;

/** The bootstrap: as many rows as there are, with replacement. */
export const drawRows: DrawReplicate = (rows, cellOf, weights, positives, random) => {
  for (let i = 0; i < cellOf.length; i++) {
    const row = randomInteger(random, cellOf.length);
    const cell = cellOf[row]!;
    weights[cell]! += rows.weights[row]!;
    positives[cell]! += rows.weights[row]! * rows.labels[row]!;
  }
};

/** Consistency resampling: the rows as they are, labels as their probabilities say. */
export const drawLabels: DrawReplicate = (rows, cellOf, weights, positives, random) => {
  for (let row = 0; row < cellOf.length; row++) {
    const cell = cellOf[row]!;
    weights[cell]! += rows.weights[row]!;
    if (random() < rows.probabilities[row]!) positives[cell]! += rows.weights[row]!;
  }
};

/** Per point of the curve its values in the replicates, ascending, less those that are NaN. O(replicates · n). */
export function drawCurves(
  rows: Rows,
  { cellOf, count, at, evaluate }: BandCells,
  draw: DrawReplicate,
  replicates: number,
  random: () => number,
): Float64Array[] {
  const weights = new Float64Array(count);
  const positives = new Float64Array(count);
  const values = new Float64Array(at.length);
  const curves = Array.from(at, () => new Float64Array(replicates));
  for (let replicate = 0; replicate < replicates; replicate++) {
    weights.fill(0);
    positives.fill(0);
    draw(rows, cellOf, weights, positives, random);
    evaluate(weights, positives, values);
    for (let k = 0; k < curves.length; k++) curves[k]![replicate] = values[k]!;
  }
  // A typed array sorts NaN to its end.
  return curves.map((curve) => curve.sort().filter((value) => !Number.isNaN(value)));
}

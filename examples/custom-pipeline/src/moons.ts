import { type Rows, splitRows, type TakenRows, twoMoons } from "@mhgan/datasets";

/** Points in the plane, row-major. */
export type Points = Rows<Float64Array>;

/** Stands for a table of yours. Its law is known, so that the example can be checked; nothing else makes use of that. */
export const moons = twoMoons({ noise: 0.1 });

/**
 * Rows for three purposes, none in two of them: to train generator and classifier, to calibrate the classifier's scores, and to judge what was
 * drawn.
 */
export function splitMoons(
  random: () => number,
): Record<"train" | "calibrate" | "judge", TakenRows<Float64Array>> {
  const table = { data: moons.sample(6500, random), shape: [6500, 2] };
  return splitRows(table, { train: 2000, calibrate: 2500, judge: 2000 }, random);
}

import { fitLogisticRegression } from "./logistic-regression.ts";
import type { Points } from "./moons.ts";

/** Scores of rows: the larger, the more like real ones. */
export type Score = (points: Points) => Float64Array;

/** Logistic regression on Gaussian bumps at some of the real rows. A classifier of yours stands here, in whatever language. */
export function bumpClassifier(
  real: Points,
  fake: Points,
  options: { readonly bumps: number; readonly width: number; readonly penalty: number },
): Score {
  const centres = real.data.subarray(0, 2 * options.bumps);
  const features = (x: number, y: number): Float64Array => {
    const values = new Float64Array(options.bumps + 1).fill(1);
    for (let j = 0; j < options.bumps; j++) {
      const squared = (centres[2 * j]! - x) ** 2 + (centres[2 * j + 1]! - y) ** 2;
      values[j] = Math.exp(-squared / (2 * options.width ** 2));
    }
    return values;
  };
  const featuresOf = ({ data }: Points): Float64Array[] =>
    Array.from({ length: data.length / 2 }, (_, row) => features(data[2 * row]!, data[2 * row + 1]!));
  const rows = [...featuresOf(real), ...featuresOf(fake)];
  const isReal = rows.map((_, i) => i < real.shape[0]!);
  const coefficients = fitLogisticRegression(rows, isReal, options.penalty);
  return (points) =>
    Float64Array.from(featuresOf(points), (row) =>
      row.reduce((sum, value, j) => sum + value * coefficients[j]!, 0),
    );
}

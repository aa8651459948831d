import { oneDimensionalPair } from "@mhgan/datasets";

/** The line in narrow cells, with what data and generator have in each: integrals are sums over the middles of cells. */
export interface Line {
  readonly points: Float64Array;
  readonly width: number;
  /** Mass of the data in each cell. */
  readonly data: Float64Array;
  /** Mass of the generator in each cell. */
  readonly generator: Float64Array;
  /** p/q in the middle of each cell. */
  readonly weights: Float64Array;
  /** Cells from the lightest to the heaviest. */
  readonly order: Uint32Array;
}

/** Beyond this lie less than 1e-14 of the data and of the generator. */
const [FIRST, LAST] = [-2.5, 5.5];

/** Between the modes; edges of cells, so that sums over modes are as exact as others. */
const EDGES = [0.5, 1.5, 2.5];

/** The paper's example in so many cells for a unit of length: an even number. */
export function lineOf(cellsPerUnit: number): Line {
  const { data, generator } = oneDimensionalPair();
  const width = 1 / cellsPerUnit;
  const points = Float64Array.from(
    { length: (LAST - FIRST) * cellsPerUnit },
    (_, i) => FIRST + (i + 0.5) * width,
  );
  const logData = data.logDensity(points);
  const logGenerator = generator.logDensity(points);
  const weights = logData.map((value, i) => Math.exp(value - logGenerator[i]!));
  return {
    points,
    width,
    data: logData.map((value) => Math.exp(value) * width),
    generator: logGenerator.map((value) => Math.exp(value) * width),
    weights,
    order: Uint32Array.from(points, (_, i) => i).sort((a, b) => weights[a]! - weights[b]!),
  };
}

/** The same line with other weights, of which none changes places with another, scaled to mean 1. */
export function reweighted(line: Line, change: (weight: number) => number): Line {
  const weights = line.weights.map(change);
  const mean = weights.reduce((sum, weight, i) => sum + weight * line.generator[i]!, 0);
  return { ...line, weights: weights.map((weight) => weight / mean) };
}

/** The cell that a point lies in. */
export function cellOf({ points, width }: Line, x: number): number {
  return Math.min(points.length - 1, Math.max(0, Math.floor((x - FIRST) / width)));
}

/** The mode that is nearest to a point: 0 to 3. */
export function modeOf(x: number): number {
  return EDGES.filter((edge) => x > edge).length;
}

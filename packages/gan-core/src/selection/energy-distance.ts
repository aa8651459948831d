import type { Rows } from "../batch-rows.ts";
import { rowSize } from "../batch-rows.ts";

/** How far weighted samples are from others, and how much each sample has to do with it. */
export interface EnergyDistance {
  /** 2 E|X − Y| − E|X − X′| − E|Y − Y′|: 0 in the mean if the laws are the same, so it may come out below. */
  readonly distance: number;
  /** First-order influence of each real and each generated sample: the variance of the distance is the sum of their variances over n. */
  readonly realInfluence: Float64Array;
  readonly fakeInfluence: Float64Array;
}

/**
 * Energy distances between real rows and generated ones under several sets of weights, without bias but for that of the weights' own
 * normalisation.
 *
 * Columns are scaled by the standard deviation of the real rows; constant ones are left out.
 *
 * @param weights - for each set, one weight a generated row, not all 0.
 * @returns A distance for each set. O((n + m)² (columns + sets)).
 * @see Székely and Rizzo, "Energy statistics: a class of statistics based on distances", Journal of Statistical Planning and Inference 143
 * (2013), equation 2.1.
 */
export function energyDistances(
  real: Rows,
  fake: Rows,
  weights: readonly ArrayLike<number>[],
): EnergyDistance[] {
  const [x, y] = scaledPoints(real, fake);
  const shares = weights.map(normalised);
  const [n, m] = [x.length, y.length];

  const realMeans = new Float64Array(n);
  let realMean = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const distance = euclidean(x[i]!, x[j]!);
      realMeans[i]! += distance / (n - 1);
      realMeans[j]! += distance / (n - 1);
    }
  }
  for (const mean of realMeans) realMean += mean / n;

  /** Of each real row to the weighted generated ones; of each generated row to the real ones, and to the other weighted ones. */
  const realToFake = shares.map(() => new Float64Array(n));
  const fakeToReal = new Float64Array(m);
  const fakeToFake = shares.map(() => new Float64Array(m));
  for (let j = 0; j < m; j++) {
    for (let i = 0; i < n; i++) {
      const distance = euclidean(x[i]!, y[j]!);
      fakeToReal[j]! += distance / n;
      for (let k = 0; k < shares.length; k++) realToFake[k]![i]! += shares[k]![j]! * distance;
    }
    for (let l = 0; l < j; l++) {
      const distance = euclidean(y[j]!, y[l]!);
      for (let k = 0; k < shares.length; k++) {
        const share = shares[k]!;
        fakeToFake[k]![j]! += share[l]! * distance;
        fakeToFake[k]![l]! += share[j]! * distance;
      }
    }
  }

  return shares.map((share, k) => {
    const others = fakeToFake[k]!;
    let between = 0;
    let within = 0;
    let same = 0;
    for (let j = 0; j < m; j++) {
      between += share[j]! * fakeToReal[j]!;
      within += share[j]! * others[j]!;
      same += share[j]! * share[j]!;
    }
    within = same < 1 ? within / (1 - same) : 0;
    return {
      distance: 2 * between - realMean - within,
      realInfluence: realToFake[k]!.map((mean, i) => 2 * (mean - between) - 2 * (realMeans[i]! - realMean)),
      fakeInfluence: share.map((own, j) => {
        const toOthers = own < 1 ? others[j]! / (1 - own) : 0;
        return 2 * m * own * (fakeToReal[j]! - between - (toOthers - within));
      }),
    };
  });
}

/** Standard error of the difference of two distances on the same samples. */
export function standardErrorOfDifference(a: EnergyDistance, b: EnergyDistance): number {
  const squaredError = (first: Float64Array, second: Float64Array): number => {
    const differences = first.map((value, i) => value - second[i]!);
    const mean = differences.reduce((sum, value) => sum + value, 0) / differences.length;
    return differences.reduce((sum, value) => sum + (value - mean) ** 2, 0) / differences.length ** 2;
  };
  return Math.sqrt(
    squaredError(a.realInfluence, b.realInfluence) + squaredError(a.fakeInfluence, b.fakeInfluence),
  );
}

function scaledPoints(real: Rows, fake: Rows): [Float64Array[], Float64Array[]] {
  const size = rowSize(real.shape);
  const [count] = real.shape;
  const scales = Float64Array.from({ length: size }, (_, column) => {
    let mean = 0;
    for (let i = column; i < real.data.length; i += size) mean += real.data[i]! / count;
    let square = 0;
    for (let i = column; i < real.data.length; i += size) square += (real.data[i]! - mean) ** 2 / count;
    return square > (1e-6 * mean) ** 2 ? 1 / Math.sqrt(square) : 0;
  });
  const points = ({ data, shape }: Rows) =>
    Array.from({ length: shape[0] }, (_, row) =>
      Float64Array.from(scales, (scale, column) => scale * data[row * size + column]!),
    );
  return [points(real), points(fake)];
}

function normalised(weights: ArrayLike<number>): Float64Array {
  const shares = Float64Array.from(weights);
  const sum = shares.reduce((total, weight) => total + weight, 0);
  return shares.map((weight) => weight / sum);
}

function euclidean(a: Float64Array, b: Float64Array): number {
  let square = 0;
  for (let k = 0; k < a.length; k++) square += (a[k]! - b[k]!) ** 2;
  return Math.sqrt(square);
}

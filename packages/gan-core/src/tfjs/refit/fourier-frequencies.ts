import { normal, type RandomStream } from "@mhgan/mcmc";

/** Rows of a low dimension, each column standardised. */
export interface Points {
  readonly data: Float32Array;
  readonly dimensions: number;
}

/** Points whose neighbours are counted, points that they are counted among, and the share of these that is a neighbourhood. */
const PROBES = 200;
const AMONG = 5000;
const NEIGHBOURS = 0.01;

/**
 * The size of the finest structure in points: the median distance within which a point has one in a hundred of the others. A cluster that
 * holds a few per cent of the data is then no smaller than this. O(10⁶ · dimensions).
 */
export function structureScale({ data, dimensions }: Points): number {
  const among = Math.min(AMONG, data.length / dimensions);
  const probes = Math.min(PROBES, among);
  const rank = Math.min(among - 1, Math.max(1, Math.round(NEIGHBOURS * among)));
  const radii = new Float64Array(probes);
  const squares = new Float64Array(among);
  for (let probe = 0; probe < probes; probe++) {
    for (let other = 0; other < among; other++) {
      let square = 0;
      for (let k = 0; k < dimensions; k++) {
        square += (data[probe * dimensions + k]! - data[other * dimensions + k]!) ** 2;
      }
      squares[other] = square;
    }
    // Place 0 is the probe itself.
    radii[probe] = Math.sqrt(squares.sort()[rank]!);
  }
  return radii.sort()[Math.floor(probes / 2)]!;
}

/**
 * Random frequency vectors, a column each: directions uniform on the sphere, lengths spread evenly in their logarithm between
 * one radian per standard deviation and one radian per `scale`.
 *
 * @returns Numbers of a matrix of shape [dimensions, count], row after row.
 */
export function fourierFrequencies(
  dimensions: number,
  count: number,
  scale: number,
  random: RandomStream,
): Float32Array {
  const frequencies = new Float32Array(dimensions * count);
  // Points that are equal have no scale: single precision has none beyond this.
  const span = Math.max(0, -Math.log(Math.max(scale, 1e-3)));
  for (let column = 0; column < count; column++) {
    const direction = Float64Array.from({ length: dimensions }, () => normal(random));
    const length = Math.exp((span * (column + random())) / count);
    const norm = Math.hypot(...direction);
    for (let k = 0; k < dimensions; k++) frequencies[k * count + column] = (length * direction[k]!) / norm;
  }
  return frequencies;
}

import { scaleLinear } from "d3-scale";

/** Bins of equal width that several samples share. */
export interface HistogramBins {
  /** Ascending, one more than there are bins. */
  readonly edges: readonly number[];
  /** The bin of a value, or −1 if it lies outside of all. The last bin holds its right edge too. */
  readonly binOf: (value: number) => number;
}

const FEWEST = 12;
const MOST = 48;
/** Of the values, how many at either end may be left outside if they would stretch the axis. */
const TAIL = 0.001;

/**
 * Chooses bins for pooled samples: by Freedman and Diaconis's rule, between 12 and 48 of them, with round edges. Far tails of a thousandth at
 * either end are left outside where they would squeeze the rest. Infinities are passed over. O(n log n).
 */
export function histogramBins(samples: readonly ArrayLike<number>[]): HistogramBins {
  const sorted = Float64Array.from(
    samples.flatMap((values) => Array.from(values)).filter(Number.isFinite),
  ).sort();
  const [least, most] = range(sorted);
  const width = (2 * (at(sorted, 0.75) - at(sorted, 0.25))) / Math.cbrt(Math.max(1, sorted.length));
  const wanted = width > 0 ? Math.ceil((most - least) / width) : MOST;
  const scale = scaleLinear([least, most], [0, 1]);
  const ticks = scale.ticks(Math.min(MOST, Math.max(FEWEST, wanted)));
  const step = ticks.length > 1 ? ticks[1]! - ticks[0]! : most - least;
  const first = Math.floor(least / step + 1e-9);
  const last = Math.max(first + 1, Math.ceil(most / step - 1e-9));
  // Multiples of the step, not sums, so that edges such as 0 are exact.
  const perUnit = Math.round(1 / step);
  const isInverse = perUnit > 1 && Math.abs(perUnit * step - 1) < 1e-9;
  const edges = Array.from({ length: last - first + 1 }, (_, i) =>
    isInverse ? (first + i) / perUnit : (first + i) * step,
  );
  const end = edges.at(-1)!;
  return {
    edges,
    binOf: (value) => {
      // A value that rounding put before the first edge is not lost.
      if (!(value >= edges[0]! - 1e-6 * step && value <= end + 1e-6 * step)) return -1;
      let bin = Math.min(edges.length - 2, Math.max(0, Math.floor(value / step) - first));
      // The quotient may be rounded across an edge.
      while (bin > 0 && value < edges[bin]!) bin--;
      while (bin < edges.length - 2 && value >= edges[bin + 1]!) bin++;
      return bin;
    },
  };
}

function range(sorted: Float64Array): [number, number] {
  if (sorted.length === 0) return [0, 1];
  const ends: [number, number] = [sorted[0]!, sorted.at(-1)!];
  const core: [number, number] = [at(sorted, TAIL), at(sorted, 1 - TAIL)];
  const slack = (core[1] - core[0]) / 4;
  const least = ends[0] < core[0] - slack ? core[0] : ends[0];
  const most = ends[1] > core[1] + slack ? core[1] : ends[1];
  // A width that the numbers can tell apart, also where all are one.
  const half = Math.max(Math.abs(least), Math.abs(most), 1) * 1e-6;
  if (most - least > half) return [least, most];
  const room = Math.max(0.5, Math.abs(least) / 10);
  return [least - room, most + room];
}

const at = (sorted: Float64Array, share: number): number =>
  sorted.length === 0 ? 0 : sorted[Math.round(share * (sorted.length - 1))]!;

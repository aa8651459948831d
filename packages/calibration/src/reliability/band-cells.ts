import type { ReliabilityCurve } from "./reliability-curve.ts";
import { pointPooler, tiedPoints } from "./tied-points.ts";

/** What a replicate of a reliability curve is made from: the weight of the rows, and of the positives, in each of some cells. */
export interface BandCells {
  /** Length n: which cell each row is in. */
  readonly cellOf: Uint32Array;
  /** How many cells there are. */
  readonly count: number;
  /** The predictions at which the curve is looked at, ascending. */
  readonly at: Float64Array;
  /** Writes the curve at each of `at`; NaN where the replicate knows nothing. */
  evaluate(weights: Float64Array, positives: Float64Array, values: Float64Array): void;
}

/** Cells that are bins; the curve is looked at where its bins' mean predictions are. */
export function binCells({ edges, bins, predicted }: ReliabilityCurve, binOf: Uint32Array): BandCells {
  return {
    cellOf: binOf,
    count: edges.length - 1,
    at: predicted,
    evaluate(weights, positives, values) {
      for (let k = 0; k < bins.length; k++) values[k] = positives[bins[k]!]! / weights[bins[k]!]!;
    },
  };
}

/**
 * Cells that are rows of equal prediction, sorted once; every replicate is pooled anew and looked at where the blocks of the
 * curve begin and end. As in an isotonic calibrator, values between two blocks lie on a line, values outside are those of the ends.
 */
export function isotonicCells(
  probabilities: Float64Array,
  { edges }: ReliabilityCurve,
  binOf: Uint32Array,
): BandCells {
  const { points, pointOf } = tiedPoints(probabilities);
  const at = blockEnds(probabilities, binOf, edges.length - 1);
  const pool = pointPooler(points);
  return {
    cellOf: pointOf,
    count: points.length,
    at,
    evaluate(weights, positives, values) {
      const { firsts, lasts, means } = pool(weights, positives);
      let block = 0;
      for (let k = 0; k < at.length; k++) {
        const p = at[k]!;
        while (block < means.length - 1 && lasts[block]! < p) block++;
        const first = firsts[block]!;
        if (p >= first || block === 0) {
          values[k] = means[block]!;
        } else {
          const last = lasts[block - 1]!;
          const below = means[block - 1]!;
          values[k] = below + (means[block]! - below) * ((p - last) / (first - last));
        }
      }
    },
  };
}

/** The smallest and the largest probability of each bin, each once, ascending. */
function blockEnds(probabilities: Float64Array, binOf: Uint32Array, bins: number): Float64Array {
  const firsts = new Float64Array(bins).fill(Infinity);
  const lasts = new Float64Array(bins).fill(-Infinity);
  for (let i = 0; i < binOf.length; i++) {
    const bin = binOf[i]!;
    firsts[bin] = Math.min(firsts[bin]!, probabilities[i]!);
    lasts[bin] = Math.max(lasts[bin]!, probabilities[i]!);
  }
  const ends: number[] = [];
  for (let bin = 0; bin < bins; bin++) {
    ends.push(firsts[bin]!);
    if (lasts[bin]! > firsts[bin]!) ends.push(lasts[bin]!);
  }
  return Float64Array.from(ends);
}

import { ascendingOrder } from "../numerics/ascending-order.ts";
import { quantile } from "./quantile.ts";
import type { Rows } from "./rows.ts";
import { probabilityBlocks } from "./tied-points.ts";

/**
 * How probabilities are cut into bins.
 * - `"uniform"`: equal width;
 * - `"quantile"`: edges at the quantiles, interpolated as numpy does;
 * - `"equal-mass"`: as many rows in each, edges halfway between neighbours, as in Kumar et al. (2019);
 * - `"isotonic"`: the blocks of the isotonic fit of labels to probabilities, as in the CORP diagram; no number to choose.
 */
export type BinStrategy = "uniform" | "quantile" | "equal-mass" | "isotonic";

/** Which edge of a bin belongs to it; the outermost edges always do. */
export type ClosedSide = "right" | "left";

/** The edges of all bins, ascending; one more than there are bins. */
export function binEdges(strategy: BinStrategy, bins: number, closed: ClosedSide, rows: Rows): Float64Array {
  switch (strategy) {
    case "uniform":
      return uniformEdges(bins);
    case "quantile":
      return quantileEdges(rows.probabilities, bins);
    case "equal-mass":
      return equalMassEdges(rows.probabilities, bins);
    case "isotonic":
      return isotonicEdges(rows, closed);
  }
}

/** Multiples of the width, as numpy has them: the fourth of ten is 0.30000000000000004. */
function uniformEdges(bins: number): Float64Array {
  return Float64Array.from({ length: bins + 1 }, (_, i) => (i === bins ? 1 : i * (1 / bins)));
}

function quantileEdges(probabilities: Float64Array, bins: number): Float64Array {
  const { sorted } = ascendingOrder(probabilities);
  // Through percent and back, as numpy's percentile goes: the last bit may differ.
  return uniformEdges(bins).map((level) => quantile(sorted, (level * 100) / 100));
}

/** Edges that coincide are one: rows of equal probability are never told apart. */
function equalMassEdges(probabilities: Float64Array, bins: number): Float64Array {
  const { sorted } = ascendingOrder(probabilities);
  const n = sorted.length;
  const parts = Math.min(bins, n);
  const upper: number[] = [];
  for (let part = 1; part <= parts; part++) {
    // The first n mod parts of them hold one row more.
    const end = part * Math.floor(n / parts) + Math.min(part, n % parts);
    const edge = part === parts ? 1 : (sorted[end - 1]! + sorted[end]!) / 2;
    if (edge !== upper.at(-1)) upper.push(edge);
  }
  return Float64Array.from([0, ...upper]);
}

/** Inner edges at the end of a block that its bin holds. */
function isotonicEdges(rows: Rows, closed: ClosedSide): Float64Array {
  const { firsts, lasts } = probabilityBlocks(rows);
  const inner = closed === "right" ? lasts.subarray(0, -1) : firsts.subarray(1);
  const edges = new Float64Array(inner.length + 2);
  edges.set(inner, 1);
  edges[edges.length - 1] = 1;
  return edges;
}

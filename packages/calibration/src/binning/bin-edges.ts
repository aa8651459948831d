import { checkChoice, describe } from "../checks.ts";
import { ascendingOrder } from "../numerics/ascending-order.ts";
import { binOf } from "./bin-of.ts";

/** Refuses a number of bins that is none. */
export function checkBins(caller: string, bins: unknown): void {
  if (!(Number.isInteger(bins) && (bins as number) >= 1)) {
    throw new RangeError(`${caller}: bins must be an integer of at least 1, got ${describe(bins)}`);
  }
}

/** Refuses a strategy that there is not. */
export function checkStrategy(caller: string, strategy: unknown): void {
  checkChoice(caller, "strategy", strategy, ["uniform", "quantile", "equal-mass"]);
}

/** Edges at equal distances between two ends, which are left out. Multiples of the width in [0, 1], as numpy has them. */
export function uniformEdges(lowest: number, highest: number, bins: number): Float64Array {
  const edges = innerLevels(bins).map((level) => lowest + (highest - lowest) * level);
  return withinRange(edges, lowest, highest);
}

/**
 * Edges at the linearly interpolated quantiles (type 7) of the rows, where a weight of 2 counts as the row given twice.
 *
 * @see Hyndman and Fan (1996), "Sample quantiles in statistical packages", definition 7.
 */
export function quantileEdges(scores: Float64Array, weights: Float64Array, bins: number): Float64Array {
  const { sorted, order } = ascendingOrder(scores);
  const reached = new Float64Array(sorted.length);
  let total = 0;
  for (let i = 0; i < reached.length; i++) {
    total += weights[order[i]!]!;
    reached[i] = total;
  }
  // The row that holds the middle of a repetition; of weights that are no counts the last one may be cut off before it.
  const rowAt = (position: number): number =>
    sorted[Math.min(binOf(position + 0.5, reached), sorted.length - 1)]!;
  const edges = innerLevels(bins).map((level) => {
    // Through percent and back, and in numpy's order of operations: a quantile that falls on a score must equal it.
    const position = Math.max(total - 1, 0) * ((level * 100) / 100);
    const index = Math.floor(position);
    const share = position - index;
    const below = rowAt(index);
    const above = rowAt(index + 1);
    return share < 0.5 ? below + (above - below) * share : above - (above - below) * (1 - share);
  });
  return withinRange(edges, rowAt(0), rowAt(total));
}

/**
 * Edges that cut the rows into bins of equal weight. Rows of equal score are never told apart: a cut that falls among them goes
 * behind them, and cuts that coincide are one. So no bin is without rows, and an edge lies halfway between two scores.
 *
 * @param scores - finite, of rows whose weight is positive.
 */
export function equalMassEdges(scores: Float64Array, weights: Float64Array, bins: number): Float64Array {
  const { sorted, order } = ascendingOrder(scores);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const edges: number[] = [];
  let reached = 0;
  let cut = 1;
  for (let i = 0; i < sorted.length - 1; i++) {
    reached += weights[order[i]!]!;
    const below = sorted[i]!;
    const above = sorted[i + 1]!;
    // Quotients of equal value round to the same number, which a product with cut / bins would not.
    if (below === above || reached / cut < total / bins) continue;
    // Halved before they are added, since the sum may overflow. Between neighbours among float64 nothing is halfway.
    const middle = below / 2 + above / 2;
    edges.push(middle < above ? middle : below);
    while (reached / cut >= total / bins) cut++;
  }
  return Float64Array.from(edges);
}

/** The multiples of 1 / bins between 0 and 1. */
function innerLevels(bins: number): Float64Array {
  return Float64Array.from({ length: bins - 1 }, (_, i) => (i + 1) * (1 / bins));
}

/** Edges that coincide are one, and none lies so far out that it would cut off an end without a score. */
function withinRange(edges: Float64Array, lowest: number, highest: number): Float64Array {
  const kept: number[] = [];
  for (const edge of edges) {
    if (edge >= lowest && edge < highest && !(edge <= kept.at(-1)!)) kept.push(edge);
  }
  return Float64Array.from(kept);
}

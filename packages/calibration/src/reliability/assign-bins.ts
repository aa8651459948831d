import type { BinStrategy, ClosedSide } from "./bin-edges.ts";

/**
 * The bin of each row: the number of inner edges below its probability, or not above it where bins are closed on the left.
 *
 * For uniform bins a product is right up to rounding and the edges have the last word, O(1) per row; else O(log bins).
 */
export function assignBins(
  probabilities: Float64Array,
  edges: Float64Array,
  strategy: BinStrategy,
  closed: ClosedSide,
): Uint32Array {
  const result = new Uint32Array(probabilities.length);
  const bins = edges.length - 1;
  const left = closed === "left";
  for (let i = 0; i < result.length; i++) {
    const p = probabilities[i]!;
    let low = 0;
    if (strategy === "uniform") {
      low = Math.min(bins - 1, Math.floor(p * bins));
      while (low > 0 && !(left ? edges[low]! <= p : edges[low]! < p)) low--;
      while (low < bins - 1 && (left ? edges[low + 1]! <= p : edges[low + 1]! < p)) low++;
    } else {
      let high = bins - 1;
      while (low < high) {
        const middle = (low + high + 1) >>> 1;
        if (left ? edges[middle]! <= p : edges[middle]! < p) low = middle;
        else high = middle - 1;
      }
    }
    result[i] = low;
  }
  return result;
}

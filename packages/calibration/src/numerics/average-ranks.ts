import { ascendingOrder } from "./ascending-order.ts";

/** Ranks from 1 to n; equal values share the mean of their ranks. O(n). */
export function averageRanks(values: Float64Array): Float64Array {
  const { sorted, order } = ascendingOrder(values);
  const ranks = new Float64Array(values.length);
  for (let start = 0, end = 0; start < sorted.length; start = end) {
    while (end < sorted.length && sorted[end] === sorted[start]) end++;
    for (let i = start; i < end; i++) ranks[order[i]!] = (start + 1 + end) / 2;
  }
  return ranks;
}

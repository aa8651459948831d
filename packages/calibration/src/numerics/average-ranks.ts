import { sortTogether } from "./sort-together.ts";

/** Ranks from 1 to n; equal values share the mean of their ranks. O(n). */
export function averageRanks(values: Float64Array): Float64Array {
  const { keys, companions: rows } = sortTogether(
    values,
    values.map((_, row) => row),
  );
  const ranks = new Float64Array(values.length);
  for (let start = 0, end = 0; start < keys.length; start = end) {
    while (end < keys.length && keys[end] === keys[start]) end++;
    for (let i = start; i < end; i++) ranks[rows[i]!] = (start + 1 + end) / 2;
  }
  return ranks;
}

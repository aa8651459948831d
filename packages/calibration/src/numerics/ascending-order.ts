import { sortTogether } from "./sort-together.ts";

/** Values in ascending order, and where each came from. */
export interface AscendingOrder {
  /** Length n, ascending. A negative zero has become a plain zero. */
  readonly sorted: Float64Array;
  /** Length n: `sorted[i]` is `values[order[i]]`. Equal values keep their order. */
  readonly order: Uint32Array;
}

/** Sorts finite values together with their indices, in O(n). */
export function ascendingOrder(values: Float64Array): AscendingOrder {
  const { keys, companions } = sortTogether(
    values,
    values.map((_, row) => row),
  );
  return { sorted: keys, order: new Uint32Array(companions) };
}

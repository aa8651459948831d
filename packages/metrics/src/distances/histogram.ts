import { requireLength } from "../requirements.ts";

/**
 * Counts numbers between cuts that divide the whole line, so that every number is in some bin.
 *
 * Bin 0 is below the first cut, bin i from cut i − 1 (included) to cut i, the last bin from the last cut on. The exact
 * masses to compare with, in `totalVariation` for example, are thus differences of a distribution function.
 *
 * @param values - any numbers but NaN; ±Infinity falls in an end bin.
 * @param cuts - strictly increasing.
 * @param options - `weights`: one number from 0 for each value, added in place of 1.
 * @returns cuts + 1 counts, or sums of weights. O(values · log cuts).
 * @throws {RangeError} if a value is NaN, the cuts do not increase, or the weights do not fit.
 * @example
 * ```ts
 * import { histogram } from "@mhgan/metrics";
 * histogram([-3, 0, 0.5, 1, 9], [0, 1]); // => [1, 2, 2]
 * ```
 */
export function histogram(
  values: ArrayLike<number>,
  cuts: ArrayLike<number>,
  options: { readonly weights?: ArrayLike<number> } = {},
): Float64Array {
  const { weights } = options;
  for (let i = 0; i < cuts.length; i++) {
    if (!(cuts[i]! > (i > 0 ? cuts[i - 1]! : Number.NEGATIVE_INFINITY))) {
      throw new RangeError(`histogram: cuts must increase strictly, got ${String(cuts[i])} at ${i}`);
    }
  }
  if (weights) requireLength("histogram", "weights", weights, values.length);
  const counts = new Float64Array(cuts.length + 1);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) throw new RangeError(`histogram: values[${i}] must be a number, got NaN`);
    const weight = weights ? weights[i]! : 1;
    if (!(weight >= 0)) {
      throw new RangeError(`histogram: weights[${i}] must not be negative, got ${String(weight)}`);
    }
    counts[cutsUpTo(value, cuts)]! += weight;
  }
  return counts;
}

/** How many cuts are at or below the value, by bisection. */
function cutsUpTo(value: number, cuts: ArrayLike<number>): number {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (cuts[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

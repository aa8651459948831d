/** Values in ascending order, and where each came from. */
export interface AscendingOrder {
  /** Length n, ascending. A negative zero has become a plain zero. */
  readonly sorted: Float64Array;
  /** Length n: `sorted[i]` is `values[order[i]]`. Equal values keep their order. */
  readonly order: Uint32Array;
}

const LOW: number = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 0 : 1;
const HIGH: number = 1 - LOW;

/**
 * Sorts finite float64 values together with their indices, in O(n).
 *
 * A radix sort on the 32 high bits of every value (sign, exponent and 20 bits of mantissa) leaves few pairs out
 * of place; insertion finishes them. Should the values crowd so that insertion gets long, the low bits are sorted too.
 * A comparator sort of indices takes several times as long.
 */
export function ascendingOrder(values: Float64Array): AscendingOrder {
  const nearly = radixSort(values, [HIGH]);
  return finishByInsertion(nearly) ? nearly : radixSort(values, [LOW, HIGH]);
}

/** Least significant digit first, over the 32-bit words named; stable. */
function radixSort(values: Float64Array, words: readonly number[]): AscendingOrder {
  const n = values.length;
  const bits = n < 1 << 14 ? 11 : 16;
  const digits = 1 << bits;
  let sorted = new Float64Array(n);
  let order = new Uint32Array(n);
  for (let i = 0; i < n; i++) {
    sorted[i] = values[i]! + 0;
    order[i] = i;
  }
  let sortedNext = new Float64Array(n);
  let orderNext = new Uint32Array(n);
  const ends = new Uint32Array(digits);
  for (const word of words) {
    for (let shift = 0; shift < 32; shift += bits) {
      // The bits of a float64 order like an unsigned integer once negatives are inverted and the sign of the others is set.
      const halves = new Uint32Array(sorted.buffer);
      const sign = word === HIGH ? 0x80000000 : 0;
      ends.fill(0);
      for (let i = 0; i < n; i++) {
        const negative = halves[2 * i + HIGH]! >> 31;
        ends[((halves[2 * i + word]! ^ (negative | sign)) >>> shift) & (digits - 1)]!++;
      }
      for (let digit = 0, start = 0; digit < digits; digit++) {
        const count = ends[digit]!;
        ends[digit] = start;
        start += count;
      }
      for (let i = 0; i < n; i++) {
        const negative = halves[2 * i + HIGH]! >> 31;
        const to = ends[((halves[2 * i + word]! ^ (negative | sign)) >>> shift) & (digits - 1)]!++;
        sortedNext[to] = sorted[i]!;
        orderNext[to] = order[i]!;
      }
      [sorted, sortedNext] = [sortedNext, sorted];
      [order, orderNext] = [orderNext, order];
    }
  }
  return { sorted, order };
}

/** Stable insertion sort in place; gives up, returning false, after 4n moves. */
function finishByInsertion({ sorted, order }: AscendingOrder): boolean {
  let movesLeft = 4 * sorted.length;
  for (let i = 1; i < sorted.length; i++) {
    const value = sorted[i]!;
    if (value >= sorted[i - 1]!) continue;
    const index = order[i]!;
    let to = i;
    do {
      sorted[to] = sorted[to - 1]!;
      order[to] = order[to - 1]!;
      to--;
      if (--movesLeft < 0) return false;
    } while (to > 0 && sorted[to - 1]! > value);
    sorted[to] = value;
    order[to] = index;
  }
  return true;
}

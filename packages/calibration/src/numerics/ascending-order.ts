/** Values in ascending order, and where each came from. */
export interface AscendingOrder {
  /** Length n, ascending. A negative zero has become a plain zero. */
  readonly sorted: Float64Array;
  /** Length n: `sorted[i]` is `values[order[i]]`. Equal values keep their order. */
  readonly order: Uint32Array;
}

// Which half of a float64 is the high one: the second where the first byte of a 1 is a 1.
const HIGH: number = new Uint8Array(new Uint32Array([1]).buffer)[0]!;
const LOW: number = 1 - HIGH;

// Three digits make a word, and the counts of one digit fit the fastest cache.
const DIGIT_BITS = 11;
const DIGIT_VALUES = 2048;
const DIGITS_PER_WORD = 3;

/**
 * Sorts finite float64 values together with their indices, in O(n).
 *
 * A radix sort on the 32 high bits of every value (sign, exponent and 20 bits of mantissa) leaves few pairs out
 * of place; insertion finishes them. Should the values crowd so that insertion gets long, the low bits are sorted too.
 * A comparator sort of indices takes several times as long.
 */
export function ascendingOrder(values: Float64Array): AscendingOrder {
  const nearly = radixSort(values, DIGITS_PER_WORD);
  return finishByInsertion(nearly) ? nearly : radixSort(values, 0);
}

/** Sorts by the digits from `firstDigit` on, least significant first; stable. */
function radixSort(values: Float64Array, firstDigit: number): AscendingOrder {
  const n = values.length;
  let sorted = new Float64Array(n);
  let order = new Uint32Array(n);
  for (let i = 0; i < n; i++) {
    sorted[i] = values[i]! + 0;
    order[i] = i;
  }
  let sortedNext = new Float64Array(n);
  let orderNext = new Uint32Array(n);
  const ends = new Uint32Array(DIGIT_VALUES);
  for (let digit = firstDigit; digit < 2 * DIGITS_PER_WORD; digit++) {
    const word = digit < DIGITS_PER_WORD ? LOW : HIGH;
    const shift = (digit % DIGITS_PER_WORD) * DIGIT_BITS;
    const sign = word === HIGH ? 0x80000000 : 0;
    const words = new Uint32Array(sorted.buffer);
    // The bits of a float64 order like an unsigned integer once negatives are inverted and the sign of the others is set.
    ends.fill(0);
    for (let i = 0; i < n; i++) {
      const flip = (words[2 * i + HIGH]! >> 31) | sign;
      ends[((words[2 * i + word]! ^ flip) >>> shift) & (DIGIT_VALUES - 1)]!++;
    }
    for (let value = 0, start = 0; value < DIGIT_VALUES; value++) {
      const count = ends[value]!;
      ends[value] = start;
      start += count;
    }
    for (let i = 0; i < n; i++) {
      const flip = (words[2 * i + HIGH]! >> 31) | sign;
      const to = ends[((words[2 * i + word]! ^ flip) >>> shift) & (DIGIT_VALUES - 1)]!++;
      sortedNext[to] = sorted[i]!;
      orderNext[to] = order[i]!;
    }
    [sorted, sortedNext] = [sortedNext, sorted];
    [order, orderNext] = [orderNext, order];
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

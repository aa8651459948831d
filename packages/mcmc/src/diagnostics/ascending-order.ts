/** Values in ascending order, and where each came from. */
export interface AscendingOrder {
  /** Length n, ascending. A negative zero has become a plain zero. */
  readonly sorted: Float64Array;
  /** Length n: `sorted[i]` is `values[order[i]]`. Equal values keep their order. */
  readonly order: Uint32Array;
}

/** Where the 32 high bits of a float64 are. */
const HIGH: number = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 1 : 0;
const BITS = 11;
const DIGITS: number = 1 << BITS;

/**
 * Sorts float64 values, infinities included but not NaN, together with their indices, in O(n).
 *
 * A radix sort on the 32 high bits (sign, exponent and 20 bits of mantissa) leaves few pairs out of place; insertion
 * finishes them. Should the values crowd so that insertion gets long, all 64 bits are sorted.
 * A comparator sort of indices takes several times as long.
 */
export function ascendingOrder(values: Float64Array): AscendingOrder {
  const plain = new Float64Array(values.length);
  const unsorted = new Uint32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    plain[i] = values[i]! + 0;
    unsorted[i] = i;
  }
  const order = orderByKeys(highKeys(plain), unsorted);
  const sorted = gather(plain, order);
  if (finishByInsertion(sorted, order)) return { sorted, order };
  const exact = orderByKeys(highKeys(plain), orderByKeys(lowKeys(plain), unsorted));
  return { sorted: gather(plain, exact), order: exact };
}

function gather(values: Float64Array, order: Uint32Array): Float64Array {
  const gathered = new Float64Array(order.length);
  for (let i = 0; i < order.length; i++) gathered[i] = values[order[i]!]!;
  return gathered;
}

/** The bits of a float64 order like an unsigned integer once negatives are inverted and the sign of the others is set. */
function highKeys(values: Float64Array): Uint32Array {
  const words = new Uint32Array(values.buffer);
  const keys = new Uint32Array(values.length);
  for (let i = 0; i < keys.length; i++) {
    const word = words[2 * i + HIGH]!;
    keys[i] = word ^ ((word >> 31) | 0x80000000);
  }
  return keys;
}

function lowKeys(values: Float64Array): Uint32Array {
  const words = new Uint32Array(values.buffer);
  const keys = new Uint32Array(values.length);
  for (let i = 0; i < keys.length; i++) keys[i] = words[2 * i + 1 - HIGH]! ^ (words[2 * i + HIGH]! >> 31);
  return keys;
}

/** Rearranges indices so that their keys ascend; least significant digit first, stable. */
function orderByKeys(keys: Uint32Array, indices: Uint32Array): Uint32Array {
  let from = indices;
  let to = new Uint32Array(indices.length);
  let spare = new Uint32Array(indices.length);
  const ends = new Uint32Array(DIGITS);
  for (let shift = 0; shift < 32; shift += BITS) {
    ends.fill(0);
    for (let i = 0; i < keys.length; i++) ends[(keys[i]! >>> shift) & (DIGITS - 1)]!++;
    for (let digit = 0, start = 0; digit < DIGITS; digit++) {
      const count = ends[digit]!;
      ends[digit] = start;
      start += count;
    }
    for (let i = 0; i < from.length; i++) {
      const index = from[i]!;
      to[ends[(keys[index]! >>> shift) & (DIGITS - 1)]!++] = index;
    }
    from = to;
    [to, spare] = [spare, to];
  }
  return from;
}

/** Stable insertion sort in place; gives up, returning false, after 4n moves. */
function finishByInsertion(sorted: Float64Array, order: Uint32Array): boolean {
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

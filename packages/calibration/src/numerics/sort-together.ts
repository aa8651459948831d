/** Two digits of this many bits place a key in the range of all keys; six hold all bits of a float64. */
const DIGIT_BITS = 11;
const DIGIT_VALUES = 2048;

/** Keys, and what belongs to each of them. */
export interface Pairs {
  readonly keys: Float64Array;
  readonly companions: Float64Array;
}

/**
 * Sorts finite keys in ascending order, each with its companion, stably and in O(n). A negative zero becomes a plain one.
 *
 * A radix sort by where keys lie in their range, in four million equal steps, leaves few pairs out of place; insertion
 * finishes them. Should keys crowd so that insertion gets long, all their bits are sorted by. A comparator sort takes
 * several times as long.
 */
export function sortTogether(keys: Float64Array, companions: Float64Array): Pairs {
  let sorted: Pairs = { keys, companions };
  let lowest = Infinity;
  let highest = -Infinity;
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!;
    if (key < lowest) lowest = key;
    if (key > highest) highest = key;
  }
  // A range so large that it overflows, or so small that its inverse does, puts all keys in one place.
  const scale = (DIGIT_VALUES * DIGIT_VALUES - 1) / (highest - lowest);
  for (const shift of [0, DIGIT_BITS]) {
    sorted = spread(sorted, positionDigits(sorted.keys, lowest, scale, shift));
  }
  if (finishByInsertion(sorted)) return sorted;
  for (let digit = 0; digit < 6; digit++) sorted = spread(sorted, bitDigits(sorted.keys, digit));
  return sorted;
}

/** Sorts by one digit, from 0 to 2047, of each key; stable. */
function spread({ keys, companions }: Pairs, digits: Uint16Array): Pairs {
  const ends = new Uint32Array(DIGIT_VALUES);
  for (let i = 0; i < digits.length; i++) ends[digits[i]!]!++;
  for (let digit = 0, start = 0; digit < DIGIT_VALUES; digit++) {
    const count = ends[digit]!;
    ends[digit] = start;
    start += count;
  }
  const sorted = { keys: new Float64Array(keys.length), companions: new Float64Array(keys.length) };
  for (let i = 0; i < keys.length; i++) {
    const to = ends[digits[i]!]!++;
    sorted.keys[to] = keys[i]! + 0;
    sorted.companions[to] = companions[i]!;
  }
  return sorted;
}

/** The low or the high digit of where a key lies between the lowest and the highest. */
function positionDigits(keys: Float64Array, lowest: number, scale: number, shift: number): Uint16Array {
  const digits = new Uint16Array(keys.length);
  for (let i = 0; i < keys.length; i++) {
    digits[i] = (((keys[i]! - lowest) * scale) >> shift) & (DIGIT_VALUES - 1);
  }
  return digits;
}

// Which half of a float64 is the high one: the second where the first byte of a 1 is a 1.
const HIGH: number = new Uint8Array(new Uint32Array([1]).buffer)[0]!;

/** One of six digits of the bits of each key, the lowest first. */
function bitDigits(keys: Float64Array, digit: number): Uint16Array {
  const words = new Uint32Array(keys.buffer);
  const isHigh = digit < 3 ? 0 : 1;
  const word = isHigh ^ HIGH ^ 1;
  const shift = (digit % 3) * DIGIT_BITS;
  const digits = new Uint16Array(keys.length);
  for (let i = 0; i < keys.length; i++) {
    // The bits of a float64 order like an unsigned integer once negatives are inverted and the sign of the others is set.
    const flip = (words[2 * i + HIGH]! >> 31) | (isHigh << 31);
    digits[i] = ((words[2 * i + word]! ^ flip) >>> shift) & (DIGIT_VALUES - 1);
  }
  return digits;
}

/** Stable insertion sort in place; gives up after some 4n moves, when it returns false and no pair is lost. */
function finishByInsertion({ keys, companions }: Pairs): boolean {
  let movesLeft = 4 * keys.length;
  for (let i = 1; i < keys.length; i++) {
    const key = keys[i]!;
    if (key >= keys[i - 1]!) continue;
    if (movesLeft < 0) return false;
    const companion = companions[i]!;
    let to = i;
    do {
      keys[to] = keys[to - 1]!;
      companions[to] = companions[to - 1]!;
      to--;
    } while (to > 0 && keys[to - 1]! > key);
    keys[to] = key;
    companions[to] = companion;
    movesLeft -= i - to;
  }
  return true;
}

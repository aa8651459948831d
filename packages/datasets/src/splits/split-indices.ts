import { requireCount, requireRandom } from "../requirements.ts";

/**
 * Deals the row indices 0 … count − 1 at random to named parts: every row to exactly one part.
 *
 * @param count - how many rows there are, below 2³².
 * @param parts - the size of each part: whole numbers that sum to `count`, or fractions that sum to 1 (up to 10⁻⁹). Fractions
 * are cut at the rounded running sums, so a part is within one row of its share.
 * @param random - uniform on [0, 1); called `count − 1` times, at most, by a Fisher-Yates shuffle. With 53-bit values the
 * chances of two rows at any step differ by less than `count · 2⁻⁵³` of themselves.
 * @returns for each name its rows, in random order. O(count).
 * @throws {RangeError} if `count` is not such a number, or the sizes are negative or sum to something else.
 * @see Knuth, The art of computer programming 2, section 3.4.2, algorithm P.
 * @example
 * ```ts
 * import { splitIndices } from "@mhgan/datasets";
 * import { randomStream } from "@mhgan/mcmc";
 * const { train, calibration } = splitIndices(10, { train: 0.8, calibration: 0.2 }, randomStream(1));
 * calibration.length; // => 2
 * [...train, ...calibration].sort(); // => [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
 * ```
 */
export function splitIndices<Name extends string>(
  count: number,
  parts: Readonly<Record<Name, number>>,
  random: () => number,
): Record<Name, Uint32Array> {
  requireCount("splitIndices", "count", count);
  if (count >= 2 ** 32) throw new RangeError(`splitIndices: count must be below 2^32, got ${count}`);
  requireRandom("splitIndices", random);
  const ends = endOfEach(count, Object.entries(parts) as [Name, number][]);
  const rows = shuffled(count, random);
  let begin = 0;
  const split = ends.map(([name, end]) => {
    const part = [name, rows.slice(begin, end)];
    begin = end;
    return part;
  });
  return Object.fromEntries(split) as Record<Name, Uint32Array>;
}

function endOfEach<Name>(count: number, parts: readonly [Name, number][]): [Name, number][] {
  let sum = 0;
  const runningSums = parts.map(([name, size]): [Name, number] => {
    if (!(size >= 0)) {
      throw new RangeError(`splitIndices: parts.${String(name)} must not be negative, got ${String(size)}`);
    }
    sum += size;
    return [name, sum];
  });
  if (sum === count && parts.every(([, size]) => Number.isInteger(size))) return runningSums;
  if (Math.abs(sum - 1) <= 1e-9)
    return runningSums.map(([name, end]) => [name, Math.round((end / sum) * count)]);
  throw new RangeError(
    `splitIndices: parts must be whole numbers that sum to ${count}, or fractions that sum to 1, got the sum ${sum}`,
  );
}

function shuffled(count: number, random: () => number): Uint32Array {
  const rows = Uint32Array.from({ length: count }, (_, row) => row);
  for (let last = count - 1; last > 0; last--) {
    const chosen = Math.floor(random() * (last + 1));
    const row = rows[chosen]!;
    rows[chosen] = rows[last]!;
    rows[last] = row;
  }
  return rows;
}

import { twoSidedQuantile, twoSidedTail } from "../numerics/student-t.ts";
import { requireLength, requireProperShare, requireRows } from "../requirements.ts";

/** How sure the interval is to be. */
export interface PairedTTestOptions {
  /** How often the interval is to hold the true difference, in (0, 1). Default: 0.95. */
  readonly level?: number;
}

/** What two columns of numbers in pairs say about the difference of their means. */
export interface PairedTTest {
  /** The mean of a − b. */
  readonly difference: number;
  /** The standard error of that mean. */
  readonly standardError: number;
  /** The difference in standard errors. */
  readonly t: number;
  /** One less than there are pairs. */
  readonly degreesOfFreedom: number;
  /** How often a difference at least this large, of either sign, comes by chance where there is none: two-sided. */
  readonly pValue: number;
  /** The lower end of the interval of the difference. */
  readonly lower: number;
  /** Its upper end. */
  readonly upper: number;
}

/**
 * Student's t-test of pairs: is the mean of a − b zero, and between which bounds is it?
 *
 * Exact for independent pairs whose differences are normal, and near it for many pairs of any law. It is blind to what
 * all pairs share: two samples of one trained model tell nothing about the next training.
 *
 * @param a - at least two finite numbers.
 * @param b - as many; b[i] belongs to a[i].
 * @param options - the level of the interval.
 * @returns the test and the interval. O(pairs).
 * @throws {RangeError} if there are fewer than two pairs, lengths differ, a number is not finite, the level is not in (0, 1), or
 * all differences are equal, which leaves nothing to judge them by.
 * @see Student (1908), The probable error of a mean.
 * @example
 * ```ts
 * import { pairedTTest } from "@mhgan/metrics";
 * const test = pairedTTest([3.1, 3.4, 3.3, 3.6], [2.9, 3.0, 3.2, 3.1]);
 * test.difference; // ≈ 0.3
 * test.t; // ≈ 3.286
 * test.pValue; // ≈ 0.0462
 * [test.lower, test.upper]; // ≈ [0.0095, 0.5905]
 * ```
 */
export function pairedTTest(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  options: PairedTTestOptions = {},
): PairedTTest {
  const { level = 0.95 } = options;
  requireProperShare("pairedTTest", "level", level);
  requireRows("pairedTTest", "a", a, 1, 2);
  requireLength("pairedTTest", "b", b, a.length);
  requireRows("pairedTTest", "b", b, 1, 2);
  const pairs = a.length;
  const differences = Float64Array.from(a, (x, i) => x - b[i]!);
  const first = differences[0]!;
  if (differences.every((difference) => difference === first)) {
    throw new RangeError(`pairedTTest: a - b must vary, got ${first} in all ${pairs} pairs`);
  }

  const difference = differences.reduce((sum, x) => sum + x, 0) / pairs;
  const squares = differences.reduce((sum, x) => sum + (x - difference) ** 2, 0);
  const degreesOfFreedom = pairs - 1;
  const standardError = Math.sqrt(squares / degreesOfFreedom / pairs);
  const t = difference / standardError;
  const margin = twoSidedQuantile(level, degreesOfFreedom) * standardError;
  return {
    difference,
    standardError,
    t,
    degreesOfFreedom,
    pValue: twoSidedTail(t, degreesOfFreedom),
    lower: difference - margin,
    upper: difference + margin,
  };
}

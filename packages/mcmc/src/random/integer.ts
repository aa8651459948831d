import { requirePositiveCount } from "../requirements.ts";

const TWO_53 = 2 ** 53;

/**
 * Draws one of the integers 0 to `below` − 1, each with exactly the same probability.
 *
 * Takes one value from `random`; with a probability below `below` / 2^53 it takes another, where the integers would not
 * share the 2^53 values evenly.
 *
 * @param random - uniform on the multiples of 2^-53 in [0, 1), as every stream of this package is.
 * @param below - a safe integer from 1.
 * @throws {RangeError} if `below` is anything else.
 * @see Lemire, "Fast random integer generation in an interval", ACM TOMACS 29 (2019), section 3, for the rejection.
 * @example
 * ```ts
 * import { integer, randomStream } from "@mhgan/mcmc";
 * const random = randomStream(1);
 * const rolls = Array.from({ length: 100 }, () => 1 + integer(random, 6));
 * Math.min(...rolls); // => 1
 * Math.max(...rolls); // => 6
 * ```
 */
export function integer(random: () => number, below: number): number {
  requirePositiveCount("integer", "below", below);
  const shared = TWO_53 - (TWO_53 % below);
  for (;;) {
    const value = random() * TWO_53;
    if (value < shared) return value % below;
  }
}

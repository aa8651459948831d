import { integer } from "./integer.ts";

/**
 * The items in a random order, each order with the same probability. The given array stays as it is.
 *
 * @param random - uniform on [0, 1).
 * @param items - any number of them.
 * @returns A new array. O(n); takes n − 1 values from `random`, and very rarely more.
 * @see Fisher and Yates (1938); Durstenfeld, "Algorithm 235: random permutation", CACM 7 (1964).
 * @example
 * ```ts
 * import { randomStream, shuffle } from "@mhgan/mcmc";
 * shuffle(randomStream(2), ["a", "b", "c"]).sort(); // => ["a", "b", "c"]
 * ```
 */
export function shuffle<Item>(random: () => number, items: ArrayLike<Item>): Item[] {
  const shuffled = Array.from(items);
  for (let last = shuffled.length - 1; last > 0; last--) {
    const other = integer(random, last + 1);
    [shuffled[last], shuffled[other]] = [shuffled[other]!, shuffled[last]!];
  }
  return shuffled;
}

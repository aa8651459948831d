/**
 * A uniform number in (0, 1]: never 0, so that its logarithm is finite.
 *
 * Takes one value from `random`.
 *
 * @param random - uniform on [0, 1).
 * @example
 * ```ts
 * import { positiveUniform } from "@mhgan/mcmc";
 * positiveUniform(() => 0); // => 1
 * ```
 */
export function positiveUniform(random: () => number): number {
  return 1 - random();
}

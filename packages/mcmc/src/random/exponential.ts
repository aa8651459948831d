/**
 * Draws from the exponential distribution with mean 1 by inverting its distribution function.
 *
 * Takes one value from `random`.
 *
 * @param random - uniform on [0, 1).
 * @returns a number from 0 to 36.8, where 53-bit uniforms end.
 * @example
 * ```ts
 * import { exponential } from "@mhgan/mcmc";
 * exponential(() => 0.5); // ≈ 0.693147
 * ```
 */
export function exponential(random: () => number): number {
  return -Math.log1p(-random());
}

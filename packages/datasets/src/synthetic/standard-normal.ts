/**
 * Draws one number from N(0, 1), exactly up to rounding, by the polar form of two uniforms.
 *
 * Takes two values from `random` for each call and keeps no state, so that a seed decides every draw.
 *
 * @see Box and Muller (1958), A note on the generation of random normal deviates.
 * @internal
 */
export function standardNormal(random: () => number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random())); // 1 - u is in (0, 1]
  return radius * Math.cos(2 * Math.PI * random());
}

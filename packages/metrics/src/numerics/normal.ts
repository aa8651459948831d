import { normalQuantile } from "./normal-quantile.ts";

/** Half a step of a 53-bit uniform: moves [0, 1) onto the middle of its steps, away from 0. */
const HALF_STEP = 2 ** -54;

/** Draws from the standard normal distribution by inverting its distribution function; never 0 or infinite. */
export function normal(random: () => number): number {
  const u = random();
  // Reflected above one half, where u + HALF_STEP would round and could reach 1.
  return u < 0.5 ? normalQuantile(u + HALF_STEP) : -normalQuantile(1 - u - HALF_STEP);
}

import type { Position } from "./posterior.ts";

/**
 * The largest log weight on a fine grid, and a hundredth more for what lies between its points. The grid covers whatever matters: outside of it the
 * tails of Student's t outweigh those of the posterior. A sampler that meets a weight above its bound says so, so that a wrong bound cannot pass.
 */
export function logWeightBound(logWeight: (at: Position) => number): number {
  let bound = Number.NEGATIVE_INFINITY;
  for (let mean = -100; mean <= 120; mean += 0.25) {
    for (let logSpread = -12; logSpread <= 8; logSpread += 0.05) {
      bound = Math.max(bound, logWeight([mean, logSpread]));
    }
  }
  return bound + 0.01;
}

import type { Schedule } from "./schedule.ts";

/**
 * A schedule that falls from 1 to `floor` along half a cosine.
 *
 * @param floor - what is left of the rate in the end, in [0, 1]. Default 0.02.
 * @see Loshchilov and Hutter, "SGDR: stochastic gradient descent with warm restarts", ICLR 2017, equation 5.
 */
export function cosineDecay(floor = 0.02): Schedule {
  return (step, totalSteps) => floor + 0.5 * (1 - floor) * (1 + Math.cos((Math.PI * step) / totalSteps));
}

import type { Schedule } from "./schedule.ts";

/**
 * A schedule that grows linearly to 1 over the first steps and then stays: step i has the factor (i + 1) / `warmupSteps`.
 *
 * Adam's first steps rest on few gradients; short ones do less harm. `rectifiedAdam` needs none.
 *
 * @param warmupSteps - an integer from 1.
 * @throws {RangeError} if it is not.
 * @see Goyal et al., "Accurate, large minibatch SGD", 2017, section 2.2.
 */
export function warmupThenConstant(warmupSteps: number): Schedule {
  if (!(Number.isInteger(warmupSteps) && warmupSteps >= 1)) {
    throw new RangeError(`warmupThenConstant: warmupSteps must be an integer from 1, got ${warmupSteps}`);
  }
  return (step) => Math.min(1, (step + 1) / warmupSteps);
}

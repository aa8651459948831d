import type { Schedule } from "./schedule.ts";

/**
 * A schedule that falls from 1 to `floor` along a straight line.
 *
 * @param floor - in [0, 1]. Default 0.
 * @throws {RangeError} if the floor is out of range.
 */
export function linearDecay(floor = 0): Schedule {
  if (!(floor >= 0 && floor <= 1)) throw new RangeError(`linearDecay: floor must be in [0, 1], got ${floor}`);
  return (step, totalSteps) => 1 - (1 - floor) * (step / totalSteps);
}

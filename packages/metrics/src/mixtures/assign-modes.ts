import { requirePositive, requirePositiveCount, requireRows } from "../requirements.ts";
import { squaredDistance } from "./squared-distance.ts";

/** Where the modes are and how far they reach. */
export interface AssignModesOptions {
  /** The centres, row-major: `dimensions` numbers for each. */
  readonly modes: ArrayLike<number>;
  /** The numbers in a point and in a centre. */
  readonly dimensions: number;
  /** The largest Euclidean distance at which a point still belongs to a mode. Default: Infinity. */
  readonly radius?: number;
}

/**
 * Finds for each point the nearest mode within reach.
 *
 * @param points - row-major, finite.
 * @returns for each point the index of the nearest centre (of several as near, the first), or −1 if even that one is
 * farther away than `radius`. O(points · modes · dimensions).
 * @throws {RangeError} if lengths do not fit `dimensions`, a number is not finite, there is no mode, or the radius is not
 * positive.
 * @example
 * ```ts
 * import { assignModes } from "@mhgan/metrics";
 * const modes = [0, 0, 1, 0];
 * assignModes([0.9, 0.1, 0.2, 0, 5, 5], { modes, dimensions: 2, radius: 0.5 }); // => [1, 0, -1]
 * ```
 */
export function assignModes(points: ArrayLike<number>, options: AssignModesOptions): Int32Array {
  const { modes, dimensions, radius = Infinity } = options;
  requirePositiveCount("assignModes", "dimensions", dimensions);
  requirePositive("assignModes", "radius", radius);
  const count = requireRows("assignModes", "points", points, dimensions, 0);
  const modeCount = requireRows("assignModes", "modes", modes, dimensions, 1);

  const assigned = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    let nearest = 0;
    let least = Infinity;
    for (let k = 0; k < modeCount; k++) {
      const square = squaredDistance(points, i, modes, k, dimensions);
      if (square < least) {
        nearest = k;
        least = square;
      }
    }
    assigned[i] = least <= radius * radius ? nearest : -1;
  }
  return assigned;
}

import { describe } from "../../checks.ts";
import type { Tails } from "./tails.ts";

/** Options of {@link clippedTails}. */
export interface ClippedTailsOptions {
  /** How far probabilities stay from 0 and 1, in (0, 0.5). Default 1/(2n), n the number of rows or the sum of their weights. */
  readonly margin?: number | undefined;
}

/**
 * Moves fitted values of 0 and 1 inwards, to [margin, 1 − margin]; all others stay as they are.
 *
 * Odds become finite, but their bound is then set by the number of rows, about 2n by default, however little the rows at
 * the end say about it. `pooledTails` keeps it as low as the data warrant. O(blocks).
 *
 * @throws {RangeError} if `margin` is not in (0, 0.5).
 * @example
 * ```ts
 * import { clippedTails, fitIsotonic } from "@mhgan/calibration";
 * const calibrator = fitIsotonic([1, 2, 3, 4], [0, 0, 1, 1], { tails: clippedTails() });
 * calibrator.predict([1, 4]); // => [0.125, 0.875]
 * ```
 */
export function clippedTails(options: ClippedTailsOptions = {}): Tails {
  const { margin } = options;
  if (margin !== undefined && !(typeof margin === "number" && margin > 0 && margin < 0.5)) {
    throw new RangeError(`clippedTails: margin must be a number in (0, 0.5), got ${describe(margin)}`);
  }
  return ({ firsts, lasts, means, weights }) => {
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    // Weights that add up to less than a row say nothing that a margin could be made of: then all is clipped to one half.
    const low = margin ?? Math.min(0.5, Math.max(Number.EPSILON / 2, 1 / (2 * total)));
    return { firsts, lasts, values: means.map((mean) => Math.min(1 - low, Math.max(low, mean))) };
  };
}

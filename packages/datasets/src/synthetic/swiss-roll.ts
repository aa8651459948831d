import type { Distribution } from "./distribution.ts";
import { noisyCurve } from "./noisy-curve.ts";

/** Options of {@link swissRoll}. */
export interface SwissRollOptions {
  /** The standard deviation of the noise on either axis, from 0. Default 0.5. */
  readonly noise?: number;
}

/**
 * A spiral in the plane, (t cos t, t sin t) for t uniform from 1.5π to 4.5π, with Gaussian noise: the cross-section of
 * scikit-learn's `make_swiss_roll`, about 28 wide.
 *
 * @returns Its density needs noise above 0; without it `logDensity` throws.
 * @throws {RangeError} if `noise` is no finite number from 0.
 * @see Marsland (2014), Machine learning: an algorithmic perspective, chapter 6.
 * @example
 * ```ts
 * import { swissRoll } from "@mhgan/datasets";
 * const roll = swissRoll();
 * roll.sample(100, Math.random).length; // => 200
 * roll.density([0, -4.71, 0, 0])[0]! > 1000 * roll.density([0, -4.71, 0, 0])[1]!; // => true
 * ```
 */
export function swissRoll({ noise = 0.5 }: SwissRollOptions = {}): Distribution {
  const spiral = {
    from: 1.5 * Math.PI,
    to: 4.5 * Math.PI,
    point: (t: number): readonly [number, number] => [t * Math.cos(t), t * Math.sin(t)],
  };
  return noisyCurve("swissRoll", [spiral], noise);
}

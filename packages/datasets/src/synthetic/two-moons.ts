import type { Distribution } from "./distribution.ts";
import { noisyCurve } from "./noisy-curve.ts";

/** Options of {@link twoMoons}. */
export interface TwoMoonsOptions {
  /** The standard deviation of the noise on either axis, from 0. Default 0.1. */
  readonly noise?: number;
}

/**
 * Two half circles of radius 1 that reach into each other, (cos t, sin t) and (1 − cos t, ½ − sin t) for t uniform
 * from 0 to π, each as likely, with Gaussian noise: scikit-learn's `make_moons`, but for random angles.
 *
 * @returns Its density needs noise above 0; without it `logDensity` throws.
 * @throws {RangeError} if `noise` is no finite number from 0.
 * @example
 * ```ts
 * import { twoMoons } from "@mhgan/datasets";
 * const moons = twoMoons({ noise: 0.05 });
 * moons.sample(100, Math.random).length; // => 200
 * moons.density([0, 1, 0, -0.5])[0]! > 1000 * moons.density([0, 1, 0, -0.5])[1]!; // => true
 * ```
 */
export function twoMoons({ noise = 0.1 }: TwoMoonsOptions = {}): Distribution {
  const arc = (point: (t: number) => readonly [number, number]) => ({ from: 0, to: Math.PI, point });
  const outer = arc((t) => [Math.cos(t), Math.sin(t)]);
  const inner = arc((t) => [1 - Math.cos(t), 0.5 - Math.sin(t)]);
  return noisyCurve("twoMoons", [outer, inner], noise);
}

import { requireCount, requirePositive } from "../requirements.ts";
import { type GaussianMixture, gaussianMixture } from "./gaussian-mixture.ts";

/** Options of {@link ringOfGaussians}. */
export interface RingOfGaussiansOptions {
  /** How many Gaussians there are, from 1. Default 8. */
  readonly count?: number;
  /** The radius of the ring, centred at 0. Default 2. */
  readonly radius?: number;
  /** The standard deviation of each Gaussian on each axis. Default 0.02. */
  readonly sd?: number;
}

/** Gaussians on a ring, with what a measure of sample quality has to know about them. */
export interface RingOfGaussians extends GaussianMixture {
  /** The centres, row-major: two numbers for each. */
  readonly modes: Float64Array;
  /** The standard deviation of each Gaussian on each axis. */
  readonly modeSd: number;
}

/**
 * Gaussians of equal weight at equal distances on a ring, the first on the x axis: the other plane in which GANs lose modes.
 *
 * The result can be given to `modeMetrics` of `@mhgan/metrics` as its options.
 *
 * @throws {RangeError} if `count` is no integer from 1, or `radius` or `sd` is not positive and finite.
 * @see Metz, Poole, Pfau and Sohl-Dickstein (ICLR 2017), Unrolled generative adversarial networks.
 * @example
 * ```ts
 * import { ringOfGaussians } from "@mhgan/datasets";
 * const { modes, components } = ringOfGaussians();
 * components; // => 8
 * Array.from(modes.slice(0, 4)); // ≈ [2, 0, 1.41421, 1.41421]
 * ```
 */
export function ringOfGaussians(options: RingOfGaussiansOptions = {}): RingOfGaussians {
  const { count = 8, radius = 2, sd = 0.02 } = options;
  requireCount("ringOfGaussians", "count", count, 1);
  requirePositive("ringOfGaussians", "radius", radius);
  requirePositive("ringOfGaussians", "sd", sd);
  const modes = new Float64Array(2 * count);
  for (let k = 0; k < count; k++) {
    const angle = (2 * Math.PI * k) / count;
    modes[2 * k] = radius * Math.cos(angle);
    modes[2 * k + 1] = radius * Math.sin(angle);
  }
  return { ...gaussianMixture({ means: modes, dimensions: 2, sd }), modes, modeSd: sd };
}

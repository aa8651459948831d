import { type GaussianMixture, gaussianMixture } from "./gaussian-mixture.ts";

/** The 25 Gaussians, with what a measure of sample quality has to know about them. */
export interface TwentyFiveGaussians extends GaussianMixture {
  /** The 25 centres, row-major: 50 numbers, in the units of the samples. */
  readonly modes: Float64Array;
  /** The standard deviation of each Gaussian on each axis, in the units of the samples. */
  readonly modeSd: number;
  /** How long one unit of the grid is in the units of the samples: 1, or 1/√2.0025 when standardised. */
  readonly scale: number;
}

/** The sd of each Gaussian, where the centres are whole numbers. */
const SD = 0.05;

/**
 * The 5 × 5 grid of Gaussians on which GANs lose modes: equal weights, centres {−2, −1, 0, 1, 2}², sd 0.05.
 *
 * The result can be given to `modeMetrics` of `@mhgan/metrics` as its options.
 *
 * @param options - `standardize`: divide by the standard deviation of the whole mixture, √(2 + 0.05²) on either axis, as the
 * paper does before training. The mean is 0 already. Default: false.
 * @see Turner et al. (ICML 2019), Metropolis-Hastings generative adversarial networks, "25 Gaussians"; the grid is
 * that of Dumoulin et al. (ICLR 2017).
 * @example
 * ```ts
 * import { twentyFiveGaussians } from "@mhgan/datasets";
 * import { randomStream } from "@mhgan/mcmc";
 * const { sample, scale, modes, modeSd } = twentyFiveGaussians({ standardize: true });
 * sample(64, randomStream(1)).length; // => 128
 * modes.length; // => 50
 * modeSd / scale; // ≈ 0.05
 * ```
 */
export function twentyFiveGaussians(options: { readonly standardize?: boolean } = {}): TwentyFiveGaussians {
  const scale = options.standardize ? 1 / Math.sqrt(2 + SD ** 2) : 1;
  const steps = [-2, -1, 0, 1, 2].map((step) => step * scale);
  const modes = Float64Array.from(steps.flatMap((x) => steps.flatMap((y) => [x, y])));
  const modeSd = SD * scale;
  return { ...gaussianMixture({ means: modes, dimensions: 2, sd: modeSd }), modes, modeSd, scale };
}

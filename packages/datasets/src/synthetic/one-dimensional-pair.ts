import { type GaussianMixture, gaussianMixture } from "./gaussian-mixture.ts";

/** Data, a generator that misses part of them, and the exact weight that mends it. */
export interface OneDimensionalPair {
  /** p: what the samples should follow. */
  readonly data: GaussianMixture;
  /** q: what the generator gives. */
  readonly generator: GaussianMixture;
  /** The exact log weight log p(x) − log q(x): the log odds of a perfect discriminator. */
  logWeight(x: number): number;
}

/**
 * The paper's example on the line: four modes of data, of which the generator knows three and draws them too wide.
 *
 * Data: equal parts of N(0), N(1), N(2) and N(3) with sd 0.25. Generator: equal parts of N(0), N(1) and N(2) with
 * sd 0.3125. All that a sampler should do here can be integrated: the total variation between the two is 0.2318, the
 * perfect discriminator has AUC 0.6601, and independence Metropolis-Hastings accepts 0.6798 of its proposals.
 *
 * @see Turner et al. (ICML 2019), Metropolis-Hastings generative adversarial networks, figure 2.
 * @example
 * ```ts
 * import { oneDimensionalPair } from "@mhgan/datasets";
 * const { data, generator, logWeight } = oneDimensionalPair();
 * data.components - generator.components; // => 1
 * logWeight(3); // ≈ 5.0558
 * ```
 */
export function oneDimensionalPair(): OneDimensionalPair {
  const data = gaussianMixture({ means: [0, 1, 2, 3], dimensions: 1, sd: 0.25 });
  const generator = gaussianMixture({ means: [0, 1, 2], dimensions: 1, sd: 0.3125 });
  return {
    data,
    generator,
    logWeight: (x) => data.logDensity([x])[0]! - generator.logDensity([x])[0]!,
  };
}

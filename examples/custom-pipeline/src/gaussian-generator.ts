import { type GaussianMixture, gaussianMixture } from "@mhgan/datasets";
import { meanAndCovariance } from "@mhgan/metrics";
import type { Points } from "./moons.ts";

/** A generator of rows; a model of yours stands here. */
export interface Generator {
  generate(count: number, random: () => number): Points;
  /** Its law, which yours need not know: used to check the example. */
  readonly law: GaussianMixture;
}

/** The simplest generator of tables: a Gaussian with the mean and the covariance of the training rows. */
export function gaussianGenerator(train: Points): Generator {
  const { mean, covariance } = meanAndCovariance(train);
  const law = gaussianMixture({ dimensions: 2, means: mean, covariances: covariance });
  return {
    generate: (count, random) => ({ data: law.sample(count, random), shape: [count, 2] }),
    law,
  };
}

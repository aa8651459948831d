import { langevin } from "@mhgan/mcmc";
import { requirePositive } from "../requirements.ts";
import { latentChains } from "./latent-chains.ts";
import type { LatentSampler } from "./latent-sampler.ts";

/** Options of {@link latentLangevin}. */
export interface LatentLangevinOptions {
  /** τ: a step follows the gradient by τ/2 times its length. Default 0.01. */
  readonly stepSize?: number;
  /** η: the standard deviation of the noise in each coordinate. Default √τ, which samples the target as τ → 0. */
  readonly noiseScale?: number;
  /** Steps of each chain. Default 100; public implementations take 50 to 1000. */
  readonly steps?: number;
}

/**
 * Discriminator driven latent sampling (DDLS): unadjusted Langevin steps in the latent space. **Biased**, by how much is said at
 * `langevin` of `@mhgan/mcmc`, and far from its target where it makes few small steps; {@link latentMala} has no such bias at the same cost.
 *
 * The default step is that of large image models; where latents are few and modes narrow, a tenth or less of it serves. Look at what
 * {@link latentMala} accepts with the same τ: where it rejects much, the bias here is large.
 *
 * z' = z + (τ/2)·∇(log prior(z) + log weight(score(G(z)))) + η·noise. It follows gradients alone: where the calibrator's log odds are
 * steps (isotonic), those of a Platt sigmoid fitted to the same scores. A step costs one gradient evaluation.
 *
 * @throws {RangeError} if an option is off.
 * @see Che et al., "Your GAN is secretly an energy-based model and you should use discriminator driven latent sampling", NeurIPS 2020,
 * algorithm 1.
 * @example
 * ```ts given calibrated
 * import { latentLangevin } from "@mhgan/gan-core";
 * const { samples } = await calibrated.sample({ draws: 64, sampler: latentLangevin({ steps: 1000 }), seed: 1 });
 * ```
 */
export function latentLangevin(options: LatentLangevinOptions = {}): LatentSampler {
  const { stepSize = 0.01, noiseScale = Math.sqrt(stepSize), steps = 100 } = options;
  requirePositive("latentLangevin", "stepSize", stepSize);
  requirePositive("latentLangevin", "noiseScale", noiseScale);
  return latentChains({
    name: "latentLangevin",
    steps,
    kernel: (target) => langevin(target, { stepSize, noiseScale }),
  });
}

import type { Kernel, KernelState } from "@mhgan/mcmc";
import { type LatentTarget, targetIn } from "../latent-target.ts";
import { requirePositiveCount } from "../requirements.ts";
import { SampleSpace } from "../sample-space.ts";
import type { LatentSampler } from "./latent-sampler.ts";
import { runChains } from "./run-chains.ts";

/** Options of {@link latentChains}. */
export interface LatentChainsOptions<State extends KernelState> {
  /** Makes the kernel that moves the chains, from the law it is to sample. */
  readonly kernel: (target: LatentTarget) => Kernel<State>;
  /** Steps of each chain. */
  readonly steps: number;
  /** Default `"latentChains"`. */
  readonly name?: string;
}

/**
 * A latent-space sampler from any kernel of `@mhgan/mcmc`, or one of your own: {@link latentLangevin}, {@link latentMala} and
 * {@link latentIteratedSirMala} are this with the settings of their papers.
 *
 * @throws {RangeError} if `steps` is not a positive integer.
 * @example
 * ```ts
 * import { latentChains } from "@mhgan/gan-core";
 * import { mala } from "@mhgan/mcmc";
 * const sampler = latentChains({ kernel: (target) => mala(target, { stepSize: 0.5 }), steps: 100 });
 * ```
 */
export function latentChains<State extends KernelState>(options: LatentChainsOptions<State>): LatentSampler {
  const { kernel, steps, name = "latentChains" } = options;
  requirePositiveCount(name, "steps", steps);
  return {
    name,
    run(context) {
      const space = new SampleSpace(name, context.gan, "latent", context);
      const target = targetIn(space, context.gan, context.logWeight);
      return runChains(context, space, kernel(target), steps);
    },
  };
}

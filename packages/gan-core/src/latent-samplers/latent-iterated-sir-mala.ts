import { iteratedSirMala } from "@mhgan/mcmc";
import { targetIn } from "../latent-target.ts";
import { requirePositiveCount } from "../requirements.ts";
import { SampleSpace } from "../sample-space.ts";
import type { LatentSampler } from "./latent-sampler.ts";
import { runChains } from "./run-chains.ts";
import { chooseStepSize, requireStepSize, type StepSizeOptions } from "./step-size.ts";

/** Options of {@link latentIteratedSirMala}. */
export interface LatentIteratedSirMalaOptions extends StepSizeOptions {
  /** N, from 2: how many compete in a global step, the state and N − 1 fresh latents. Default 10. */
  readonly candidates?: number;
  /** MALA steps after each global step. Default 3; with 0 this is plain i-SIR, and no gradient is used. */
  readonly localSteps?: number;
  /** τ of the local steps. Default `"tuned"`: 64 pilot chains of 50 steps of MALA find one that accepts `targetAcceptance` of the steps. */
  readonly stepSize?: number | "tuned";
  /** With `stepSize: "tuned"`. Default 0.67. */
  readonly targetAcceptance?: number;
  /** Steps of each chain, each a global step and its local ones. Default 50. */
  readonly steps?: number;
}

/**
 * Ex²MCMC: iterated sampling importance resampling from the prior, which moves between modes, and MALA within them. Its law becomes the prior
 * times the weight, as that of {@link latentMala}, in far fewer steps where the data have modes apart.
 *
 * A step costs N − 1 evaluations and `localSteps` + 1 gradient evaluations.
 *
 * The authors change the step size all along a burn-in, by 5 % at a time, towards the same acceptance; here a pilot run finds it, and it stays
 * as it is while draws are made, so that these are independent.
 *
 * @throws {RangeError} if an option is off.
 * @see Samsonov et al., "Local-global MCMC kernels: the best of both worlds", NeurIPS 2022.
 * @example
 * ```ts given calibrated
 * import { latentIteratedSirMala } from "@mhgan/gan-core";
 * const { samples } = await calibrated.sample({ draws: 64, sampler: latentIteratedSirMala(), seed: 1 });
 * ```
 */
export function latentIteratedSirMala(options: LatentIteratedSirMalaOptions = {}): LatentSampler {
  const name = "latentIteratedSirMala";
  const { candidates = 10, localSteps = 3, steps = 50 } = options;
  // Without local steps there is nothing to tune.
  const stepOptions = { ...options, stepSize: options.stepSize ?? (localSteps === 0 ? 1 : "tuned") };
  requirePositiveCount(name, "steps", steps);
  if (!(Number.isSafeInteger(candidates) && candidates >= 2)) {
    throw new RangeError(`${name}: candidates must be an integer from 2, got ${candidates}`);
  }
  if (!(Number.isSafeInteger(localSteps) && localSteps >= 0)) {
    throw new RangeError(`${name}: localSteps must be an integer from 0, got ${localSteps}`);
  }
  requireStepSize(name, stepOptions);
  return {
    name,
    async run(context) {
      const space = new SampleSpace(name, context.gan, "latent", context);
      const target = targetIn(space, context.gan, context.logWeight);
      const { targetAcceptance = 0.67 } = options;
      const random = context.random.split("pilot");
      const chosen = await chooseStepSize(target, { ...stepOptions, targetAcceptance }, random);
      const kernel = iteratedSirMala(target, { candidates, localSteps, ...chosen });
      const run = await runChains(context, space, kernel, steps);
      return { ...run, statistics: { ...run.statistics, stepSize: chosen.stepSize } };
    },
  };
}

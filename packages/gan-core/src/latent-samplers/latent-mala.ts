import { mala } from "@mhgan/mcmc";
import { targetIn } from "../latent-target.ts";
import { requirePositiveCount } from "../requirements.ts";
import { SampleSpace } from "../sample-space.ts";
import type { LatentSampler } from "./latent-sampler.ts";
import { runChains } from "./run-chains.ts";
import { chooseStepSize, requireStepSize, type StepSizeOptions } from "./step-size.ts";

/** Options of {@link latentMala}. */
export interface LatentMalaOptions extends StepSizeOptions {
  /**
   * τ: a step follows the gradient by τ/2 times its length. Default 0.01, as published. `"tuned"`: 64 pilot chains of 50 steps find one
   * that accepts `targetAcceptance` of the steps, which moves most.
   */
  readonly stepSize?: number | "tuned";
  /** With `stepSize: "tuned"`. Default 0.57, which is best in many dimensions. */
  readonly targetAcceptance?: number;
  /** Steps of each chain. Default 640, as published. */
  readonly steps?: number;
}

/**
 * REP-GAN: the Metropolis-adjusted Langevin algorithm in the latent space. Each draw is the end of a chain from a fresh latent; as chains
 * grow longer its law becomes the prior times the weight, whose samples follow the data as far as the discriminator can tell.
 *
 * z' = z + (τ/2)·∇(log prior(z) + log weight(score(G(z)))) + η·noise is accepted or rejected so that this law stays as it is, for every τ
 * and η, and whatever is followed as the gradient: where the calibrator's log odds are steps (isotonic), chains follow a Platt
 * sigmoid fitted to the same scores and are accepted by the steps. A step costs one gradient evaluation.
 *
 * @throws {RangeError} if an option is off.
 * @see Wang et al., "Reparameterized sampling for generative adversarial networks", ECML PKDD 2021, section 3; Roberts and Rosenthal,
 * "Optimal scaling of discrete approximations to Langevin diffusions", JRSS B 60 (1998), for 0.57.
 * @example
 * ```ts given calibrated
 * import { latentMala } from "@mhgan/gan-core";
 * const sampler = latentMala({ stepSize: "tuned", steps: 100 });
 * const { samples, info } = await calibrated.sample({ draws: 64, sampler, seed: 1 });
 * info.statistics.acceptanceRates; // about 0.57 each
 * ```
 */
export function latentMala(options: LatentMalaOptions = {}): LatentSampler {
  const { steps = 640 } = options;
  const stepOptions = { ...options, stepSize: options.stepSize ?? 0.01 };
  requirePositiveCount("latentMala", "steps", steps);
  requireStepSize("latentMala", stepOptions);
  return {
    name: "latentMala",
    async run(context) {
      const space = new SampleSpace("latentMala", context.gan, "latent", context);
      const target = targetIn(space, context.gan, context.logWeight);
      const { targetAcceptance = 0.57 } = options;
      const random = context.random.split("pilot");
      const chosen = await chooseStepSize(target, { ...stepOptions, targetAcceptance }, random);
      const run = await runChains(context, space, mala(target, chosen), steps);
      return { ...run, statistics: { ...run.statistics, stepSize: chosen.stepSize } };
    },
  };
}

import { langevin } from "@mhgan/mcmc";
import { type Potential, potentialTarget } from "../latent-target.ts";
import { requireOneOf, requirePositive, requirePositiveCount } from "../requirements.ts";
import { SampleSpace } from "../sample-space.ts";
import type { LatentSampler } from "./latent-sampler.ts";
import { runChains } from "./run-chains.ts";

/** Which divergence a flow lowers: Kullback-Leibler, Jensen-Shannon, or that of the generator loss −log D. */
export type FlowDivergence = "kl" | "js" | "logD";

/** Options of {@link gradientFlow}. */
export interface GradientFlowOptions {
  /** What the flow lowers. Default `"kl"`. */
  readonly divergence?: FlowDivergence;
  /** η: length of a time step. Default 0.1. */
  readonly stepSize?: number;
  /** γ: weight of the entropy; the noise of a step has the variance 2ηγ. From 0, which is without noise. Default 0.01. */
  readonly noiseFactor?: number;
  /** Default 25. */
  readonly steps?: number;
}

/** What a flow climbs at a log weight d: its slope is what stands before ∇d. */
const potentials: Record<FlowDivergence, Potential> = {
  kl: { value: (d) => d, slope: () => 1 },
  js: { value: softplus, slope: sigmoid },
  logD: { value: (d) => -softplus(-d), slope: (d) => sigmoid(-d) },
};

/**
 * Discriminator gradient flow (DGflow): moves latents along the gradient flow of a divergence between generator and data, made smoother by
 * entropy. A **refinement** of samples in a few steps, not a sampler of the data: run for long, the KL flow gathers where the weight is
 * largest, with the law weight^(1/γ), and knows no prior. The default step is that of large image models; where latents are few, start
 * at a hundredth of it: one that is too long ends in a few modes.
 *
 * z' = z + η·s(d)·∇d(z) + √(2ηγ)·noise, where d is the log weight of the sample of z, and s is 1 for `"kl"`, 1/(1 + e^(−d)) for `"js"` and
 * 1/(1 + e^d) for `"logD"`: the flow at its start, since the weight is that of the unmoved generator. Each is a Langevin step on a
 * potential: d, log(1 + e^d) and −log(1 + e^(−d)). The authors use the raw logit for d; here it is calibrated.
 *
 * It follows gradients alone: where the calibrator's log odds are steps (isotonic), those of a Platt sigmoid fitted to the same scores. Uniform
 * latents flow in normal coordinates. A step costs one gradient evaluation.
 *
 * @throws {RangeError} if an option is off.
 * @see Ansari, Ang and Soh, "Refining deep generative models via discriminator gradient flow", ICLR 2021, algorithm 1.
 * @example
 * ```ts given calibrated
 * import { gradientFlow } from "@mhgan/gan-core";
 * const { samples } = await calibrated.sample({ draws: 64, sampler: gradientFlow({ divergence: "js" }), seed: 1 });
 * ```
 */
export function gradientFlow(options: GradientFlowOptions = {}): LatentSampler {
  const name = "gradientFlow";
  const { divergence = "kl", stepSize = 0.1, noiseFactor = 0.01, steps = 25 } = options;
  requireOneOf(name, "divergence", divergence, Object.keys(potentials));
  requirePositive(name, "stepSize", stepSize);
  requirePositiveCount(name, "steps", steps);
  if (!(noiseFactor >= 0 && noiseFactor < Infinity)) {
    throw new RangeError(`${name}: noiseFactor must be finite and not negative, got ${noiseFactor}`);
  }
  return {
    name,
    run(context) {
      const space = new SampleSpace(name, context.gan, "latent", context);
      const kernel = langevin(potentialTarget(space, context.logWeight, potentials[divergence]), {
        stepSize: 2 * stepSize,
        // A kernel must have noise; this much is none to a double.
        noiseScale: Math.max(Number.MIN_VALUE, Math.sqrt(2 * stepSize * noiseFactor)),
      });
      return runChains(context, space, kernel, steps);
    },
  };
}

function sigmoid(x: number): number {
  return x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x));
}

function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

import type { GradientState, GradientTarget } from "./gradient-target.ts";
import type { Kernel } from "./kernel.ts";
import { type Decide, type LangevinOptions, langevinKernel } from "./langevin-step.ts";

/**
 * The unadjusted Langevin algorithm: each step follows the gradient of the log density and adds noise. **Biased**: nothing is ever
 * rejected, and however long it runs it does not sample the target itself. {@link mala} does.
 *
 * x' = x + (τ/2)·∇log p(x) + η·noise, with standard normal noise in each coordinate. With η = √τ the law comes close to p as τ → 0;
 * with another η, to a power of it: p^(τ/η²). For a normal target of variance v the variance is η² / (1 − (1 − τ/(2v))²), which is
 * v / (1 − τ/(4v)) for η = √τ; with τ ≥ 4v the chain diverges.
 *
 * A step makes one call of the target, with one row for each chain. Chain i takes its noise from the next d values of `streams[i]`.
 * The gradient must be finite wherever a chain comes, also where the log density is −∞: one that diverges ends in an error.
 *
 * @param target - its dimensions d and `logDensityAndGradient`. If that is synchronous, so are `init` and `step`.
 * @param options - τ and η.
 * @returns A kernel. In its info everything is accepted, with probability 1.
 * @throws {RangeError} if d or an option is off. `init` and `step` throw it if positions, streams or what the target returns have a
 * wrong length, a log density is NaN or +∞, or a gradient is not finite (the message names the chain).
 * @see Roberts and Tweedie, "Exponential convergence of Langevin distributions and their discrete approximations", Bernoulli 2
 * (1996); for GANs: Che et al., "Your GAN is secretly an energy-based model", NeurIPS 2020.
 * @example
 * ```ts
 * import { langevin, randomStream } from "@mhgan/mcmc";
 * const standardNormal = {
 *   dimensions: 1,
 *   logDensityAndGradient: (x: Float64Array) => ({ logDensities: x.map((v) => -v * v / 2), gradients: x.map((v) => -v) }),
 * };
 * const kernel = langevin(standardNormal, { stepSize: 0.02 });
 * const start = await kernel.init([3, -3]); // two chains
 * const { state } = await kernel.step(start, [randomStream(1), randomStream(2)]);
 * state.positions[0]; // ≈ 3.04577
 * ```
 */
export function langevin(target: GradientTarget, options: LangevinOptions): Kernel<GradientState> {
  const everything: Decide = (_, proposed) => {
    const chains = proposed.logDensities.length;
    return {
      state: proposed,
      info: {
        accepted: new Uint8Array(chains).fill(1),
        acceptanceProbabilities: new Float64Array(chains).fill(1),
        proposed: proposed.positions,
      },
    };
  };
  return langevinKernel("langevin", target, options, everything, true);
}

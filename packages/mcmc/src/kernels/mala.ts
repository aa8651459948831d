import { positiveUniform } from "../random/positive-uniform.ts";
import type { GradientState, GradientTarget } from "./gradient-target.ts";
import type { Kernel } from "./kernel.ts";
import { type Decide, type LangevinOptions, langevinKernel } from "./langevin-step.ts";

/**
 * The Metropolis-adjusted Langevin algorithm: proposes what {@link langevin} does and accepts it so that the target stays invariant,
 * for every τ and η.
 *
 * x' = x + (τ/2)·∇log p(x) + η·noise is accepted with probability min(1, p(x') q(x' → x) / (p(x) q(x → x'))), where q is the normal
 * density of such a step. Tune τ to accept about 0.57 of the proposals. A chain keeps to its mode where modes are far apart:
 * {@link iteratedSirMala} moves between them.
 *
 * A step makes one call of the target, with one row for each chain. Chain i takes its noise from the next d values of `streams[i]`,
 * as `langevin` does, and the uniform that decides from the value after them. A proposal whose log density is −∞ is rejected. A chain
 * that starts at −∞ accepts its first proposal of finite log density, whatever q says; until then it stays.
 *
 * @param target - its dimensions d and `logDensityAndGradient`. If that is synchronous, so are `init` and `step`.
 * @param options - τ and η.
 * @throws {RangeError} if d or an option is off. `init` and `step` throw it if positions, streams or what the target returns have a
 * wrong length, a log density is NaN or +∞, or a gradient is not finite (the message names the chain).
 * @see Roberts and Tweedie, "Exponential convergence of Langevin distributions and their discrete approximations", Bernoulli 2
 * (1996); Roberts and Rosenthal, "Optimal scaling of discrete approximations to Langevin diffusions", JRSS B 60 (1998), for 0.57; for
 * GANs: Wang et al., "Reparameterized sampling for generative adversarial networks", ECML PKDD 2021.
 * @example
 * ```ts
 * import { mala, randomStream } from "@mhgan/mcmc";
 * const standardNormal = {
 *   dimensions: 1,
 *   logDensityAndGradient: (x: Float64Array) => ({ logDensities: x.map((v) => -v * v / 2), gradients: x.map((v) => -v) }),
 * };
 * const kernel = mala(standardNormal, { stepSize: 1 });
 * const start = await kernel.init([0, 3]); // two chains
 * const { state, info } = await kernel.step(start, [randomStream(1), randomStream(2)]);
 * state.positions[0]; // ≈ 0.5358
 * info.acceptanceProbabilities[0]; // ≈ 0.9648
 * ```
 */
export function mala(target: GradientTarget, options: LangevinOptions): Kernel<GradientState> {
  return langevinKernel("mala", target, options, metropolis);
}

/** Accepts or rejects Langevin proposals: one value of each stream. */
export const metropolis: Decide = (state, proposed, streams, drift, noiseScale) => {
  const chains = streams.length;
  const dimensions = state.positions.length / chains;
  const accepted = new Uint8Array(chains);
  const acceptanceProbabilities = new Float64Array(chains);
  const positions = proposed.positions.slice();
  const { logDensities, gradients } = proposed; // Ours: the state is put back in them where it stays.
  for (let i = 0; i < chains; i++) {
    const begin = i * dimensions;
    const end = begin + dimensions;
    // log q(x → x') − log q(x' → x) = (a + b)·(2δ + b − a) / (2η²), with the drifts a at x and b at x', and δ = x' − x. It changes its
    // sign, to the last bit, when x and x' change places.
    let correction = 0;
    for (let k = begin; k < end; k++) {
      const a = drift * state.gradients[k]!;
      const b = drift * gradients[k]!;
      const move = positions[k]! - state.positions[k]!;
      correction += ((a + b) / noiseScale) * ((2 * move + (b - a)) / noiseScale);
    }
    const logDensity = logDensities[i]!;
    const current = state.logDensities[i]!;
    // A finite log density against −∞ gives exp(∞): 1.
    const probability =
      logDensity === -Infinity ? 0 : Math.min(1, Math.exp(logDensity - current - correction / 2));
    acceptanceProbabilities[i] = probability;
    if (positiveUniform(streams[i]!) <= probability) {
      accepted[i] = 1;
      continue;
    }
    logDensities[i] = current;
    for (let k = begin; k < end; k++) {
      positions[k] = state.positions[k]!;
      gradients[k] = state.gradients[k]!;
    }
  }
  return {
    state: { positions, logDensities, gradients },
    info: { accepted, acceptanceProbabilities, proposed: proposed.positions },
  };
};

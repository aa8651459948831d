import type { GradientTarget, IteratedSirMalaTarget, LogDensitiesAndGradients } from "@mhgan/mcmc";
import type { Gan } from "./gan.ts";
import type { LogWeight } from "./log-weight.ts";
import { normalLatent } from "./normal-latent.ts";
import { SampleSpace, type SampleSpaceOptions } from "./sample-space.ts";

/** The law of the latents of good samples, for the kernels of `@mhgan/mcmc`. */
export interface LatentTarget extends IteratedSirMalaTarget {
  /** The generator's own latents at some positions: what its `decode` takes. */
  toLatents(positions: ArrayLike<number>): Float32Array;
  logDensityAndGradient(positions: Float64Array): Promise<LogDensitiesAndGradients>;
  logDensity(positions: Float64Array): Promise<Float64Array>;
  logProposalDensity(positions: Float64Array): Float64Array;
}

/**
 * The law of the latents whose samples follow the data: the prior times the weight p/q of the sample that a latent generates. Its
 * proposals are the prior.
 *
 * log density(z) = log prior(z) + log weight(score(G(z))), and its gradient follows by the chain rule. Positions are latents in normal
 * coordinates: where the prior is uniform on [−1, 1), a position y stands for the latent 2Φ(y) − 1, which `toLatents` gives. They are rounded
 * to float32 where the generator takes them.
 *
 * Where the log weight is a step function and its slope that of a smooth curve (see `CalibratedGan.logWeightSlopes`), the gradient is not
 * that of the density: `mala` corrects for that and stays exact, `langevin` follows the smooth curve.
 *
 * @param gan - with `latent.scoreGradients`.
 * @param logWeight - a `CalibratedGan`, or any function of the score: see `scoresAsLogWeights`.
 * @throws {TypeError} if the GAN has no `latent` with `scoreGradients`.
 * @see Che et al., "Your GAN is secretly an energy-based model", NeurIPS 2020, section 3: rejection sampling in the latent space gives
 * the same law.
 * @example
 * ```ts
 * import { latentTarget, scoresAsLogWeights } from "@mhgan/gan-core";
 * import { mala, normal, sample } from "@mhgan/mcmc";
 * // The generator gives normal(0, 1), the data are normal(1, 1), and the score is the exact logit x − ½.
 * const gan = {
 *   generate: (count: number, random: () => number) => Array.from({ length: count }, () => normal(random)),
 *   score: (batch: number[]) => batch.map((x) => x - 0.5),
 *   latent: {
 *     size: 1,
 *     draw: (count: number, random: () => number) => Float32Array.from({ length: count }, () => normal(random)),
 *     decode: (latents: Float32Array) => Array.from(latents),
 *     scoreGradients: (z: Float32Array) => ({ scores: z.map((x) => x - 0.5), gradients: z.map(() => 1) }),
 *   },
 * };
 * const target = latentTarget(gan, scoresAsLogWeights);
 * const { draws } = await sample(mala(target, { stepSize: 1 }), {
 *   draws: 8000, chains: 8, burnIn: 100, seed: 1, start: (random) => target.propose(random),
 * });
 * Math.abs(draws.reduce((sum, z) => sum + z, 0) / 8000 - 1) < 0.1; // => true
 * ```
 */
export function latentTarget<Batch>(
  gan: Gan<Batch>,
  logWeight: LogWeight,
  options: SampleSpaceOptions = {},
): LatentTarget {
  return targetIn(new SampleSpace("latentTarget", gan, "latent", options), gan, logWeight);
}

/** The {@link latentTarget} of a GAN in a latent space of one's own. */
export function targetIn<Batch>(
  space: SampleSpace<Batch>,
  gan: Gan<Batch>,
  logWeight: LogWeight,
): LatentTarget {
  const { dimensions } = space;
  const latent = normalLatent(gan.latent!);
  const logProposalDensity = (positions: Float64Array): Float64Array => {
    const densities = new Float64Array(positions.length / dimensions);
    for (let k = 0; k < positions.length; k++)
      densities[Math.floor(k / dimensions)]! -= positions[k]! ** 2 / 2;
    return densities;
  };
  const weighted = (positions: Float64Array, logWeights: ArrayLike<number>): Float64Array =>
    logProposalDensity(positions).map((density, i) => density + logWeights[i]!);
  return {
    dimensions,
    toLatents: latent.toLatents,
    propose: (random) => latent.draw(1, random),
    logProposalDensity,
    logDensity: async (positions) => weighted(positions, logWeight.logWeights(await space.scores(positions))),
    async logDensityAndGradient(positions) {
      const { logWeights, gradients } = await logWeightGradients(space, logWeight, positions);
      return {
        logDensities: weighted(positions, logWeights),
        gradients: gradients.map((gradient, k) => gradient - positions[k]!),
      };
    },
  };
}

/** A function of the log weight alone as a density, for flows that do not know the prior. */
export interface Potential {
  /** The potential at a log weight. */
  readonly value: (logWeight: number) => number;
  /** Its derivative. */
  readonly slope: (logWeight: number) => number;
}

/** A function of the log weight as the log density of positions. */
export function potentialTarget<Batch>(
  space: SampleSpace<Batch>,
  logWeight: LogWeight,
  { value, slope }: Potential,
): GradientTarget {
  const { dimensions } = space;
  return {
    dimensions,
    async logDensityAndGradient(positions) {
      const { logWeights, gradients } = await logWeightGradients(space, logWeight, positions);
      const slopes = Float64Array.from(logWeights, slope);
      return {
        logDensities: Float64Array.from(logWeights, value),
        gradients: gradients.map((gradient, k) => gradient * slopes[Math.floor(k / dimensions)]!),
      };
    },
  };
}

/** The log weights of the samples at some positions, and the gradient of each with respect to its position. */
async function logWeightGradients<Batch>(
  space: SampleSpace<Batch>,
  logWeight: LogWeight,
  positions: Float64Array,
): Promise<{ readonly logWeights: ArrayLike<number>; readonly gradients: Float64Array }> {
  const { scores, gradients } = await space.scoreGradients(positions);
  const slopes = logWeight.logWeightSlopes(scores);
  return {
    logWeights: logWeight.logWeights(scores),
    gradients: gradients.map((gradient, k) => gradient * slopes[Math.floor(k / space.dimensions)]!),
  };
}

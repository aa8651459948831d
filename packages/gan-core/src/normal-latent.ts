import type { Latent } from "./gan.ts";
import { drawLatents } from "./latent-prior.ts";

/**
 * A generator's latents in coordinates in which their prior is standard normal, whatever it is: what all latent-space samplers move in.
 *
 * A uniform coordinate z on [−1, 1) is 2Φ(y) − 1 of a standard normal y, exactly: the same GAN, with this map as its first layer. There are
 * no walls then, at which Langevin steps and flows, that reject nothing, would have to be bent back, and a chain that samples
 * the prior times a weight in y samples it in z.
 *
 * @throws {RangeError} if the prior has another name.
 */
export function normalLatent<Batch>(latent: Latent<Batch>): NormalLatent<Batch> {
  const { prior = "normal", size, scoreGradients } = latent;
  if (prior === "normal") {
    return {
      size,
      toLatents: (positions) => Float32Array.from(positions),
      draw: (count, random) => latent.draw(count, random),
      decode: (positions) => latent.decode(positions),
      ...(scoreGradients && { scoreGradients: (positions) => scoreGradients.call(latent, positions) }),
    };
  }
  if (prior !== "uniform") {
    throw new RangeError(`latent: prior must be "normal" or "uniform", got ${String(prior)}`);
  }
  const toLatents = (positions: ArrayLike<number>): Float32Array =>
    Float32Array.from(positions, twoSidedMass);
  return {
    size,
    toLatents,
    draw: (count, random) => drawLatents("normal", count, size, random),
    decode: (positions) => latent.decode(toLatents(positions)),
    ...(scoreGradients && {
      async scoreGradients(positions) {
        const { scores, gradients } = await scoreGradients.call(latent, toLatents(positions));
        return {
          scores,
          gradients: Float64Array.from(gradients, (gradient, k) => gradient * slope(positions[k]!)),
        };
      },
    }),
  };
}

/** A generator's latents in normal coordinates. */
export interface NormalLatent<Batch> extends Omit<Latent<Batch>, "prior"> {
  /** The generator's own latents at some positions. */
  toLatents(positions: ArrayLike<number>): Float32Array;
}

/**
 * 2Φ(y) − 1, the mass of the standard normal law within y of 0, negative for negative y.
 *
 * @see Marsaglia, "Evaluating the normal distribution", Journal of Statistical Software 11 (2004): the power series times the density.
 */
export function twoSidedMass(y: number): number {
  if (Math.abs(y) > 9) return Math.sign(y);
  let term = y;
  let sum = y;
  for (let k = 3; Math.abs(term) > Math.abs(sum) * Number.EPSILON; k += 2) {
    term *= (y * y) / k;
    sum += term;
  }
  // Rounding may step over an end.
  return Math.min(1, Math.max(-1, sum * slope(y)));
}

/** Its derivative, 2φ(y). */
const slope = (y: number): number => Math.sqrt(2 / Math.PI) * Math.exp((-y * y) / 2);

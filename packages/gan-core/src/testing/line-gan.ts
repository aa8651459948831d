import type { Gan } from "../gan.ts";
import { drawLatents, type LatentPrior } from "../latent-prior.ts";

/** A generator that gives its only latent, with any score of it. */
export function lineGan(
  prior: LatentPrior,
  score: (x: number) => number,
  slope: (x: number) => number,
): Gan<number[]> {
  const scoreGradients = (values: Float32Array) => ({
    scores: Array.from(values, score),
    gradients: Array.from(values, slope),
  });
  return {
    output: "logit",
    generate: (count, random) => Array.from(drawLatents(prior, count, 1, random)),
    score: (batch) => batch.map(score),
    latent: {
      size: 1,
      prior,
      draw: (count, random) => drawLatents(prior, count, 1, random),
      decode: (latents) => Array.from(latents),
      scoreGradients,
    },
    dataSpace: { size: 1, read: (batch) => batch, decode: (values) => Array.from(values), scoreGradients },
  };
}

import type { Gan } from "./gan.ts";

/** The GAN with other scores, which are logits. Gradients of the old ones are not taken over. */
export function rescoredGan<Batch>(gan: Gan<Batch>, score: Gan<Batch>["score"]): Gan<Batch> {
  const { latent } = gan;
  return {
    output: "logit",
    generate: (count, random) => gan.generate(count, random),
    score,
    ...(gan.toBatch && { toBatch: (samples) => gan.toBatch!(samples) }),
    ...(gan.take && { take: (batch, rows) => gan.take!(batch, rows) }),
    ...(gan.concat && { concat: (parts) => gan.concat!(parts) }),
    ...(gan.dispose && { dispose: (batch) => gan.dispose!(batch) }),
    ...(latent && {
      latent: {
        size: latent.size,
        ...(latent.prior && { prior: latent.prior }),
        draw: (count, random) => latent.draw(count, random),
        decode: (latents) => latent.decode(latents),
      },
    }),
  };
}

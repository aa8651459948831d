import * as tf from "@tensorflow/tfjs-core";
import type { GanLoss } from "./gan-loss.ts";

/** Options of {@link nonSaturatingLoss}. */
export interface NonSaturatingLossOptions {
  /** How far below 1 the discriminator's target for real samples lies, in [0, 0.5). Default 0; 0.1 is usual. */
  readonly labelSmoothing?: number;
}

/**
 * The loss of the original GAN on logits: cross-entropy for the discriminator, −E log D(G(z)) for the generator.
 *
 * The generator's form keeps a slope where the discriminator is sure, unlike the minimax E log(1 − D(G(z))). Written with
 * softplus(s) = log(1 + eˢ) it is exact for scores of any size. The discriminator must end without a sigmoid.
 *
 * @throws {RangeError} if `labelSmoothing` is outside [0, 0.5).
 * @see Goodfellow et al., "Generative adversarial nets", NeurIPS 2014, section 3; one-sided label smoothing: Salimans et al.,
 * "Improved techniques for training GANs", NeurIPS 2016, section 3.4.
 */
export function nonSaturatingLoss({ labelSmoothing = 0 }: NonSaturatingLossOptions = {}): GanLoss {
  if (!(labelSmoothing >= 0 && labelSmoothing < 0.5)) {
    throw new RangeError(`nonSaturatingLoss: labelSmoothing must be in [0, 0.5), got ${labelSmoothing}`);
  }
  return {
    name: "non-saturating",
    output: "logit",
    discriminator: (realScores, fakeScores) =>
      tf.tidy(() => {
        const loss: tf.Scalar = tf.add(meanSoftplus(tf.neg(realScores)), meanSoftplus(fakeScores));
        // (1 − ε) softplus(−s) + ε softplus(s) = softplus(−s) + ε s
        return labelSmoothing === 0 ? loss : tf.add(loss, tf.mul(labelSmoothing, tf.mean(realScores)));
      }),
    generator: (fakeScores) => tf.tidy(() => meanSoftplus(tf.neg(fakeScores))),
  };
}

function meanSoftplus(scores: tf.Tensor): tf.Scalar {
  return tf.mean(tf.softplus(scores));
}

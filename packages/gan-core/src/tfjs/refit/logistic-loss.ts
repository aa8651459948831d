import * as tf from "@tensorflow/tfjs-core";

/**
 * Mean log loss of logits, real rows and generated ones counting one half each: its best critic is log p(x)/q(x).
 *
 * @see Goodfellow et al., "Generative adversarial nets", NeurIPS 2014, equation 1.
 */
export function logisticLoss(real: tf.Tensor, fake: tf.Tensor): tf.Scalar {
  return tf.mul(0.5, tf.add(tf.mean(tf.softplus(tf.neg(real))), tf.mean(tf.softplus(fake))));
}

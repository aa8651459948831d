import type * as tf from "@tensorflow/tfjs-core";

/** The two sides of a GAN's game, as functions of raw scores. */
export interface GanLoss {
  discriminator(realScores: tf.Tensor, fakeScores: tf.Tensor): tf.Scalar;
  generator(fakeScores: tf.Tensor): tf.Scalar;
}

import * as tf from "@tensorflow/tfjs-core";
import type { GanLoss } from "./gan-loss.ts";

/**
 * Least-squares GAN with target 1 for real and 0 for generated samples.
 *
 * With this coding the best discriminator's score is P(real | x) itself, but nothing bounds it to [0, 1].
 *
 * @see Mao, Li, Xie, Lau, Wang and Smolley, "Least squares generative adversarial networks", ICCV 2017, equation 9.
 */
export const leastSquaresLoss: GanLoss = {
  discriminator: (realScores, fakeScores) =>
    tf.mul(0.5, tf.add(tf.mean(tf.square(tf.sub(realScores, 1))), tf.mean(tf.square(fakeScores)))),
  generator: (fakeScores) => tf.mul(0.5, tf.mean(tf.square(tf.sub(fakeScores, 1)))),
};

import * as tf from "@tensorflow/tfjs-core";
import type { GanLoss } from "./gan-loss.ts";

/**
 * The hinge loss: E max(0, 1 − D(x)) + E max(0, 1 + D(G(z))) against −E D(G(z)).
 *
 * The discriminator learns only from samples inside its margin. The score says on which side of it a sample lies; it is no
 * log odds, so calibrate it.
 *
 * @see Lim and Ye, "Geometric GAN", 2017, equations 10 and 11; Miyato et al., "Spectral normalization for generative
 * adversarial networks", ICLR 2018, equations 16 and 17.
 */
export function hingeLoss(): GanLoss {
  return {
    name: "hinge",
    output: "unbounded",
    discriminator: (realScores, fakeScores) =>
      tf.tidy(() => tf.add(tf.mean(tf.relu(tf.sub(1, realScores))), tf.mean(tf.relu(tf.add(1, fakeScores))))),
    generator: (fakeScores) => tf.tidy(() => tf.neg(tf.mean<tf.Scalar>(fakeScores))),
  };
}

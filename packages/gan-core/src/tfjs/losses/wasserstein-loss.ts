import * as tf from "@tensorflow/tfjs-core";
import type { GanLoss } from "./gan-loss.ts";

/**
 * The loss of the Wasserstein GAN: E D(G(z)) − E D(x) against −E D(G(z)).
 *
 * It has no minimum unless something bounds the critic's slope: `gradientPenalty` or `clipWeights`. The critic usually takes
 * several steps for one of the generator.
 *
 * @see Arjovsky, Chintala and Bottou, "Wasserstein generative adversarial networks", ICML 2017, algorithm 1.
 */
export function wassersteinLoss(): GanLoss {
  return {
    name: "Wasserstein",
    output: "unbounded",
    discriminator: (realScores, fakeScores) =>
      tf.tidy(() => tf.sub(tf.mean(fakeScores), tf.mean(realScores))),
    generator: (fakeScores) => tf.tidy(() => tf.neg(tf.mean<tf.Scalar>(fakeScores))),
  };
}

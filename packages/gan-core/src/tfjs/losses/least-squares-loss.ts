import * as tf from "@tensorflow/tfjs-core";
import type { GanLoss } from "./gan-loss.ts";

/** Options of {@link leastSquaresLoss}. */
export interface LeastSquaresLossOptions {
  /** The score that the discriminator should give real samples: b. Default 1; 0.9 smooths the label. */
  readonly realTarget?: number;
  /** The score that it should give generated samples: a. Default 0. */
  readonly fakeTarget?: number;
  /** The score that the generator wants for its samples: c. Default 1. */
  readonly generatorTarget?: number;
}

/**
 * The loss of the least-squares GAN: ½ E(D(x) − b)² + ½ E(D(G(z)) − a)² against ½ E(D(G(z)) − c)².
 *
 * With the default targets the best discriminator's score is P(real | x) itself, but nothing bounds it to [0, 1].
 *
 * @throws {RangeError} if a target is not finite, or real and generated samples have the same one.
 * @see Mao, Li, Xie, Lau, Wang and Smolley, "Least squares generative adversarial networks", ICCV 2017, equation 9.
 * @example
 * await trainGan({ generator, discriminator, real, steps, seed, loss: leastSquaresLoss({ realTarget: 0.9 }) });
 */
export function leastSquaresLoss(options: LeastSquaresLossOptions = {}): GanLoss {
  const { realTarget = 1, fakeTarget = 0, generatorTarget = 1 } = options;
  for (const [name, target] of Object.entries({ realTarget, fakeTarget, generatorTarget })) {
    if (!Number.isFinite(target)) {
      throw new RangeError(`leastSquaresLoss: ${name} must be finite, got ${target}`);
    }
  }
  if (realTarget === fakeTarget) {
    throw new RangeError(
      `leastSquaresLoss: realTarget must differ from fakeTarget, got ${realTarget} for both`,
    );
  }
  return {
    name: "least squares",
    output: "unbounded",
    discriminator: (realScores, fakeScores) =>
      tf.tidy(() => tf.add(halfSquare(realScores, realTarget), halfSquare(fakeScores, fakeTarget))),
    generator: (fakeScores) => tf.tidy(() => halfSquare(fakeScores, generatorTarget)),
  };
}

function halfSquare(scores: tf.Tensor, target: number): tf.Scalar {
  return tf.mul(0.5, tf.mean(tf.square(tf.sub(scores, target))));
}

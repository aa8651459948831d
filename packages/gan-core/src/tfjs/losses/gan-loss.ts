import type { ScoreKind } from "@mhgan/calibration";
import type * as tf from "@tensorflow/tfjs-core";

/** The two sides of a GAN's game, as functions of raw scores. */
export interface GanLoss {
  /** For logs and run files, such as "least squares". */
  readonly name: string;
  /** What the raw score of a discriminator trained with this loss says. */
  readonly output: ScoreKind;
  /**
   * What the discriminator minimises.
   * @param realScores - scores of real samples, of any shape.
   * @param fakeScores - scores of generated samples.
   */
  discriminator(realScores: tf.Tensor, fakeScores: tf.Tensor): tf.Scalar;
  /** What the generator minimises. */
  generator(fakeScores: tf.Tensor): tf.Scalar;
}

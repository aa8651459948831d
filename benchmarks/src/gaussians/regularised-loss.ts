import type { GanLoss } from "@mhgan/gan-core/tfjs";
import { integer, normal, type RandomStream } from "@mhgan/mcmc";
import * as tf from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";

/** How far to either side of a point its slope is looked at: small against the modes, whose sd is 0.035. */
const STEP = 0.005;

/**
 * The non-saturating loss, with the penalty that keeps a discriminator flat at real points: γ/2 · E |∇D|². The square of the gradient is that of the
 * slope in random directions v ~ N(0, I), whose mean it is, so first derivatives suffice.
 *
 * @param points - the training data, row after row.
 * @param options - `gamma`: called once for each update of the discriminator. `batchSize`: points in a penalty, drawn from `random`.
 * @see Mescheder, Geiger and Nowozin, "Which training methods for GANs do actually converge?", ICML 2018, equation 9.
 */
export function regularisedLoss(
  discriminator: LayersModel,
  points: Float32Array,
  options: { readonly gamma: () => number; readonly batchSize: number; readonly random: RandomStream },
): GanLoss {
  const { gamma, batchSize, random } = options;
  const score = (x: tf.Tensor): tf.Tensor => discriminator.apply(x, { training: true }) as tf.Tensor;
  const penalty = (): tf.Scalar => {
    const ahead = new Float32Array(2 * batchSize);
    const behind = new Float32Array(2 * batchSize);
    for (let i = 0; i < batchSize; i++) {
      const row = integer(random, points.length / 2);
      for (const axis of [0, 1]) {
        const x = points[2 * row + axis]!;
        const step = STEP * normal(random);
        ahead[2 * i + axis] = x + step;
        behind[2 * i + axis] = x - step;
      }
    }
    const [a, b] = [tf.tensor2d(ahead, [batchSize, 2]), tf.tensor2d(behind, [batchSize, 2])];
    const slopes = tf.div(tf.sub(score(a), score(b)), 2 * STEP);
    return tf.mul(gamma() / 2, tf.mean(tf.square(slopes))) as tf.Scalar;
  };
  return {
    discriminator: (real, fake) =>
      tf.add(tf.add(tf.mean(tf.softplus(tf.neg(real))), tf.mean(tf.softplus(fake))), penalty()),
    generator: (fake) => tf.mean(tf.softplus(tf.neg(fake))),
  };
}

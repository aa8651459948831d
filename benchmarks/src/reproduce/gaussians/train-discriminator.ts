import { adam, cosineDecay, weightAverage } from "@mhgan/gan-core/tfjs";
import { integer, normal, type RandomStream } from "@mhgan/mcmc";
import * as tf from "@tensorflow/tfjs-core";
import type { Networks } from "./networks.ts";
import type { DiscriminatorTraining } from "./recipe.ts";

/**
 * Trains the discriminator on, by the logistic loss alone, while the generator stays as it is. What it faced before were the weights of
 * the last steps, not their average, and a penalty kept it flat.
 *
 * @param points - the training data, row after row.
 * @see Azadi et al., "Discriminator rejection sampling", ICLR 2019, section 3.2 ("KeepTrain").
 */
export function trainDiscriminator(
  { generator, discriminator }: Networks,
  points: Float32Array,
  options: DiscriminatorTraining & { readonly random: RandomStream },
): void {
  const { steps, batchSize, learningRate, average, random } = options;
  const latentSize = generator.inputs[0]!.shape[1]!;
  const optimizer = adam({ learningRate });
  const rate = cosineDecay();
  const variables = discriminator.trainableWeights.map((weight) => weight.read() as tf.Variable);
  const mean = weightAverage(variables, { decay: average });
  for (let step = 0; step < steps; step++) {
    optimizer.learningRate = learningRate * rate(step, steps);
    const latents = Float32Array.from({ length: batchSize * latentSize }, () => normal(random));
    const real = new Float32Array(2 * batchSize);
    for (let i = 0; i < batchSize; i++) {
      const row = integer(random, points.length / 2);
      real.set(points.subarray(2 * row, 2 * row + 2), 2 * i);
    }
    tf.tidy(() => {
      const fake = generator.predict(tf.tensor2d(latents, [batchSize, latentSize])) as tf.Tensor;
      const both = tf.concat([tf.tensor2d(real, [batchSize, 2]), fake]);
      const { grads } = tf.variableGrads(() => {
        const [realScores, fakeScores] = tf.split(
          discriminator.apply(both, { training: true }) as tf.Tensor,
          2,
        );
        return tf.add(
          tf.mean(tf.softplus(tf.neg(realScores!))),
          tf.mean(tf.softplus(fakeScores!)),
        ) as tf.Scalar;
      }, variables);
      optimizer.applyGradients(grads);
    });
    mean.update();
  }
  mean.copyTo(variables);
  mean.dispose();
  optimizer.dispose();
}

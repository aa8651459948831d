import type { ScoreKind } from "@mhgan/calibration";
import type { RandomStream } from "@mhgan/mcmc";
import * as tf from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import type { Gan } from "../gan.ts";
import { drawLatents } from "../latent-prior.ts";
import { scoreGradients, tensorDataSpace } from "./score-gradients.ts";

/** Options of {@link fromTfjs}. */
export interface FromTfjsOptions {
  /** What the discriminator's output says. It cannot be guessed from numbers, so it has no default. */
  readonly output: ScoreKind;
  /** At most this many samples go through a model in one call, to bound memory. Default 4096. */
  readonly batchSize?: number;
}

/**
 * A GAN of two TensorFlow.js models: batches are tensors and stay on the device; only scores are read back.
 *
 * The generator must have one input of shape [latent] and is fed standard normal vectors; the discriminator must give
 * one number a sample. Both run in inference mode.
 *
 * @throws {RangeError} if a model has another shape.
 */
export function fromTfjs(
  generator: LayersModel,
  discriminator: LayersModel,
  options: FromTfjsOptions,
): Gan<tf.Tensor> {
  const { output, batchSize = 4096 } = options;
  const size = generator.inputs[0]?.shape[1];
  if (generator.inputs.length !== 1 || generator.inputs[0]!.shape.length !== 2 || typeof size !== "number") {
    throw new RangeError(`fromTfjs: generator must take one input of shape [batch, latent]`);
  }
  const scoreShape = discriminator.outputs[0]?.shape.slice(1) ?? [];
  if (discriminator.outputs.length !== 1 || scoreShape.some((side) => side !== 1)) {
    throw new RangeError(`fromTfjs: discriminator must give one number a sample, got shape [${scoreShape}]`);
  }
  const decode = (latents: Float32Array): tf.Tensor =>
    tf.tidy(() => inBatches(generator, tf.tensor2d(latents, [latents.length / size, size]), batchSize));
  const draw = (count: number, random: RandomStream): Float32Array =>
    drawLatents("normal", count, size, random);
  return {
    output,
    latent: { size, draw, decode, scoreGradients: scoreGradients([generator, discriminator], batchSize) },
    dataSpace: tensorDataSpace(discriminator, batchSize),
    generate: (count, random) => decode(draw(count, random)),
    score: async (batch) => {
      const scores = tf.tidy(() => inBatches(discriminator, batch, batchSize));
      const values = await scores.data();
      scores.dispose();
      return values;
    },
    take: (batch, rows) =>
      tf.tidy(() => tf.gather(batch, tf.tensor1d(Int32Array.from(Array.from(rows)), "int32"))),
    concat: (batches) => tf.concat([...batches]),
    dispose: (batch) => batch.dispose(),
  };
}

function inBatches(model: LayersModel, input: tf.Tensor, batchSize: number): tf.Tensor {
  const rows = input.shape[0]!;
  const apply = (part: tf.Tensor) => model.apply(part, { training: false }) as tf.Tensor;
  if (rows <= batchSize) return apply(input);
  const parts: tf.Tensor[] = [];
  for (let first = 0; first < rows; first += batchSize) {
    const part = tf.tidy(() => apply(tf.slice(input, first, Math.min(batchSize, rows - first))));
    parts.push(part);
  }
  return tf.concat(parts);
}

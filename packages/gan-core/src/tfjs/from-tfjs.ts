import type { ScoreKind } from "@mhgan/calibration";
import type { RandomStream } from "@mhgan/mcmc";
import * as tf from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { checkedScores, checkOutput } from "../checked-scores.ts";
import type { Gan } from "../gan.ts";
import { checkPrior, drawLatents, type LatentPrior } from "../latent-prior.ts";
import { arrayBatchOf, sizeOf } from "../plain-samples.ts";
import { finalSigmoid } from "./final-sigmoid.ts";
import { scoreGradients, tensorDataSpace } from "./score-gradients.ts";

/** Options of {@link fromTfjs}. */
export interface FromTfjsOptions {
  /** What the discriminator's output says. It cannot be guessed from numbers, so it has no default. */
  readonly output: ScoreKind;
  /** Law of the latent vectors that the generator was trained on. Default `"normal"`. */
  readonly latent?: LatentPrior;
  /** At most this many samples go through a model in one call, to bound memory. Default 4096. */
  readonly batchSize?: number;
}

/**
 * A GAN of two TensorFlow.js models: batches are tensors and stay on the device; only scores are read back. Both run in inference mode.
 *
 * The generator must take one latent vector a sample, of shape [latent] or with sides of 1 besides, as [1, 1, latent]; the discriminator must
 * take what the generator gives, and give one number a sample. Real samples may be given as tensors, `{ data, shape }` or nested lists.
 *
 * If `output` is `"probability"` and the discriminator ends in a sigmoid, the sigmoid is left out and the GAN's `output` is `"logit"`: float32
 * rounds a sigmoid to 1 from a logit of 17, where samples that differ would score the same. The models themselves are not changed or copied.
 *
 * @param generator - one input of shape [latent].
 * @param discriminator - takes what the generator gives; one number a sample.
 * @throws {RangeError} if a model has another shape or several inputs or outputs, or an option is off. The GAN's `score` throws if a score is
 * NaN or, where `output` says probabilities, not in [0, 1].
 *
 * @example
 * ```ts given discriminator generator
 * import { fromTfjs } from "@mhgan/gan-core/tfjs";
 * const gan = fromTfjs(generator, discriminator, { output: "unbounded" });
 * gan.output; // => "unbounded"
 * ```
 */
export function fromTfjs(
  generator: LayersModel,
  discriminator: LayersModel,
  options: FromTfjsOptions,
): Gan<tf.Tensor> {
  const { output, latent: prior = "normal", batchSize = 4096 } = options;
  checkOutput("fromTfjs", output);
  checkPrior("fromTfjs", prior);
  if (!(Number.isSafeInteger(batchSize) && batchSize >= 1)) {
    throw new RangeError(`fromTfjs: batchSize must be an integer from 1, got ${batchSize}`);
  }
  const latentShape = latentShapeOf(generator);
  const sampleShape = sampleShapeOf(generator, discriminator);
  const size = sizeOf(latentShape);
  const sigmoid = finalSigmoid(discriminator);
  if (output === "logit" && sigmoid !== undefined) {
    throw new RangeError(
      `fromTfjs: output must be "probability" for a discriminator that ends in a sigmoid (its logits are used all the same), got "logit"`,
    );
  }
  const usesLogits = output === "probability" && sigmoid !== undefined;
  const scored: ScoreKind = usesLogits ? "logit" : output;
  const discriminate = (batch: tf.Tensor): tf.Tensor => {
    const run = () => inBatches(discriminator, batch, batchSize);
    return usesLogits ? sigmoid.leftOut(run) : run();
  };
  const generate = (latents: tf.Tensor): tf.Tensor => inBatches(generator, latents, batchSize);
  const decode = (latents: Float32Array): tf.Tensor =>
    tf.tidy(() => generate(tf.tensor(latents, [latents.length / size, ...latentShape])));
  const draw = (count: number, random: RandomStream): Float32Array => drawLatents(prior, count, size, random);
  return {
    output: scored,
    latent: {
      size,
      prior,
      draw,
      decode,
      scoreGradients: scoreGradients((latents) => discriminate(generate(latents)), latentShape, batchSize),
    },
    ...(sampleShape.every((side) => side !== null) && {
      dataSpace: tensorDataSpace(discriminate, sampleShape as number[], batchSize),
    }),
    generate: (count, random) => decode(draw(count, random)),
    score: async (batch) => {
      const scores = tf.tidy(() => discriminate(batch));
      try {
        return checkedScores("fromTfjs", await scores.data(), batch.shape[0]!, scored);
      } finally {
        scores.dispose();
      }
    },
    toBatch: (samples) => {
      const { data, shape } = arrayBatchOf("fromTfjs: samples", samples, sampleShape);
      return tf.tensor(data instanceof Float32Array ? data : Float32Array.from(data), [...shape], "float32");
    },
    take: (batch, rows) =>
      tf.tidy(() => tf.gather(batch, tf.tensor1d(Int32Array.from(Array.from(rows)), "int32"))),
    concat: (batches) => tf.concat([...batches]),
    dispose: (batch) => batch.dispose(),
  };
}

function latentShapeOf(generator: LayersModel): number[] {
  const shape = generator.inputs[0]?.shape.slice(1) ?? [];
  const isVector = shape.length > 0 && shape.filter((side) => side !== 1).length <= 1;
  if (generator.inputs.length !== 1 || !isVector || shape.some((side) => typeof side !== "number")) {
    throw new RangeError(
      `fromTfjs: generator must take one input of shape [batch, latent], got ${shapesOf(generator.inputs)}`,
    );
  }
  if (generator.outputs.length !== 1) {
    throw new RangeError(`fromTfjs: generator must give one output, got ${shapesOf(generator.outputs)}`);
  }
  return shape as number[];
}

/** What the generator gives and the discriminator takes; null for a side that may be any. */
function sampleShapeOf(generator: LayersModel, discriminator: LayersModel): (number | null)[] {
  const scoreShape = discriminator.outputs[0]?.shape.slice(1) ?? [];
  if (discriminator.outputs.length !== 1 || scoreShape.some((side) => side !== 1)) {
    throw new RangeError(
      `fromTfjs: discriminator must give one number a sample, got shape ${shapesOf(discriminator.outputs)}`,
    );
  }
  if (discriminator.inputs.length !== 1) {
    throw new RangeError(
      `fromTfjs: discriminator must take one input, got ${shapesOf(discriminator.inputs)}`,
    );
  }
  const made = generator.outputs[0]!.shape.slice(1);
  const taken = discriminator.inputs[0]!.shape.slice(1);
  const fits =
    made.length === taken.length &&
    made.every((side, axis) => side === null || taken[axis] === null || side === taken[axis]);
  if (!fits) {
    throw new RangeError(
      `fromTfjs: discriminator must take what generator gives, [${made}], got an input of [${taken}]`,
    );
  }
  return taken.map((side, axis) => side ?? made[axis]!);
}

const shapesOf = (tensors: readonly { readonly shape: readonly (number | null)[] }[]): string =>
  tensors.map(({ shape }) => `[${shape.slice(1)}]`).join(" and ");

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

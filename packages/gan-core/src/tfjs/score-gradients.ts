import * as tf from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import type { DataSpace, ScoreGradients } from "../gan.ts";

/**
 * Makes the function that scores rows of numbers and gives the gradient of each score with respect to its own row: one forward and one
 * backward pass of the models for each batch, in inference mode.
 *
 * @param models - applied one after the other: generator and discriminator for gradients by latents, the discriminator alone for gradients
 * by samples. A row may not change the score of another.
 */
export function scoreGradients(
  models: readonly LayersModel[],
  batchSize: number,
): (values: Float32Array) => Promise<ScoreGradients> {
  const shape = rowShape(models[0]!) as number[];
  const size = sizeOf(shape);
  const score = (input: tf.Tensor): tf.Tensor => {
    let output = input;
    for (const model of models) output = model.apply(output, { training: false }) as tf.Tensor;
    return tf.reshape(output, [-1]);
  };
  // The gradient of the sum of all scores: each of them depends on its own row alone.
  const withGradient = tf.valueAndGrad(score);
  return async (values) => {
    const rows = values.length / size;
    const scores = new Float32Array(rows);
    const gradients = new Float32Array(values.length);
    for (let begin = 0; begin < rows; begin += batchSize) {
      const end = Math.min(begin + batchSize, rows);
      const { value, grad } = tf.tidy(() => {
        const input = tf.tensor(values.slice(begin * size, end * size), [end - begin, ...shape]);
        return withGradient(input, tf.ones([end - begin]));
      });
      try {
        scores.set(await value.data(), begin);
        gradients.set(await grad.data(), begin * size);
      } finally {
        tf.dispose([value, grad]);
      }
    }
    return { scores, gradients };
  };
}

/** The input of a discriminator as rows of numbers, with the gradients of its scores, if the shape of that is known. */
export function tensorDataSpace(
  discriminator: LayersModel,
  batchSize: number,
): DataSpace<tf.Tensor> | undefined {
  const shape = rowShape(discriminator);
  if (shape.includes(null)) return undefined;
  const size = sizeOf(shape);
  return {
    size,
    read: (batch) => batch.data(),
    decode: (values) => tf.tensor(values, [values.length / size, ...(shape as number[])]),
    scoreGradients: scoreGradients([discriminator], batchSize),
  };
}

/** The shape of one row of a model's input; null where a side may be of any length. */
const rowShape = (model: LayersModel): (number | null)[] => model.inputs[0]!.shape.slice(1);

const sizeOf = (shape: readonly (number | null)[]): number =>
  shape.reduce<number>((product, side) => product * side!, 1);

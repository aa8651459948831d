import * as tf from "@tensorflow/tfjs-core";
import type { DataSpace, ScoreGradients } from "../gan.ts";
import { sizeOf } from "../plain-samples.ts";

/**
 * Makes the function that scores rows of numbers and gives the gradient of each score with respect to its own row: one forward and one
 * backward pass of the models for each batch.
 *
 * @param score - scores a batch, in inference mode: by way of the generator for gradients by latents. A row may not change the score of another.
 * @param shape - of one row.
 */
export function scoreGradients(
  score: (input: tf.Tensor) => tf.Tensor,
  shape: readonly number[],
  batchSize: number,
): (values: Float32Array) => Promise<ScoreGradients> {
  const size = sizeOf(shape);
  // The gradient of the sum of all scores: each of them depends on its own row alone.
  const withGradient = tf.valueAndGrad((input: tf.Tensor) => tf.reshape(score(input), [-1]));
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

/** Samples of a known shape as rows of numbers, with the gradients of their scores. */
export function tensorDataSpace(
  score: (samples: tf.Tensor) => tf.Tensor,
  shape: readonly number[],
  batchSize: number,
): DataSpace<tf.Tensor> {
  const size = sizeOf(shape);
  return {
    size,
    read: (batch) => batch.data(),
    decode: (values) => tf.tensor(values, [values.length / size, ...shape]),
    scoreGradients: scoreGradients(score, shape, batchSize),
  };
}

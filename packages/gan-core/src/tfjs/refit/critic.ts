import type { RandomStream } from "@mhgan/mcmc";
import * as tf from "@tensorflow/tfjs-core";
import type { LayersModel, Sequential } from "@tensorflow/tfjs-layers";
import type { Rows } from "../../batch-rows.ts";
import { perceptronLayers } from "../multilayer-perceptron.ts";

/** Rows that go through a critic in one call, to bound memory. */
const CHUNK = 4096;

/** A network that tells real rows from generated ones: its logit is an estimate of log p(x)/q(x). */
export interface Critic {
  readonly model: LayersModel;
  /** One logit a row, in a tensor of shape [rows]. */
  logits(rows: tf.Tensor, training: boolean): tf.Tensor;
  scores(rows: Rows): Promise<Float64Array>;
  dispose(): void;
}

/** Fully connected layers behind an encoding of the rows. */
export function perceptronCritic(
  encoding: Sequential,
  hidden: readonly number[],
  random: RandomStream,
): Critic {
  const [, inputs] = encoding.outputs[0]!.shape;
  for (const layer of perceptronLayers({ inputs: inputs!, outputs: 1, hidden, random })) encoding.add(layer);
  return criticOf(encoding);
}

/** A network on rows as they are. */
export function criticOf(model: LayersModel): Critic {
  const logits = (rows: tf.Tensor, training: boolean): tf.Tensor =>
    tf.tidy(() => tf.reshape(model.apply(rows, { training }) as tf.Tensor, [rows.shape[0]!]));
  return {
    model,
    logits,
    scores: async ({ data, shape: [count, ...shape] }) => {
      const size = shape.reduce((product, side) => product * side, 1);
      const scores = new Float64Array(count);
      for (let first = 0; first < count; first += CHUNK) {
        const last = Math.min(count, first + CHUNK);
        const part = tf.tidy(() =>
          logits(tf.tensor(data.subarray(first * size, last * size), [last - first, ...shape]), false),
        );
        scores.set(await part.data(), first);
        part.dispose();
      }
      return scores;
    },
    dispose: () => {
      model.dispose();
    },
  };
}

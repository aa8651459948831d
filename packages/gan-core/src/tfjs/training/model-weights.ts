import * as tf from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { readValues } from "../optimizers/variable-values.ts";

/** The variables of a model; `"all"` also has those without gradients, such as the moving statistics of batch normalisation. */
export function variablesOf(model: LayersModel, which: "trainable" | "all"): tf.Variable[] {
  const weights = which === "trainable" ? model.trainableWeights : model.weights;
  // tfjs-layers wraps each variable; the wrapped one is what gradients and optimizers need, and its type hides it.
  return weights.map((weight) => (weight as unknown as { val: tf.Variable }).val);
}

/** Copies of all weights of a model. */
export function readWeights(model: LayersModel): Promise<Float32Array[]> {
  return Promise.all(variablesOf(model, "all").map(readValues));
}

/**
 * Gives a model other weights, all or, if they do not fit, none.
 *
 * @throws {RangeError} if their number or sizes are not the model's.
 */
export function assignWeights(model: LayersModel, weights: readonly Float32Array[], name: string): void {
  const variables = variablesOf(model, "all");
  const sizes = variables.map(({ size }) => size).join(", ");
  const given = weights.map((values) => values.length).join(", ");
  if (given !== sizes) {
    throw new RangeError(`trainGan: weights of the ${name} must be arrays of ${sizes} values, got ${given}`);
  }
  tf.tidy(() => {
    variables.forEach((variable, i) => {
      variable.assign(tf.tensor(weights[i]!.slice(), variable.shape, "float32"));
    });
  });
}

/** The first value that is not finite, if any. */
export function notFinite(weights: readonly Float32Array[]): number | undefined {
  for (const values of weights) {
    for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i]!)) return values[i]!;
  }
  return undefined;
}

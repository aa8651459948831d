import * as tf from "@tensorflow/tfjs-core";
import { initializers, layers } from "@tensorflow/tfjs-layers";

/** Options of {@link InputEncodingLayer}, besides those of every layer. */
export interface InputEncodingOptions {
  readonly inputShape?: number[];
  readonly name?: string;
  /** How many sines and cosines are appended. */
  readonly frequencies: number;
}

/**
 * Standardises the numbers of a row and appends sines and cosines of combinations of them, with weights that are not trained: means,
 * one over the standard deviations and, a column each, the frequencies. What stands first in a critic, as a layer, so that it is saved with it.
 */
export class InputEncodingLayer extends layers.Layer {
  static readonly className = "MhganInputEncoding";
  readonly frequencies: number;

  constructor(config: InputEncodingOptions) {
    const { frequencies, ...rest } = config;
    super(rest);
    if (!(Number.isSafeInteger(frequencies) && frequencies >= 0)) {
      throw new RangeError(`InputEncodingLayer: frequencies must be an integer from 0, got ${frequencies}`);
    }
    this.frequencies = frequencies;
    this.trainable_ = false;
  }

  override build(inputShape: Parameters<layers.Layer["build"]>[0]): void {
    const size = rowSize(inputShape as number[]);
    const add = (name: string, shape: number[]) =>
      this.addWeight(name, shape, "float32", initializers.zeros(), undefined, false);
    add("means", [size]);
    add("scales", [size]);
    if (this.frequencies > 0) add("waves", [size, this.frequencies]);
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const rows = Array.isArray(inputs) ? inputs[0]! : inputs;
      // tfjs-layers wraps each variable, and its type hides it.
      const [means, scales, waves] = this.weights.map(
        (weight) => (weight as unknown as { val: tf.Variable }).val,
      );
      const flat = tf.reshape(rows, [rows.shape[0]!, means!.shape[0]!]);
      const standard = tf.mul(tf.sub(flat, means!), scales!);
      if (waves === undefined) return standard;
      const phases = tf.matMul(standard as tf.Tensor2D, waves as tf.Variable<tf.Rank.R2>);
      return tf.concat([standard, tf.sin(phases), tf.cos(phases)], 1);
    });
  }

  override computeOutputShape(inputShape: Parameters<layers.Layer["computeOutputShape"]>[0]): number[] {
    const [rows] = inputShape as number[];
    return [rows!, rowSize(inputShape as number[]) + 2 * this.frequencies];
  }

  override getConfig(): ReturnType<layers.Layer["getConfig"]> {
    return { ...super.getConfig(), frequencies: this.frequencies };
  }
}

const rowSize = ([, ...shape]: readonly number[]): number => shape.reduce((size, side) => size * side, 1);

// With it `tf.loadLayersModel` knows the name.
tf.serialization.registerClass(
  InputEncodingLayer as unknown as Parameters<typeof tf.serialization.registerClass>[0],
);

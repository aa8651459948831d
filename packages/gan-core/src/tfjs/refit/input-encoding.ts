import type { RandomStream } from "@mhgan/mcmc";
import * as tf from "@tensorflow/tfjs-core";
import { type Rows, rowSize } from "../../batch-rows.ts";
import { fourierFrequencies, structureScale } from "./fourier-frequencies.ts";
import { standardisationOf } from "./standardisation.ts";

/** What stands between the rows that a critic is given and the layers of its network. */
export interface InputEncoding {
  /** Numbers in an encoded row. */
  readonly width: number;
  /** Rows of any shape in, [rows, width] out; differentiable. */
  encode(rows: tf.Tensor): tf.Tensor;
  dispose(): void;
}

/**
 * Standardises columns and appends sines and cosines of random combinations of them, with which a small network learns what is fine.
 *
 * @param frequencies - how many combinations; 0 for none.
 * @see Tancik et al., "Fourier features let networks learn high frequency functions in low dimensional domains", NeurIPS 2020.
 */
export function inputEncoding(
  real: Rows,
  fake: Rows,
  frequencies: number,
  random: RandomStream,
): InputEncoding {
  const dimensions = rowSize(real.shape);
  const { means, scales } = standardisationOf(real, fake);
  const mean = tf.tensor1d(means);
  const scale = tf.tensor1d(scales);
  const waves =
    frequencies === 0
      ? undefined
      : tf.tensor2d(
          fourierFrequencies(
            dimensions,
            frequencies,
            structureScale({
              data: real.data.map((value, i) => (value - means[i % dimensions]!) * scales[i % dimensions]!),
              dimensions,
            }),
            random,
          ),
          [dimensions, frequencies],
        );
  return {
    width: dimensions + 2 * frequencies,
    encode: (rows) =>
      tf.tidy(() => {
        const flat = tf.reshape(rows, [rows.shape[0]!, dimensions]);
        const standard = tf.mul(tf.sub(flat, mean), scale);
        if (waves === undefined) return standard;
        const phases = tf.matMul(standard as tf.Tensor2D, waves);
        return tf.concat([standard, tf.sin(phases), tf.cos(phases)], 1);
      }),
    dispose: () => tf.dispose(waves === undefined ? [mean, scale] : [mean, scale, waves]),
  };
}

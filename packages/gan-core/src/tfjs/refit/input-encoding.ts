import type { RandomStream } from "@mhgan/mcmc";
import * as tf from "@tensorflow/tfjs-core";
import { type Sequential, sequential } from "@tensorflow/tfjs-layers";
import { type Rows, rowSize } from "../../batch-rows.ts";
import { fourierFrequencies, structureScale } from "./fourier-frequencies.ts";
import { InputEncodingLayer } from "./input-encoding-layer.ts";
import { standardisationOf } from "./standardisation.ts";

/**
 * A critic that has its first layer only: it standardises columns and appends sines and cosines of random combinations of them, with which a small network
 * learns what is fine.
 *
 * @param frequencies - how many combinations; 0 for none.
 * @see Tancik et al., "Fourier features let networks learn high frequency functions in low dimensional domains", NeurIPS 2020.
 */
export function inputEncoding(real: Rows, fake: Rows, frequencies: number, random: RandomStream): Sequential {
  const [, ...inputShape] = real.shape;
  const dimensions = rowSize(real.shape);
  const { means, scales } = standardisationOf(real, fake);
  const weights: [Float32Array, number[]][] = [
    [means, [dimensions]],
    [scales, [dimensions]],
  ];
  if (frequencies > 0) {
    const standard = real.data.map((value, i) => (value - means[i % dimensions]!) * scales[i % dimensions]!);
    const scale = structureScale({ data: standard, dimensions });
    weights.push([fourierFrequencies(dimensions, frequencies, scale, random), [dimensions, frequencies]]);
  }
  const layer = new InputEncodingLayer({ inputShape, frequencies });
  const model = sequential({ layers: [layer] });
  tf.tidy(() => layer.setWeights(weights.map(([values, shape]) => tf.tensor(values, shape))));
  return model;
}

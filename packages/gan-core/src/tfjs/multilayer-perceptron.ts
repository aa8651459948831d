import type { RandomStream } from "@mhgan/mcmc";
import { type LayersModel, layers, sequential } from "@tensorflow/tfjs-layers";
import { seededInitializers } from "./seeded-initializers.ts";

/** Options of {@link multilayerPerceptron}. */
export interface MultilayerPerceptronOptions {
  readonly inputs: number;
  readonly outputs: number;
  /** Units of each hidden layer. Default [100, 100, 100], as in the MH-GAN paper's 25 Gaussians. */
  readonly hidden?: readonly number[];
  /** Source of the initial weights. */
  readonly random: RandomStream;
}

/**
 * Fully connected layers with ReLU between them and a linear output: generator or discriminator for points.
 *
 * @see Turner et al., ICML 2019, section 5.1: "four fully connected layers with ReLU activations", 100 units.
 */
export function multilayerPerceptron(options: MultilayerPerceptronOptions): LayersModel {
  const { inputs, outputs, hidden = [100, 100, 100], random } = options;
  const initial = seededInitializers(random);
  const model = sequential();
  const widths = [inputs, ...hidden, outputs];
  widths.slice(1).forEach((units, i) => {
    const width = widths[i]!;
    model.add(
      layers.dense({
        units,
        ...(i === 0 ? { inputShape: [inputs] } : {}),
        ...(i === hidden.length ? {} : { activation: "relu" }),
        // Random biases too: with a latent space as small as two dimensions, zero biases start with few linear pieces.
        kernelInitializer: initial.linear(width),
        biasInitializer: initial.linear(width),
      }),
    );
  });
  return model;
}

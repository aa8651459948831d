import type { RandomStream } from "@mhgan/mcmc";
import { type LayersModel, layers, sequential } from "@tensorflow/tfjs-layers";
import { activationLayer, type HiddenActivation } from "./hidden-activation.ts";
import { seededInitializers } from "./seeded-initializers.ts";

/** Options of {@link multilayerPerceptron}. */
export interface MultilayerPerceptronOptions {
  /** Numbers that a sample is given as, such as the length of a latent. */
  readonly inputs: number;
  /** Numbers that come out for each sample. */
  readonly outputs: number;
  /** Units of each hidden layer. Default [100, 100, 100], as in the MH-GAN paper's 25 Gaussians. */
  readonly hidden?: readonly number[];
  /** Default "relu", as there. */
  readonly activation?: HiddenActivation;
  /** Source of the initial weights. */
  readonly random: RandomStream;
}

/**
 * Fully connected layers with ReLU or another activation between them and a linear output: generator or discriminator for points.
 *
 * @throws {RangeError} if there is no such activation.
 * @see Turner et al., ICML 2019, section 5.1: "four fully connected layers with ReLU activations", 100 units.
 */
export function multilayerPerceptron(options: MultilayerPerceptronOptions): LayersModel {
  return sequential({ layers: perceptronLayers(options) });
}

/** The layers of {@link multilayerPerceptron}, to stand behind others. */
export function perceptronLayers(options: MultilayerPerceptronOptions): layers.Layer[] {
  const { inputs, outputs, hidden = [100, 100, 100], activation = "relu", random } = options;
  const initial = seededInitializers(random);
  const widths = [inputs, ...hidden, outputs];
  return widths.slice(1).flatMap((units, i) => {
    const width = widths[i]!;
    const last = i === hidden.length;
    const dense = layers.dense({
      units,
      ...(i === 0 ? { inputShape: [inputs] } : {}),
      // A layer of its own would do too; this is one operation where no gradient is wanted.
      ...(activation === "relu" && !last ? { activation } : {}),
      // Random biases too: with a latent space as small as two dimensions, zero biases start with few linear pieces.
      kernelInitializer: initial.linear(width),
      biasInitializer: initial.linear(width),
    });
    const own = activation !== "relu" && !last;
    return own ? [dense, activationLayer("multilayerPerceptron", activation)] : [dense];
  });
}

import type { RandomStream } from "@mhgan/mcmc";
import { type LayersModel, layers, sequential } from "@tensorflow/tfjs-layers";
import { activationLayer, type HiddenActivation } from "./hidden-activation.ts";
import { seededInitializers } from "./seeded-initializers.ts";

/** Options of {@link dcganGenerator} and {@link dcganDiscriminator}. */
export interface DcganOptions {
  /** Length of the latent vector. Default 64. Generator only. */
  readonly latent?: number;
  /** Channels at half and at quarter resolution. Default [32, 64]. */
  readonly channels?: readonly [number, number];
  /** Height and width of the images, divisible by 4, and their channels. Default [28, 28, 1]. */
  readonly image?: readonly [number, number, number];
  /** Default "leakyRelu". */
  readonly activation?: HiddenActivation;
  /** Source of the initial weights. */
  readonly random: RandomStream;
}

// Batch normalisation uses running statistics when it generates: momentum 0.9 keeps them close to weights that still move.
// Kernel 4 with stride 2: every output pixel gets equally many contributions, so no checkerboard.
const upOrDown = { kernelSize: 4, strides: 2, padding: "same" } as const;

/**
 * A small convolutional generator: a latent vector to an image in [−1, 1].
 *
 * @see Radford, Metz and Chintala, "Unsupervised representation learning with deep convolutional GANs", ICLR 2016.
 */
export function dcganGenerator(options: DcganOptions): LayersModel {
  const { latent = 64, channels = [32, 64], image = [28, 28, 1], activation = "leakyRelu", random } = options;
  const [height, width, depth] = checked("dcganGenerator", image);
  const initial = seededInitializers(random);
  const block = { useBias: false, kernelInitializer: initial.normal(0.05) };
  const model = sequential();
  model.add(
    layers.dense({ units: (height / 4) * (width / 4) * channels[1], inputShape: [latent], ...block }),
  );
  model.add(layers.batchNormalization({ momentum: 0.9 }));
  model.add(activationLayer("dcganGenerator", activation));
  model.add(layers.reshape({ targetShape: [height / 4, width / 4, channels[1]] }));
  model.add(
    layers.conv2dTranspose({
      filters: channels[0],
      ...upOrDown,
      useBias: false,
      kernelInitializer: initial.normal(0.05),
    }),
  );
  model.add(layers.batchNormalization({ momentum: 0.9 }));
  model.add(activationLayer("dcganGenerator", activation));
  model.add(
    layers.conv2dTranspose({
      filters: depth,
      ...upOrDown,
      activation: "tanh",
      kernelInitializer: initial.normal(0.05),
    }),
  );
  return model;
}

/** A small convolutional discriminator: an image to one unbounded score. */
export function dcganDiscriminator(options: DcganOptions): LayersModel {
  const { channels = [32, 64], image = [28, 28, 1], activation = "leakyRelu", random } = options;
  const inputShape = checked("dcganDiscriminator", image);
  const initial = seededInitializers(random);
  const model = sequential();
  channels.forEach((filters, i) => {
    const shape = i === 0 ? { inputShape } : {};
    model.add(layers.conv2d({ filters, ...upOrDown, kernelInitializer: initial.normal(0.05), ...shape }));
    model.add(activationLayer("dcganDiscriminator", activation));
  });
  model.add(layers.flatten());
  model.add(layers.dense({ units: 1, kernelInitializer: initial.normal(0.05) }));
  return model;
}

function checked(caller: string, image: readonly [number, number, number]): [number, number, number] {
  const [height, width, depth] = image;
  if (!(height > 0 && width > 0 && depth > 0) || height % 4 !== 0 || width % 4 !== 0) {
    throw new RangeError(
      `${caller}: image must be [height, width, channels], sides divisible by 4, got [${image}]`,
    );
  }
  return [height, width, depth];
}

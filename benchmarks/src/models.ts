import { initializers, layers, type Sequential, sequential } from "@tensorflow/tfjs-layers";

export interface Networks {
  readonly generator: Sequential;
  readonly discriminator: Sequential;
  readonly latentSize: number;
  readonly sampleShape: readonly number[];
}

/** A DCGAN for 28x28 images: Radford et al. (2016), with two strided layers on either side. */
export function dcgan(): Networks {
  const normal = (seed: number) => initializers.randomNormal({ mean: 0, stddev: 0.02, seed });
  const up = { kernelSize: 5, strides: 2, padding: "same" } as const;
  const generator = sequential({
    layers: [
      layers.dense({ units: 7 * 7 * 128, inputShape: [100], useBias: false, kernelInitializer: normal(1) }),
      layers.batchNormalization(),
      layers.leakyReLU({ alpha: 0.2 }),
      layers.reshape({ targetShape: [7, 7, 128] }),
      layers.conv2dTranspose({ ...up, filters: 64, useBias: false, kernelInitializer: normal(2) }),
      layers.batchNormalization(),
      layers.leakyReLU({ alpha: 0.2 }),
      layers.conv2dTranspose({ ...up, filters: 1, activation: "tanh", kernelInitializer: normal(3) }),
    ],
  });
  const discriminator = sequential({
    layers: [
      layers.conv2d({ ...up, filters: 64, inputShape: [28, 28, 1], kernelInitializer: normal(4) }),
      layers.leakyReLU({ alpha: 0.2 }),
      layers.conv2d({ ...up, filters: 128, kernelInitializer: normal(5) }),
      layers.leakyReLU({ alpha: 0.2 }),
      layers.flatten(),
      layers.dense({ units: 1, kernelInitializer: normal(6) }),
    ],
  });
  return { generator, discriminator, latentSize: 100, sampleShape: [28, 28, 1] };
}

/** Four dense layers on either side for samples in the plane, as the MH-GAN paper's 2-D experiments use with 100 units. */
export function mlp(units: number): Networks {
  const network = (outputs: number, seed: number): Sequential => {
    const normal = (i: number) => initializers.glorotNormal({ seed: seed + i });
    const hidden = (i: number) => layers.dense({ units, activation: "relu", kernelInitializer: normal(i) });
    return sequential({
      layers: [
        layers.dense({ units, activation: "relu", inputShape: [2], kernelInitializer: normal(0) }),
        hidden(1),
        hidden(2),
        layers.dense({ units: outputs, kernelInitializer: normal(3) }),
      ],
    });
  };
  return { generator: network(2, 1), discriminator: network(1, 11), latentSize: 2, sampleShape: [2] };
}

import { type CalibratedGan, calibrateGan, type Gan, type PlainSamples } from "@mhgan/gan-core";
import {
  fromTfjs,
  multilayerPerceptron,
  type RefitDiscriminator,
  refitDiscriminator,
  type TrainGanOptions,
  useBackend,
} from "@mhgan/gan-core/tfjs";
import { normal, randomStream } from "@mhgan/mcmc";
import { concat, square, type Tensor, type Tensor2D } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";

/**
 * What the examples of documents speak of and do not make themselves: a block fenced as `ts given gan real` finds `gan` and `real` of this file.
 * A small GAN of the plane, as it is before training.
 */
await useBackend("wasm");
const random = randomStream("what examples are given");

export const generator: LayersModel = multilayerPerceptron({
  inputs: 2,
  outputs: 2,
  hidden: [16, 16],
  random: random.split("g"),
});
export const discriminator: LayersModel = multilayerPerceptron({
  inputs: 2,
  outputs: 1,
  hidden: [16, 16],
  random: random.split("d"),
});
export const gan: Gan<Tensor> = fromTfjs(generator, discriminator, { output: "logit" });

const points = Float32Array.from({ length: 4000 }, () => 0.3 * normal(random));
export const real: PlainSamples = { data: points, shape: [2000, 2] };
export const calibrated: CalibratedGan<Tensor> = await calibrateGan(gan, { real, seed: 1 });

/** Of points: their squares besides. */
export const features = (batch: Tensor): Tensor2D => concat([batch, square(batch)], 1) as Tensor2D;
export const refit: RefitDiscriminator<Tensor> = await refitDiscriminator(gan, {
  real,
  features,
  critics: 1,
  steps: 20,
  seed: 1,
});

/** A training that takes a moment. */
export const options: TrainGanOptions = {
  generator: multilayerPerceptron({ inputs: 2, outputs: 2, hidden: [8], random: random.split("G") }),
  discriminator: multilayerPerceptron({ inputs: 2, outputs: 1, hidden: [8], random: random.split("D") }),
  real,
  heldOutShare: 0.1,
  steps: 20,
  seed: 1,
};

import { adam } from "@mhgan/gan-core/tfjs";
import * as tf from "@tensorflow/tfjs-core";
import type { Sequential } from "@tensorflow/tfjs-layers";
import { ourWasm, stockWasm, stockWasmWithFilterGradient } from "./contenders.ts";
import {
  type Benchmark,
  type BenchmarkCase,
  type Contestant,
  millisecondsPerRun,
} from "./harness/benchmark.ts";
import { dcgan, mlp, type Networks } from "./models.ts";

interface Optimizer {
  applyGradients(gradients: tf.NamedTensorMap): void;
}

const rate = 2e-4;
const ours = (): Optimizer => adam({ learningRate: rate, beta1: 0.5 });
const stock = (): Optimizer => tf.train.adam(rate, 0.5) as unknown as Optimizer;

/** One update of the discriminator and one of the generator by the least-squares loss (Mao et al. 2017). */
function trainer(
  { generator, discriminator, latentSize, sampleShape }: Networks,
  batch: number,
  optimizer: () => Optimizer,
): () => void {
  const weights = (network: Sequential): tf.Variable[] =>
    network.trainableWeights.map((weight) => weight.read() as tf.Variable);
  const apply = (network: Sequential, x: tf.Tensor): tf.Tensor =>
    network.apply(x, { training: true }) as tf.Tensor;
  const distance = (scores: tf.Tensor, target: number): tf.Scalar =>
    tf.mean(tf.square(tf.sub(scores, target)));
  const [dWeights, gWeights] = [weights(discriminator), weights(generator)];
  const [dOptimizer, gOptimizer] = [optimizer(), optimizer()];
  const real = tf.randomUniform([batch, ...sampleShape], -1, 1, "float32", 7);
  const latent = (): tf.Tensor => tf.randomNormal([batch, latentSize]);
  const update = (loss: () => tf.Scalar, variables: tf.Variable[], by: Optimizer): void => {
    by.applyGradients(tf.variableGrads(loss, variables).grads);
  };
  return () => {
    tf.tidy(() => {
      const fake = apply(generator, latent());
      const loss = (): tf.Scalar =>
        tf.add(distance(apply(discriminator, real), 1), distance(apply(discriminator, fake), 0));
      update(loss, dWeights, dOptimizer);
    });
    tf.tidy(() => {
      const z = latent();
      update(() => distance(apply(discriminator, apply(generator, z)), 1), gWeights, gOptimizer);
    });
  };
}

interface Work {
  readonly networks: () => Networks;
  readonly batch: number;
  readonly warmUp: number;
  readonly steps: number;
}

function contestant(
  name: string,
  setUp: () => Promise<void>,
  optimizer: () => Optimizer,
  work: Work,
): Contestant {
  return {
    name,
    async prepare() {
      await setUp();
      const step = trainer(work.networks(), work.batch, optimizer);
      millisecondsPerRun(work.warmUp, step);
      return () => millisecondsPerRun(work.steps, step);
    },
  };
}

const images: Work = { networks: dcgan, batch: 64, warmUp: 1, steps: 1 };

const plane = (units: number): BenchmarkCase => {
  const work: Work = { networks: () => mlp(units), batch: 256, warmUp: 600, steps: 20 };
  return {
    name: `MLP, 3 x ${units} hidden, batch 256`,
    contestants: [
      contestant("gan-core", ourWasm, ours, work),
      contestant("stock wasm", stockWasm, stock, work),
    ],
  };
};

export const trainingStep: Benchmark = {
  name: "training-step",
  title: "Training step (one update of D and one of G, least-squares loss, Adam)",
  unit: "ms of processor time per step",
  better: "lower",
  repeats: 7,
  cases: [
    {
      name: "DCGAN 28x28, batch 64",
      contestants: [
        contestant("gan-core", ourWasm, ours, images),
        contestant("stock wasm", stockWasm, stock, images),
        contestant("stock wasm + filter gradient from tfjs ops", stockWasmWithFilterGradient, stock, images),
      ],
    },
    plane(128),
    plane(100),
  ],
};

import { adam } from "@mhgan/gan-core/tfjs";
import * as tf from "@tensorflow/tfjs-core";
import type { Sequential } from "@tensorflow/tfjs-layers";
import { ourWasm, stockWasm, stockWasmWithFilterGradient } from "./contenders.ts";
import { type GanWork, tensorflowPeer, torchPeer } from "./gan-peers.ts";
import {
  type Benchmark,
  type BenchmarkCase,
  type Contestant,
  millisecondsPerRun,
} from "./harness/benchmark.ts";
import { MissingPeer } from "./harness/missing-peer.ts";
import { seconds } from "./harness/seconds.ts";
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

interface Work extends Omit<GanWork, "task"> {
  readonly warmUp: number;
}

/** tfjs computes on one thread, whatever `threads` says: that is how many its peers have, and then the clock is looked at. */
function contestant(
  name: string,
  setUp: () => Promise<void>,
  optimizer: () => Optimizer,
  { architecture, units, batch, runs, threads, warmUp }: Work,
): Contestant {
  return {
    name,
    async prepare() {
      await setUp();
      const step = trainer(architecture === "dcgan" ? dcgan() : mlp(units), batch, optimizer);
      try {
        millisecondsPerRun(warmUp, step);
      } catch (error) {
        // Stock wasm lacks a kernel for convolutions; nothing that could be installed has it.
        throw /Kernel .* not registered/.test(String(error))
          ? new MissingPeer((error as Error).message)
          : error;
      }
      const run = async (): Promise<void> => {
        for (let i = 0; i < runs; i++) step();
      };
      return { measure: async () => (1000 * (await seconds(threads, run))) / runs };
    },
  };
}

function compare(name: string, work: Work, tfjs: readonly Contestant[] = []): BenchmarkCase {
  const { batch, threads } = work;
  const peers = { ...work, task: "training-step" } as const;
  const milliseconds = (secondsPerRun: number): number => 1000 * secondsPerRun;
  return {
    name: `${name}, batch ${batch}${threads === 1 ? "" : `, ${threads} threads for PyTorch and TensorFlow`}`,
    ...(threads > 1 && { unit: "ms per step on the clock" }),
    contestants: [
      contestant("gan-core", ourWasm, ours, work),
      ...tfjs,
      torchPeer(peers, milliseconds),
      tensorflowPeer(peers, milliseconds),
    ],
  };
}

const images: Work = { architecture: "dcgan", units: 0, batch: 64, runs: 1, threads: 1, warmUp: 1 };

function plane(units: number): BenchmarkCase {
  const work: Work = { architecture: "mlp", units, batch: 256, runs: 20, threads: 1, warmUp: 600 };
  return compare(`MLP, 3 x ${units} hidden`, work, [contestant("stock wasm", stockWasm, stock, work)]);
}

/** One update of either network. */
export const trainingStep: Benchmark = {
  name: "training-step",
  title: "Training step (one update of D and one of G, least-squares loss, Adam)",
  unit: "ms of processor time per step",
  better: "lower",
  repeats: 7,
  cases: [
    compare("DCGAN 28x28", images, [
      contestant("stock wasm", stockWasm, stock, images),
      contestant("stock wasm + filter gradient from tfjs ops", stockWasmWithFilterGradient, stock, images),
    ]),
    plane(128),
    plane(100),
    compare("DCGAN 28x28", { ...images, threads: 2 }),
  ],
};

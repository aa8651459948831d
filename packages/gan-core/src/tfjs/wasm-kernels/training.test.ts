import * as tf from "@tensorflow/tfjs-core";
import { layers, type Sequential, sequential } from "@tensorflow/tfjs-layers";
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { adam } from "../optimizers/adam.ts";
import { installWasmKernels } from "./install-wasm-kernels.ts";

/** A GAN of 8x8 images with every kind of layer that the kernels serve. */
function networks(): [generator: Sequential, discriminator: Sequential] {
  const generator = sequential({
    layers: [
      layers.dense({ units: 32, inputShape: [3], useBias: false }),
      layers.batchNormalization(),
      layers.reLU(),
      layers.reshape({ targetShape: [4, 4, 2] }),
      layers.conv2dTranspose({ filters: 1, kernelSize: 5, strides: 2, padding: "same", activation: "tanh" }),
    ],
  });
  const discriminator = sequential({
    layers: [
      layers.conv2d({ filters: 4, kernelSize: 3, strides: 2, padding: "same", inputShape: [8, 8, 1] }),
      layers.leakyReLU({ alpha: 0.2 }),
      layers.flatten(),
      layers.dense({ units: 1 }),
    ],
  });
  return [generator, discriminator];
}

/** Fixed numbers in [-1, 1]. */
function numbers(count: number, seed: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => Math.sin(12.9898 * (i + 1) * seed + seed));
}

function trainer(): { step: (index: number) => void; weights: tf.Variable[] } {
  const [generator, discriminator] = networks();
  const variables = (network: Sequential): tf.Variable[] =>
    network.trainableWeights.map((w) => w.read() as tf.Variable);
  const [gWeights, dWeights] = [variables(generator), variables(discriminator)];
  const weights = [...gWeights, ...dWeights];
  for (const [i, weight] of weights.entries()) {
    tf.tidy(() => weight.assign(tf.tensor(numbers(weight.size, i + 2), weight.shape)));
  }
  const [gOptimizer, dOptimizer] = [adam({ learningRate: 0.01 }), adam({ learningRate: 0.01 })];
  const apply = (network: Sequential, x: tf.Tensor): tf.Tensor =>
    network.apply(x, { training: true }) as tf.Tensor;
  const distance = (scores: tf.Tensor, target: number): tf.Scalar =>
    tf.mean(tf.square(tf.sub(scores, target)));
  const step = (index: number): void =>
    tf.tidy(() => {
      const z = tf.tensor2d(numbers(18, index + 1), [6, 3]);
      const real = tf.tensor4d(numbers(384, index + 50), [6, 8, 8, 1]);
      const fake = apply(generator, z);
      const dLoss = (): tf.Scalar =>
        tf.add(distance(apply(discriminator, real), 1), distance(apply(discriminator, fake), 0));
      dOptimizer.applyGradients(tf.variableGrads(dLoss, dWeights).grads);
      const gLoss = (): tf.Scalar => distance(apply(discriminator, apply(generator, z)), 1);
      gOptimizer.applyGradients(tf.variableGrads(gLoss, gWeights).grads);
    });
  return { step, weights };
}

async function weightsAfter(steps: number, backend: string): Promise<Float32Array[]> {
  await tf.setBackend(backend);
  const { step, weights } = trainer();
  for (let i = 0; i < steps; i++) step(i);
  return Promise.all(weights.map((weight) => weight.data<"float32">()));
}

beforeAll(() => installWasmKernels());
afterAll(() => tf.disposeVariables());

describe("training on wasm", () => {
  it("makes the weights that cpu makes", async () => {
    const expected = await weightsAfter(5, "cpu");
    const actual = await weightsAfter(5, "wasm");
    const gaps = actual.flatMap((values, w) =>
      Array.from(values, (value, i) => Math.abs(value - expected[w]![i]!)),
    );
    expect(Math.max(...gaps)).toBeLessThan(1e-5);
  });

  it("repeats to the bit", async () => {
    expect(await weightsAfter(5, "wasm")).toEqual(await weightsAfter(5, "wasm"));
  });

  it("leaks neither tensors nor buffers", async () => {
    await tf.setBackend("wasm");
    const { step } = trainer();
    step(0);
    const { numTensors, numDataBuffers } = tf.memory();
    const stored = tf.backend().numDataIds();
    for (let i = 1; i < 30; i++) step(i);
    expect(tf.memory()).toMatchObject({ numTensors, numDataBuffers });
    expect(tf.backend().numDataIds()).toBe(stored);
  });
});

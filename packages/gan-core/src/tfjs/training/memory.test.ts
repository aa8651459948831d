import { randomStream } from "@mhgan/mcmc";
import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { useBackend } from "../backend.ts";
import { multilayerPerceptron } from "../multilayer-perceptron.ts";
import { trainGan } from "../train-gan.ts";
import { currentWasmBackend } from "../wasm-kernels/wasm-backend.ts";

test("neither tensors nor the memory of wasm grow over 500 steps", async () => {
  await useBackend("wasm");
  const random = randomStream(1);
  const before = tf.memory().numTensors;
  const generator = multilayerPerceptron({ inputs: 2, outputs: 2, hidden: [32, 32], random });
  const discriminator = multilayerPerceptron({ inputs: 2, outputs: 1, hidden: [32, 32], random });
  const models = tf.memory().numTensors;
  const seen = new Map<number, { tensors: number; bytes: number }>();
  await trainGan({
    generator,
    discriminator,
    real: { data: Float32Array.from({ length: 4000 }, random), shape: [2000, 2] },
    heldOutShare: 0.1,
    steps: 500,
    seed: 1,
    generatorAverage: 0.99,
    criticSteps: 2,
    penalty: (critic, real) => tf.mean(tf.square(critic(real))) as tf.Scalar,
    penaltyEvery: 4,
    weightClip: 1,
    progressEvery: 50,
    checkpointEvery: 100,
    onProgress: ({ step }) => {
      const bytes = currentWasmBackend()!.wasm.HEAPU8.length;
      seen.set(step, { tensors: tf.memory().numTensors, bytes });
    },
  });
  for (let step = 150; step <= 500; step += 50) expect(seen.get(step)).toEqual(seen.get(100));
  expect(tf.memory().numTensors).toBe(models);
  generator.dispose();
  discriminator.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

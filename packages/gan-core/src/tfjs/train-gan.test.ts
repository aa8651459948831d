import { normal, randomStream } from "@mhgan/mcmc";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { useBackend } from "./backend.ts";
import { cosineDecay } from "./cosine-decay.ts";
import { dcganDiscriminator, dcganGenerator } from "./dcgan.ts";
import { multilayerPerceptron } from "./multilayer-perceptron.ts";
import { type TrainGanOptions, TrainingDivergedError, trainGan } from "./train-gan.ts";

beforeAll(async () => {
  await useBackend("wasm");
});

const random = randomStream("data");
const real = { data: Float32Array.from({ length: 4000 }, () => 3 + 0.5 * normal(random)), shape: [4000, 1] };

const models = (seed: number) => {
  const stream = randomStream(seed);
  return {
    generator: multilayerPerceptron({
      inputs: 1,
      outputs: 1,
      hidden: [16],
      random: stream.split("generator"),
    }),
    discriminator: multilayerPerceptron({
      inputs: 1,
      outputs: 1,
      hidden: [16],
      random: stream.split("discriminator"),
    }),
  };
};
const weightsOf = (model: TrainGanOptions["generator"]) =>
  model.getWeights().map((weight) => Array.from(weight.dataSync()));

describe("trainGan", () => {
  test("brings the generator to the data", async () => {
    const { generator, discriminator } = models(1);
    const seen: number[] = [];
    const last = await trainGan({
      generator,
      discriminator,
      real,
      steps: 600,
      seed: 1,
      learningRate: 5e-3,
      schedule: cosineDecay(),
      generatorAverage: 0.98,
      progressEvery: 200,
      onProgress: ({ step }) => seen.push(step),
    });
    const z = tf.tensor2d(
      Float32Array.from({ length: 2000 }, () => normal(random)),
      [2000, 1],
    );
    const { mean, variance } = tf.moments(generator.apply(z) as tf.Tensor);
    expect(mean.dataSync()[0]).toBeCloseTo(3, 0);
    expect(Math.sqrt(variance.dataSync()[0]!)).toBeGreaterThan(0.2);
    expect(Math.sqrt(variance.dataSync()[0]!)).toBeLessThan(1);
    expect(seen).toEqual([200, 400, 600]);
    expect(last).toMatchObject({ step: 600, totalSteps: 600 });
    // Beyond one half the discriminator is no better than a constant guess of 1/2, whose loss is 1/4.
    expect(last.discriminatorLoss).toBeLessThan(0.3);
  });

  test("same seed, same bits; another seed, others; and nothing leaks", async () => {
    const run = async (seed: number) => {
      const { generator, discriminator } = models(3);
      await trainGan({ generator, discriminator, real, steps: 3, seed, generatorAverage: 0.9 });
      const before = tf.memory().numTensors;
      await trainGan({ generator, discriminator, real, steps: 20, seed, generatorAverage: 0.9 });
      expect(tf.memory().numTensors).toBe(before);
      return [weightsOf(generator), weightsOf(discriminator)];
    };
    const first = await run(7);
    expect(await run(7)).toEqual(first);
    expect(await run(8)).not.toEqual(first);
  });

  test("trains convolutions on wasm", async () => {
    const image = [8, 8, 1] as const;
    const stream = randomStream(1);
    const generator = dcganGenerator({ image, latent: 4, channels: [4, 8], random: stream.split("g") });
    const discriminator = dcganDiscriminator({ image, channels: [4, 8], random: stream.split("d") });
    const before = weightsOf(generator);
    // The images are all white, so the generator's own must become brighter.
    const white = { data: new Float32Array(64 * 64).fill(1), shape: [64, ...image] };
    const z = tf.randomNormal([64, 4], 0, 1, "float32", 1);
    const brightness = () => tf.mean(generator.apply(z) as tf.Tensor).dataSync()[0]!;
    const dark = brightness();
    await trainGan({
      generator,
      discriminator,
      real: white,
      steps: 60,
      batchSize: 16,
      seed: 1,
      learningRate: 2e-3,
    });
    expect(weightsOf(generator)).not.toEqual(before);
    expect(brightness()).toBeGreaterThan(dark + 0.2);
  });

  test("stops when aborted", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    const { generator, discriminator } = models(1);
    const endless = trainGan({
      generator,
      discriminator,
      real,
      steps: 1e9,
      seed: 1,
      progressEvery: 1,
      signal: controller.signal,
      onProgress: ({ step }) => step === 3 && controller.abort(reason),
    });
    await expect(endless).rejects.toBe(reason);
  });

  test("says when the loss is no longer a number", async () => {
    const { generator, discriminator } = models(1);
    const poisoned = { data: Float32Array.of(Number.NaN), shape: [1, 1] };
    const run = trainGan({ generator, discriminator, real: poisoned, steps: 50, seed: 1, progressEvery: 10 });
    await expect(run).rejects.toBeInstanceOf(TrainingDivergedError);
    await expect(run).rejects.toMatchObject({ step: 10 });
  });

  test("refuses options that are off", async () => {
    const run = (options: Partial<TrainGanOptions>) =>
      trainGan({ ...models(1), real, steps: 1, seed: 1, ...options });
    await expect(run({ steps: 0 })).rejects.toThrow("steps must be an integer from 1, got 0");
    await expect(run({ batchSize: 1.5 })).rejects.toThrow("batchSize must be an integer from 1, got 1.5");
    await expect(run({ real: { data: new Float32Array(), shape: [0, 1] } })).rejects.toThrow(
      "at least one sample",
    );
    await expect(run({ learningRate: -1 })).rejects.toThrow("learningRate");
  });
});

test("cosineDecay falls from 1 to its floor", () => {
  const schedule = cosineDecay(0.1);
  expect(schedule(0, 100)).toBe(1);
  expect(schedule(50, 100)).toBeCloseTo(0.55, 12);
  expect(schedule(100, 100)).toBeCloseTo(0.1, 12);
});

test("a model is made of its stream alone", () => {
  expect(weightsOf(models(5).generator)).toEqual(weightsOf(models(5).generator));
  expect(weightsOf(models(5).generator)).not.toEqual(weightsOf(models(6).generator));
  expect(() => dcganGenerator({ image: [27, 28, 1], random: randomStream(1) })).toThrow("divisible by 4");
});

import { normal, randomStream } from "@mhgan/mcmc";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { useBackend } from "./backend.ts";
import { cosineDecay } from "./cosine-decay.ts";
import { dcganDiscriminator, dcganGenerator } from "./dcgan.ts";
import { multilayerPerceptron } from "./multilayer-perceptron.ts";
import { adam } from "./optimizers/adam.ts";
import { trainGan } from "./train-gan.ts";
import type { TrainGanOptions } from "./training/train-gan-options.ts";
import { TrainingDivergedError } from "./training/training-diverged-error.ts";

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
    const { progress: last } = await trainGan({
      generator,
      discriminator,
      real,
      heldOutShare: 0,
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
      await trainGan({
        generator,
        discriminator,
        real,
        heldOutShare: 0,
        steps: 3,
        seed,
        generatorAverage: 0.9,
      });
      const before = tf.memory().numTensors;
      await trainGan({
        generator,
        discriminator,
        real,
        heldOutShare: 0,
        steps: 20,
        seed,
        generatorAverage: 0.9,
      });
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
      heldOutShare: 0,
      steps: 60,
      batchSize: 16,
      seed: 1,
      learningRate: 2e-3,
    });
    expect(weightsOf(generator)).not.toEqual(before);
    expect(brightness()).toBeGreaterThan(dark + 0.2);
  });

  test("multiplies the penalty by its schedule", async () => {
    const penalties = async (penaltySchedule?: (step: number, totalSteps: number) => number) => {
      const logged: (number | undefined)[] = [];
      const { generator, discriminator } = models(1);
      await trainGan({
        generator,
        discriminator,
        real,
        heldOutShare: 0,
        steps: 4,
        seed: 1,
        // A number whatever the weights are.
        penalty: (critic, samples) => tf.add(tf.mul(0, tf.sum(critic(samples))), 2) as tf.Scalar,
        ...(penaltySchedule && { penaltySchedule }),
        progressEvery: 1,
        log: ({ penalty }) => void logged.push(penalty),
      });
      return logged;
    };
    expect(await penalties()).toEqual([2, 2, 2, 2]);
    expect(await penalties((step, totalSteps) => step / totalSteps)).toEqual([0, 0.5, 1, 1.5]);
    await expect(penalties(() => -1)).rejects.toThrow(
      "trainGan: penaltySchedule must give finite numbers of at least 0, got -1 for step 0",
    );
  });

  test("stops when aborted", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    const { generator, discriminator } = models(1);
    const endless = trainGan({
      generator,
      discriminator,
      real,
      heldOutShare: 0,
      steps: 1e9,
      seed: 1,
      progressEvery: 1,
      signal: controller.signal,
      onProgress: ({ step }) => step === 3 && controller.abort(reason),
    });
    await expect(endless).rejects.toBe(reason);
  });

  test("comes back to the last good weights when the loss is no longer a number", async () => {
    const { generator, discriminator } = models(1);
    const good: unknown[] = [];
    const run = trainGan({
      generator,
      discriminator,
      real,
      heldOutShare: 0,
      steps: 60,
      seed: 1,
      progressEvery: 10,
      checkpointEvery: 20,
      // From step 31 on the rate is beyond all bounds.
      schedule: (step) => (step < 30 ? 1 : 1e30),
      onProgress: ({ step }) => step === 20 && good.push(weightsOf(generator), weightsOf(discriminator)),
    });
    await expect(run).rejects.toBeInstanceOf(TrainingDivergedError);
    await expect(run).rejects.toMatchObject({ step: 40, restoredStep: 20 });
    await expect(run).rejects.toThrow(
      /must be finite, got .* at step 40; both models hold their weights of step 20/,
    );
    expect([weightsOf(generator), weightsOf(discriminator)]).toEqual(good);
  });

  test("looks at the weights before it keeps them", async () => {
    const { generator, discriminator } = models(1);
    const before = weightsOf(generator);
    const generatorOptimizer = adam({ learningRate: 1e40 });
    const run = trainGan({
      generator,
      discriminator,
      real,
      heldOutShare: 0,
      steps: 1,
      seed: 1,
      // The losses of a step are those before the generator's update.
      generatorOptimizer,
    });
    await expect(run).rejects.toThrow(/the generator's weights must be finite, got .*step 1; .*step 0 again/);
    expect(weightsOf(generator)).toEqual(before);
    expect(generatorOptimizer.learningRate).toBe(1e40);
    generatorOptimizer.dispose();
  });

  test("refuses options that are off", async () => {
    const run = (options: Partial<TrainGanOptions>) =>
      trainGan({ ...models(1), real, heldOutShare: 0, steps: 1, seed: 1, ...options });
    await expect(run({ steps: 0 })).rejects.toThrow("steps must be an integer from 1, got 0");
    await expect(run({ batchSize: 1.5 })).rejects.toThrow("batchSize must be an integer from 1, got 1.5");
    await expect(run({ real: { data: new Float32Array(), shape: [0, 1] } })).rejects.toThrow(
      "at least one sample",
    );
    await expect(run({ learningRate: -1 })).rejects.toThrow("learningRate");
    await expect(run({ heldOutShare: 1 })).rejects.toThrow(
      "heldOutShare must be in [0, 1) (0 if calibration",
    );
    await expect(run({ heldOutShare: Number.NaN })).rejects.toThrow("got NaN");
    // @ts-expect-error: nobody leaves it out by accident
    await expect(run({ heldOutShare: undefined })).rejects.toThrow("got undefined");
    await expect(run({ heldOutShare: 1e-5 })).rejects.toThrow("got 0.00001 of 4000 samples");
    await expect(run({ heldOutShare: 0.99999 })).rejects.toThrow("leave samples to train on");
    await expect(run({ criticSteps: 0 })).rejects.toThrow("criticSteps must be an integer from 1, got 0");
    await expect(run({ penaltyEvery: -1 })).rejects.toThrow("penaltyEvery must be an integer from 1");
    await expect(run({ checkpointEvery: Number.NaN })).rejects.toThrow("checkpointEvery must be an integer");
    await expect(run({ weightClip: 0 })).rejects.toThrow("weightClip must be above 0, got 0");
    await expect(run({ generatorAverage: 1 })).rejects.toThrow("generatorAverage must be in [0, 1), got 1");
    await expect(run({ schedule: () => Number.NaN })).rejects.toThrow(
      "schedule must give finite numbers of at least 0, got NaN for step 0",
    );
    await expect(run({ resume: true })).rejects.toThrow("checkpoints must be given to resume");
    await expect(run({ real: { data: new Float32Array(3), shape: [2, 1] } })).rejects.toThrow(
      "real must hold the 2 values of its shape [2,1], got 3",
    );
    await expect(run({ real: { data: new Float32Array(4), shape: [2, 2] } })).rejects.toThrow(
      "real must hold samples of the discriminator's shape [1], got [2]",
    );
    await expect(run({ real: { data: Float32Array.of(1, Number.NaN), shape: [2, 1] } })).rejects.toThrow(
      "real must be finite, got NaN in sample 1",
    );
    const two = multilayerPerceptron({ inputs: 1, outputs: 2, hidden: [], random: randomStream(1) });
    await expect(run({ discriminator: two })).rejects.toThrow(
      "must give one number a sample, got shape [,2]",
    );
    await expect(run({ generator: two })).rejects.toThrow(
      "must take what the generator makes, [2], got an input of [1]",
    );
    const { generator } = models(1);
    generator.setWeights(generator.getWeights().map((weight) => tf.fill(weight.shape, Number.NaN)));
    await expect(run({ generator })).rejects.toThrow("generator must start with finite weights, got NaN");
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

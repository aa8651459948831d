import { metropolisHastings, normal, randomStream } from "@mhgan/mcmc";
import * as tf from "@tensorflow/tfjs-core";
import { type LayersModel, loadLayersModel } from "@tensorflow/tfjs-layers";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { BackendName } from "../backend-names.ts";
import { calibrateGan } from "../calibrate-gan.ts";
import { testBackends } from "../testing/backends.ts";
import { useBackend } from "./backend.ts";
import { dcganDiscriminator, dcganGenerator } from "./dcgan.ts";
import { fromTfjs } from "./from-tfjs.ts";
import { trainGan } from "./train-gan.ts";

/** Batches of 4 images of 8x8 pixels, with every kind of layer that a DCGAN has. */
const image = [8, 8, 1] as const;

function models(): { generator: LayersModel; discriminator: LayersModel } {
  const stream = randomStream("models");
  const shared = { image, channels: [4, 8] as const };
  return {
    generator: dcganGenerator({ ...shared, latent: 4, random: stream.split("generator") }),
    discriminator: dcganDiscriminator({ ...shared, random: stream.split("discriminator") }),
  };
}

function images(count: number): { data: Float32Array; shape: number[] } {
  const random = randomStream("images");
  return { data: Float32Array.from({ length: count * 64 }, () => normal(random)), shape: [count, ...image] };
}

async function weightsAfterTraining(): Promise<Float32Array[]> {
  const { generator, discriminator } = models();
  const options = { batchSize: 4, seed: 1, learningRate: 1e-3, generatorAverage: 0.9 };
  await trainGan({ generator, discriminator, real: images(32), heldOutShare: 0, steps: 4, ...options });
  const weights = [...generator.getWeights(), ...discriminator.getWeights()];
  return Promise.all(weights.map((weight) => weight.data<"float32">()));
}

async function draws(): Promise<Float32Array> {
  const { generator, discriminator } = models();
  const { data, shape } = images(64);
  const real = tf.tensor(data, shape);
  // Scores of different spread, so that chains both move and stay.
  const gan = fromTfjs(generator, discriminator, { output: "logit" });
  const calibrated = await calibrateGan(gan, { real, seed: 1, calibrator: "platt" });
  const sampler = metropolisHastings({ chainLength: 8 });
  const { samples } = await calibrated.sample({ draws: 6, sampler, seed: 1 });
  const values = await samples.data<"float32">();
  tf.dispose([real, samples]);
  return Float32Array.from(values);
}

function largestGap(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(actual.length).toBe(expected.length);
  return Math.max(...Array.from(expected, (value, i) => Math.abs(value - actual[i]!)));
}

async function onCpu<T>(backend: BackendName, compute: () => Promise<T>): Promise<T> {
  await useBackend("cpu");
  const result = await compute();
  tf.disposeVariables();
  await useBackend(backend);
  return result;
}

describe.each(testBackends)("on %s", (backend) => {
  beforeEach(() => useBackend(backend));
  afterEach(() => tf.disposeVariables());

  test("training makes the weights that it makes on cpu", async () => {
    const expected = await onCpu(backend, weightsAfterTraining);
    const actual = await weightsAfterTraining();
    // Adam's first steps are of the learning rate's size whatever the gradient's: roundings of small ones show.
    actual.forEach((values, i) => {
      expect(largestGap(values, expected[i]!)).toBeLessThan(2e-4);
    });
  });

  test("training leaves no tensors behind", async () => {
    const options = { ...models(), real: images(8), heldOutShare: 0, steps: 2, batchSize: 4, seed: 1 };
    await trainGan(options); // layers make constants of theirs when they are first used
    const tensors = tf.memory().numTensors;
    await trainGan(options);
    expect(tf.memory().numTensors).toBe(tensors);
  });

  test("a calibrated GAN draws the samples that it draws on cpu", async () => {
    const expected = await onCpu(backend, draws);
    expect(largestGap(await draws(), expected)).toBeLessThan(1e-4);
    expect(new Set(expected).size).toBeGreaterThan(64);
  });

  test("scores are the same from a model that was saved and loaded", async () => {
    const { generator, discriminator } = models();
    let saved: tf.io.ModelArtifacts | undefined;
    await discriminator.save(
      tf.io.withSaveHandler(async (artifacts) => {
        saved = artifacts;
        return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: "JSON" } };
      }),
    );
    const loaded = await loadLayersModel(tf.io.fromMemory(saved!));
    const batch = await fromTfjs(generator, discriminator, { output: "logit" }).generate(3, randomStream(1));
    const scores = await fromTfjs(generator, discriminator, { output: "logit" }).score(batch);
    expect(await fromTfjs(generator, loaded, { output: "logit" }).score(batch)).toEqual(scores);
    batch.dispose();
  });
});

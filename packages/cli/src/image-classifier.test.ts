import { deserializeModel, serializeModel, useBackend } from "@mhgan/gan-core/tfjs";
import { randomStream } from "@mhgan/mcmc";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { type ImageClassifierOptions, imageClassifier, trainImageClassifier } from "./image-classifier.ts";

const [count, height, width] = [60, 8, 8];
const labels = Array.from({ length: count }, (_, i) => i % 3);
const images = new Float32Array(count * height * width);

/** Noise, with one of three of the rows of each image bright: which one is its class. */
function options(seed: number): ImageClassifierOptions {
  return {
    images,
    labels,
    height,
    width,
    random: randomStream(seed),
    steps: 200,
    batchSize: 16,
    filters: [8, 16],
    units: 6,
  };
}

beforeAll(async () => {
  await useBackend("wasm");
  const random = randomStream("images");
  for (let i = 0; i < images.length; i++) images[i] = random() - 1;
  labels.forEach((label, i) => {
    images.fill(1, (i * height + 2 * label) * width, (i * height + 2 * label + 1) * width);
  });
});

test("learns classes, names them, and gives features; saved and loaded it is the same", async () => {
  const classifier = await trainImageClassifier(options(1));
  const batch = tf.tensor(images, [count, height, width, 1]);
  expect(await classifier.accuracy(batch, labels)).toBe(1);
  expect([...(await classifier.classes(batch))]).toEqual(labels);
  expect(
    await classifier.accuracy(
      batch,
      labels.map((label) => (label + 1) % 3),
    ),
  ).toBe(0);
  const features = classifier.features(batch);
  expect(features.shape).toEqual([count, 6]);
  const loaded = imageClassifier(await deserializeModel(await serializeModel(classifier.model)));
  expect(await loaded.features(batch).data()).toEqual(await features.data());
  classifier.dispose();
  loaded.dispose();
});

test("the same seed makes the same network, another another", async () => {
  const batch = tf.tensor(images, [count, height, width, 1]);
  const seen = await Promise.all(
    [1, 1, 2].map(async (seed) => (await trainImageClassifier(options(seed))).features(batch).data()),
  );
  expect(seen[1]).toEqual(seen[0]);
  expect(seen[2]).not.toEqual(seen[0]);
});

test("stops when told to and leaves no tensor", async () => {
  const before = tf.memory().numTensors;
  const controller = new AbortController();
  const stopped = trainImageClassifier({
    ...options(1),
    signal: controller.signal,
    onProgress: (step) => step === 20 && controller.abort(new Error("enough")),
  });
  await expect(stopped).rejects.toThrow("enough");
  expect(tf.memory().numTensors).toBe(before);
});

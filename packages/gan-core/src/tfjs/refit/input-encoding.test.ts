import { normal, randomStream } from "@mhgan/mcmc";
import * as tf from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, test } from "vitest";
import { useBackend } from "../backend.ts";
import { deserializeModel } from "../models/deserialize-model.ts";
import { serializeModel } from "../models/serialize-model.ts";
import { fourierFrequencies, structureScale } from "./fourier-frequencies.ts";
import { inputEncoding } from "./input-encoding.ts";
import { splitRealRows } from "./split-real-rows.ts";
import { standardisationOf } from "./standardisation.ts";

beforeAll(async () => {
  await useBackend("cpu");
});

/** A grid of 25 clusters of this standard deviation, a unit apart. */
const clusters = (sd: number) => {
  const random = randomStream(1);
  const data = Float32Array.from({ length: 8000 }, () => Math.floor(5 * random()) + sd * normal(random));
  return { data, dimensions: 2 };
};

describe("structureScale", () => {
  test("is the size of clusters, whatever lies between them", () => {
    // A cluster holds 4 %, the neighbourhood 1 %: within √(−2 log ¾) = 0.76 standard deviations of its middle, and more of its edge.
    for (const sd of [0.01, 0.05]) {
      const scale = structureScale(clusters(sd));
      expect(scale).toBeGreaterThan(0.7 * sd);
      expect(scale).toBeLessThan(1.6 * sd);
    }
  });

  test("is wide for what is smooth, and 0 for equal points", () => {
    const random = randomStream(2);
    const smooth = { data: Float32Array.from({ length: 8000 }, () => normal(random)), dimensions: 8 };
    expect(structureScale(smooth)).toBeGreaterThan(1);
    expect(structureScale({ data: new Float32Array(20), dimensions: 2 })).toBe(0);
  });
});

describe("fourierFrequencies", () => {
  test("have lengths from 1 to one over the scale, one in each part of the octaves between", () => {
    const frequencies = fourierFrequencies(2, 8, 0.01, randomStream(1));
    for (let column = 0; column < 8; column++) {
      const length = Math.hypot(frequencies[column]!, frequencies[8 + column]!);
      expect(length).toBeGreaterThanOrEqual(100 ** (column / 8) * (1 - 1e-6));
      expect(length).toBeLessThanOrEqual(100 ** ((column + 1) / 8) * (1 + 1e-6));
    }
    expect(fourierFrequencies(2, 8, 0.01, randomStream(2))).not.toEqual(frequencies);
  });

  test("are of length 1 where nothing is fine, and finite where points are equal", () => {
    for (const length of fourierFrequencies(1, 4, 3, randomStream(1)))
      expect(Math.abs(length)).toBeCloseTo(1, 6);
    for (const value of fourierFrequencies(2, 4, 0, randomStream(1)))
      expect(Number.isFinite(value)).toBe(true);
  });
});

test("standardisation counts both sets alike, and drops what is constant in both", () => {
  const real = { data: Float32Array.of(1, 5, 0, 1, 5, 0), shape: [2, 3] as const };
  const fake = { data: Float32Array.of(3, 5, 2), shape: [1, 3] as const };
  const { means, scales } = standardisationOf(real, fake);
  expect(Array.from(means)).toEqual([2, 5, 1]);
  expect(Array.from(scales)).toEqual([1, 0, 1]);
});

test("the encoding is the standardised row, then its sines and cosines; it is saved, and freed", async () => {
  const real = { data: Float32Array.of(0, 4, 2, 8), shape: [2, 2] as const };
  const before = tf.memory().numTensors;
  const encode = (model: LayersModel): number[] =>
    tf.tidy(() => Array.from((model.predict(tf.tensor2d([[2, 6]])) as tf.Tensor).dataSync()));
  const model = inputEncoding(real, real, 3, randomStream(1));
  expect(model.outputs[0]!.shape).toEqual([null, 8]);
  expect(model.trainableWeights).toEqual([]);
  const encoded = encode(model);
  const [x, y, ...waves] = encoded;
  expect([x, y]).toEqual([1, 0]);
  for (let k = 0; k < 3; k++) expect(waves[k]! ** 2 + waves[3 + k]! ** 2).toBeCloseTo(1, 5);
  const copy = await deserializeModel(await serializeModel(model));
  expect(encode(copy)).toEqual(encoded);
  model.dispose();
  copy.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

test("real rows are split in three without overlap or loss", () => {
  const { training, stopping, heldOut } = splitRealRows(
    101,
    { stopping: 0.1, heldOut: 0.25 },
    randomStream(1),
  );
  expect([training.length, stopping.length, heldOut.length]).toEqual([66, 10, 25]);
  expect(new Set([...training, ...stopping, ...heldOut]).size).toBe(101);
  expect(splitRealRows(5, { stopping: 0.01, heldOut: 0 }, randomStream(1))).toMatchObject({
    stopping: { length: 1 },
    heldOut: { length: 0 },
  });
});

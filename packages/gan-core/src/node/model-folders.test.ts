import { mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { randomStream } from "@mhgan/mcmc";
import * as tf from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { useBackend } from "../tfjs/backend.ts";
import { ModelFileError } from "../tfjs/models/model-file-error.ts";
import { multilayerPerceptron } from "../tfjs/multilayer-perceptron.ts";
import { loadModel } from "./load-model.ts";
import { saveModel } from "./save-model.ts";

let folder: string;
beforeEach(async () => {
  await useBackend("cpu");
  folder = await mkdtemp(join(tmpdir(), "mhgan-model-"));
});
afterEach(() => rm(folder, { recursive: true }));

const perceptron = (seed: number) =>
  multilayerPerceptron({ inputs: 3, outputs: 2, hidden: [5], random: randomStream(seed) });
const valuesOf = (model: LayersModel) => model.getWeights().map((weight) => Array.from(weight.dataSync()));

describe("saveModel and loadModel", () => {
  test("keep a model in a folder, and replace it", async () => {
    const path = join(folder, "run", "generator");
    for (const seed of [1, 2]) {
      const model = perceptron(seed);
      await saveModel(model, path);
      expect((await readdir(path)).sort()).toEqual(["manifest.json", "model.json", "weights.bin"]);
      const copy = await loadModel(path);
      expect(valuesOf(copy)).toEqual(valuesOf(model));
    }
    await saveModel(perceptron(1), path, { quantize: "uint8" });
    expect((await loadModel(path)).countParams()).toBe(32);
  });

  test.each<[string, (path: string) => Promise<unknown>, string, RegExp]>([
    ["no folder", (path) => rm(path, { recursive: true }), "manifest.json", /could not be read \(ENOENT/],
    ["no weights", (path) => rm(join(path, "weights.bin")), "weights.bin", /could not be read \(ENOENT/],
    [
      "weights that are cut short",
      (path) => truncate(join(path, "weights.bin"), 60),
      "weights.bin",
      /must have 128 bytes, got 60/,
    ],
    [
      "weights that have grown, beyond any memory",
      (path) => truncate(join(path, "weights.bin"), 2 ** 40),
      "weights.bin",
      /must have at most 128 bytes, got 1099511627776/,
    ],
    [
      "a folder in place of a file",
      async (path) => {
        await rm(join(path, "model.json"));
        await mkdir(join(path, "model.json"));
      },
      "model.json",
      /is not a file/,
    ],
    [
      "a changed byte",
      async (path) => {
        const bytes = await readFile(join(path, "weights.bin"));
        bytes[3]! ^= 1;
        await writeFile(join(path, "weights.bin"), bytes);
      },
      "weights.bin",
      /was changed/,
    ],
  ])("refuse %s, with the path", async (_, damage, file, reason) => {
    const path = join(folder, "model");
    await saveModel(perceptron(1), path);
    await damage(path);
    const before = tf.memory().numTensors;
    const error: unknown = await loadModel(path).catch((each: unknown) => each);
    expect(error).toBeInstanceOf(ModelFileError);
    expect(error).toMatchObject({ file: join(path, file), reason: expect.stringMatching(reason) });
    expect(tf.memory().numTensors).toBe(before);
  });

  test("hold a limit before they read", async () => {
    await saveModel(perceptron(1), folder);
    await expect(loadModel(folder, { maxBytes: 100 })).rejects.toThrow("more than maxBytes = 100");
  });

  test("say where a model cannot be written", async () => {
    await expect(saveModel(perceptron(1), "/dev/null/model")).rejects.toThrow(
      /^saveModel: could not write .*manifest.json in \/dev\/null\/model \(ENOTDIR/,
    );
  });
});

import { metropolisHastings, randomStream } from "@mhgan/mcmc";
import * as tf from "@tensorflow/tfjs-core";
import { layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeEach, describe, expect, test } from "vitest";
import { calibrateGan } from "../calibrate-gan.ts";
import { testBackends } from "../testing/backends.ts";
import { useBackend } from "./backend.ts";
import { dcganGenerator } from "./dcgan.ts";
import { fromTfjs } from "./from-tfjs.ts";
import { multilayerPerceptron } from "./multilayer-perceptron.ts";

const generator = () => multilayerPerceptron({ inputs: 3, outputs: 2, hidden: [8], random: randomStream(1) });
const discriminator = () =>
  multilayerPerceptron({ inputs: 2, outputs: 1, hidden: [8], random: randomStream(2) });
const gan = (batchSize = 4096) => fromTfjs(generator(), discriminator(), { output: "logit", batchSize });

describe.each(testBackends)("fromTfjs on %s", (backend) => {
  beforeEach(() => useBackend(backend));

  test("generates from normal latents and scores, the same rows whatever the batch size", async () => {
    const whole = await gan().generate(11, randomStream(1));
    expect(whole.shape).toEqual([11, 2]);
    const parts = await gan(4).generate(11, randomStream(1));
    expect(Array.from(await parts.data())).toEqual(Array.from(await whole.data()));
    const { latent } = gan();
    const decoded = await latent!.decode(latent!.draw(11, randomStream(1)));
    expect(Array.from(await decoded.data())).toEqual(Array.from(await whole.data()));
    const scores = await gan().score(whole);
    expect(scores).toHaveLength(11);
    expect(Array.from(await gan(4).score(whole))).toEqual(Array.from(scores));
  });

  test("takes rows, joins batches and frees them", async () => {
    const { take, concat, dispose } = gan();
    const batch = tf.tensor2d([1, 2, 3, 4, 5, 6], [3, 2]);
    const taken = await take!(batch, [2, 0, 2]);
    expect(Array.from(await taken.data())).toEqual([5, 6, 1, 2, 5, 6]);
    const joined = await concat!([taken]);
    dispose!(taken);
    expect(Array.from(await joined.data())).toEqual([5, 6, 1, 2, 5, 6]);
    expect(taken.isDisposed).toBe(true);
  });

  test("leaks nothing while it is calibrated and sampled", async () => {
    const real = tf.randomNormal([64, 2], 0, 1, "float32", 1);
    const subject = gan();
    const before = tf.memory().numTensors;
    for (const restart of ["same-proposals", "fresh", "never"] as const) {
      const calibrated = await calibrateGan(subject, { real, seed: 1 });
      const sampler = metropolisHastings({ chainLength: 2, restart });
      const { samples } = await calibrated.sample({ draws: 40, sampler, seed: 1, batchSize: 16 });
      expect(samples.shape).toEqual([40, 2]);
      samples.dispose();
    }
    expect(tf.memory().numTensors).toBe(before);
  });

  test("refuses models of another form", () => {
    const image = dcganGenerator({ random: randomStream(1) });
    expect(() => fromTfjs(image, image, { output: "logit" })).toThrow(
      "one number a sample, got shape [28,28,1]",
    );
    const conv = sequential();
    conv.add(layers.flatten({ inputShape: [2, 2] }));
    expect(() => fromTfjs(conv, discriminator(), { output: "logit" })).toThrow(
      "one input of shape [batch, latent]",
    );
  });
});

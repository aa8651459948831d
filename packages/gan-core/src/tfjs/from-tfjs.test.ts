import { metropolisHastings, randomStream } from "@mhgan/mcmc";
import * as tf from "@tensorflow/tfjs-core";
import { type LayersModel, layers, model, sequential } from "@tensorflow/tfjs-layers";
import { beforeEach, describe, expect, test } from "vitest";
import { calibrateGan } from "../calibrate-gan.ts";
import { testBackends } from "../testing/backends.ts";
import { useBackend } from "./backend.ts";
import { dcganDiscriminator, dcganGenerator } from "./dcgan.ts";
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

  test("takes real samples as tensors, { data, shape } and lists: the same draws, and nothing leaks", async () => {
    const tensor = tf.randomNormal([64, 2], 0, 1, "float32", 1) as tf.Tensor2D;
    const data = await tensor.data<"float32">();
    const subject = gan();
    const sampler = metropolisHastings({ chainLength: 2, restart: "never" });
    const before = tf.memory().numTensors;
    const draws = [];
    for (const real of [
      tensor,
      { data, shape: [64, 2] },
      { data: Float64Array.from(data), shape: [64, 2] },
      await tensor.array(),
    ]) {
      const calibrated = await calibrateGan(subject, { real, seed: 1 });
      const { samples, info } = await calibrated.sample({ draws: 30, sampler, seed: 1 });
      expect(info.capOuts).toBeGreaterThan(0);
      draws.push(Array.from(await samples.data()));
      samples.dispose();
      expect(tf.memory().numTensors).toBe(before);
    }
    for (const other of draws.slice(1)) expect(other).toEqual(draws[0]);
    tensor.dispose();
    expect(() => subject.toBatch!([[1, 2, 3]])).toThrow(
      "fromTfjs: samples must have shape [samples, 2], got [1, 3]",
    );
  });

  test.each(["wasm", "cpu"] as const)(
    "%s: picked images are those decoded again from their latents, bit by bit, and nothing leaks",
    async (backend) => {
      await useBackend(backend);
      const image = [8, 8, 1] as const;
      const channels = [4, 8] as const;
      const random = randomStream(3);
      const subject = fromTfjs(
        dcganGenerator({ latent: 6, image, channels, random }),
        dcganDiscriminator({ image, channels, random }),
        { output: "unbounded" },
      );
      const real = { data: new Float32Array(40 * 64).map((_, i) => Math.sin(i)), shape: [40, 8, 8, 1] };
      const sampler = metropolisHastings({ chainLength: 5 });
      const before = tf.memory().numTensors;
      const calibrated = await calibrateGan(subject, { real, seed: 1 });
      const draws = [];
      for (const keep of ["latents", "samples"] as const) {
        for (const batchSize of [7, 256]) {
          const { samples } = await calibrated.sample({ draws: 20, sampler, seed: 1, batchSize, keep });
          draws.push(Array.from(await samples.data()));
          samples.dispose();
        }
      }
      expect(tf.memory().numTensors).toBe(before);
      for (const other of draws.slice(1)) expect(other).toEqual(draws[0]);
      await useBackend("wasm");
    },
  );

  test("draws latents from the prior asked for", () => {
    const { latent } = fromTfjs(generator(), discriminator(), { output: "logit", latent: "uniform" });
    expect(latent!.prior).toBe("uniform");
    expect(latent!.draw(100, randomStream(1)).every((z) => z >= -1 && z < 1)).toBe(true);
    expect(gan().latent!.prior).toBe("normal");
  });

  test("feeds latents to generators that want them as [1, 1, latent]", async () => {
    const image = sequential();
    image.add(layers.conv2dTranspose({ filters: 1, kernelSize: 2, inputShape: [1, 1, 3] }));
    const scorer = sequential();
    scorer.add(layers.flatten({ inputShape: [2, 2, 1] }));
    scorer.add(layers.dense({ units: 1 }));
    const subject = fromTfjs(image, scorer, { output: "unbounded" });
    expect(subject.latent!.size).toBe(3);
    expect((await subject.generate(5, randomStream(1))).shape).toEqual([5, 2, 2, 1]);
    expect(subject.output).toBe("unbounded");
  });

  test("says when scores are not what output says, or are NaN", async () => {
    const batch = tf.tensor2d([1, 2, 30, -40], [2, 2]);
    const missing = tf.fill([1, 2], Number.NaN);
    const wrong = fromTfjs(generator(), discriminator(), { output: "probability" });
    const right = gan();
    const before = tf.memory().numTensors;
    await expect(wrong.score(batch)).rejects.toThrow('must be in [0, 1] where output is "probability", got');
    await expect(right.score(missing)).rejects.toThrow("got NaN for sample 0");
    expect(tf.memory().numTensors).toBe(before);
  });

  test("refuses models of another form", () => {
    const image = dcganGenerator({ random: randomStream(1) });
    const logit = { output: "logit" } as const;
    expect(() => fromTfjs(image, image, logit)).toThrow("one number a sample, got shape [28,28,1]");
    expect(() => fromTfjs(image, discriminator(), logit)).toThrow(
      "discriminator must take what generator gives, [28,28,1], got an input of [2]",
    );
    const flat = sequential();
    flat.add(layers.flatten({ inputShape: [2, 2] }));
    expect(() => fromTfjs(flat, discriminator(), logit)).toThrow(
      "one input of shape [batch, latent], got [2,2]",
    );
    const input = generator().inputs[0]!;
    const conditional = model({
      inputs: [input, generator().inputs[0]!],
      outputs: input,
    });
    expect(() => fromTfjs(conditional, discriminator(), logit)).toThrow("got [3] and [3]");
    const twice = (subject: LayersModel) =>
      model({
        inputs: subject.inputs,
        outputs: [subject.outputs[0]!, subject.layers[0]!.output as (typeof subject.outputs)[0]],
      });
    const twoOutputs = twice(generator());
    expect(() => fromTfjs(twoOutputs, discriminator(), logit)).toThrow(
      "generator must give one output, got [2] and [8]",
    );
    expect(() => fromTfjs(generator(), twice(discriminator()), logit)).toThrow(
      "one number a sample, got shape [1] and [8]",
    );
  });

  test("refuses options that are off", () => {
    const make = (options: object) => fromTfjs(generator(), discriminator(), options as { output: "logit" });
    expect(() => make({})).toThrow("output must be one of probability, logit, unbounded, got undefined");
    expect(() => make({ output: "logit", latent: "cauchy" })).toThrow(
      "prior must be normal or uniform, got cauchy",
    );
    expect(() => make({ output: "logit", batchSize: 0 })).toThrow(
      "batchSize must be an integer from 1, got 0",
    );
  });
});

describe("the logits of a discriminator that ends in a sigmoid", () => {
  // Logit 10(x + y), which a sigmoid in float32 rounds to 1 from 17 on.
  const dense = (activation?: "sigmoid") =>
    layers.dense({ units: 1, inputShape: [2], ...(activation && { activation }) });
  const weighted = (subject: LayersModel): LayersModel => {
    subject.setWeights([tf.tensor2d([10, 10], [2, 1]), tf.tensor1d([0])]);
    return subject;
  };
  const sequence = (...parts: ReturnType<typeof dense>[]) => weighted(sequential({ layers: parts }));
  const functional = (): LayersModel => {
    const { inputs, outputs } = sequential({
      layers: [dense(), layers.activation({ activation: "sigmoid" })],
    });
    return weighted(model({ inputs, outputs }));
  };
  const forms: Record<string, () => LayersModel> = {
    "a dense layer with an activation": () => sequence(dense("sigmoid")),
    "an activation layer": () => sequence(dense(), layers.activation({ activation: "sigmoid" }) as never),
    "a functional model": functional,
    "a model in a model": () => sequential({ layers: [sequence(dense("sigmoid"))] }),
    "a reshaped end": () =>
      sequence(
        dense("sigmoid"),
        layers.reshape({ targetShape: [1, 1, 1] }) as never,
        layers.flatten() as never,
      ),
    "a convolution": () => convolution(),
  };

  test.each(Object.keys(forms))("are scored for %s", async (form) => {
    const scorer = forms[form]!();
    const subject = fromTfjs(generator(), scorer, { output: "probability" });
    expect(subject.output).toBe("logit");
    const batch = tf.tensor2d([1, 1, 2, 2, 3, 3, -0.1, 0], [4, 2]);
    const probabilities = async () => Array.from(await (scorer.predict(batch) as tf.Tensor).data());
    const before = await probabilities();
    // The discriminator by itself cannot tell the first three apart.
    expect(before.slice(0, 3)).toEqual([1, 1, 1]);
    expect(Array.from(await subject.score(batch))).toEqual([20, 40, 60, -1]);
    expect(await probabilities()).toEqual(before);
    // Weights that are trained further are seen.
    const [kernel, bias] = scorer.getWeights();
    scorer.setWeights([tf.mul(kernel!, 2), bias!]);
    expect(Array.from(await subject.score(batch))).toEqual([40, 80, 120, -2]);
  });

  test("are left alone where the sigmoid is asked for, or cannot be left out", async () => {
    const batch = tf.tensor2d([0.1, 0, 0, 0], [2, 2]);
    const asIs = fromTfjs(generator(), sequence(dense("sigmoid")), { output: "unbounded" });
    expect(asIs.output).toBe("unbounded");
    expect((await asIs.score(batch))[0]).toBeCloseTo(1 / (1 + Math.exp(-1)), 6);
    expect(() => fromTfjs(generator(), sequence(dense("sigmoid")), { output: "logit" })).toThrow(
      'output must be "probability" for a discriminator that ends in a sigmoid',
    );
    // A sigmoid that is used twice: its first use must stay.
    const twice = layers.activation({ activation: "sigmoid" });
    const shared = sequential({ layers: [dense()] });
    shared.add(twice);
    const end = twice.apply(shared.outputs[0]!) as (typeof shared.outputs)[0];
    const subject = fromTfjs(generator(), weighted(model({ inputs: shared.inputs, outputs: end })), {
      output: "probability",
    });
    expect(subject.output).toBe("probability");
    const once = 1 / (1 + Math.exp(-1));
    expect((await subject.score(batch))[0]).toBeCloseTo(1 / (1 + Math.exp(-once)), 6);
  });

  function convolution(): LayersModel {
    const scorer = sequential({
      layers: [
        layers.reshape({ targetShape: [1, 2, 1], inputShape: [2] }),
        layers.conv2d({ filters: 1, kernelSize: [1, 2], activation: "sigmoid" }),
        layers.flatten(),
      ],
    });
    scorer.setWeights([tf.tensor4d([10, 10], [1, 2, 1, 1]), tf.tensor1d([0])]);
    return scorer;
  }
});

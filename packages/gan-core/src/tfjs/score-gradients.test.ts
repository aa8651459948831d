import { randomStream } from "@mhgan/mcmc";
import * as tf from "@tensorflow/tfjs-core";
import { input, type LayersModel, layers, model, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, test } from "vitest";
import { discriminatorTransport } from "../latent-samplers/discriminator-transport.ts";
import { gradientFlow } from "../latent-samplers/gradient-flow.ts";
import { latentIteratedSirMala } from "../latent-samplers/latent-iterated-sir-mala.ts";
import { latentLangevin } from "../latent-samplers/latent-langevin.ts";
import { latentMala } from "../latent-samplers/latent-mala.ts";
import { scoresAsLogWeights } from "../log-weight.ts";
import { sampleLatents } from "../sample-latents.ts";
import {
  A,
  b,
  dataPrecision,
  exactScore,
  exactSlope,
  generated,
  generatorPrecision,
  latentSlope,
  linearGan,
  logConstant,
  m,
  momentErrors,
  posteriorCovariance,
  posteriorMean,
} from "../testing/linear-gan.ts";
import { useBackend } from "./backend.ts";
import { dcganDiscriminator, dcganGenerator } from "./dcgan.ts";
import { fromTfjs } from "./from-tfjs.ts";
import { scoreGradients } from "./score-gradients.ts";

/** Az + b as one layer. */
function linearGenerator(): LayersModel {
  const dense = layers.dense({ units: 2, inputShape: [2] });
  const generator = sequential({ layers: [dense] });
  dense.setWeights([tf.tensor2d([A[0][0], A[1][0], A[0][1], A[1][1]], [2, 2]), tf.tensor1d([...b])]);
  return generator;
}

/** The exact log p(x)/q(x) as layers: a form xᵀPx is the sum of the squares of two linear units, by Cholesky's factor of P. */
function quadraticDiscriminator(): LayersModel {
  const factor = ([[p, q], [, r]]: typeof dataPrecision) => {
    const root = Math.sqrt(p);
    return [
      [root, q / root],
      [0, Math.sqrt(r - (q / root) ** 2)],
    ];
  };
  const [data, generator] = [factor(dataPrecision), factor(generatorPrecision)];
  const rows = [...data, ...generator];
  const centres = [m, m, b, b];
  const x = input({ shape: [2] });
  const units = layers.dense({ units: 4 });
  const sum = layers.dense({ units: 1 });
  const linear = units.apply(x) as ReturnType<typeof input>;
  const squares = layers.multiply({}).apply([linear, linear]) as typeof x;
  const discriminator = model({ inputs: x, outputs: sum.apply(squares) as typeof x });
  units.setWeights([
    tf.tensor2d([rows.map((row) => row[0]!), rows.map((row) => row[1]!)]),
    tf.tensor1d(rows.map((row, i) => -row[0]! * centres[i]![0] - row[1]! * centres[i]![1])),
  ]);
  sum.setWeights([tf.tensor2d([-0.5, -0.5, 0.5, 0.5], [4, 1]), tf.tensor1d([logConstant])]);
  return discriminator;
}

const quadraticGan = (batchSize = 4096) =>
  fromTfjs(linearGenerator(), quadraticDiscriminator(), { output: "logit", batchSize });

describe.each(["cpu", "wasm"] as const)("on %s", (backend) => {
  beforeAll(async () => {
    await useBackend(backend);
  });

  test.each([4096, 3])(
    "scores and gradients by the latents are exact, in batches of %d",
    async (batchSize) => {
      const latents = linearGan.latent.draw(10, randomStream(1));
      const { scores, gradients } = await quadraticGan(batchSize).latent!.scoreGradients!(latents);
      for (let i = 0; i < 10; i++) {
        const z: [number, number] = [latents[2 * i]!, latents[2 * i + 1]!];
        expect(Math.abs(scores[i]! - exactScore(generated(z)))).toBeLessThan(1e-4);
        const [dx, dy] = latentSlope(z);
        expect(Math.abs(gradients[2 * i]! - dx)).toBeLessThan(1e-5 * (1 + Math.abs(dx)));
        expect(Math.abs(gradients[2 * i + 1]! - dy)).toBeLessThan(1e-5 * (1 + Math.abs(dy)));
      }
    },
  );

  test("scores and gradients by the samples are exact", async () => {
    const { dataSpace, latent } = quadraticGan();
    const batch = await latent!.decode(linearGan.latent.draw(10, randomStream(1)));
    const values = Float32Array.from(await dataSpace!.read(batch));
    const again = await dataSpace!.decode(values);
    expect(again.shape).toEqual(batch.shape);
    expect(Array.from(again.dataSync())).toEqual(Array.from(values));
    const { scores, gradients } = await dataSpace!.scoreGradients(values);
    for (let i = 0; i < 10; i++) {
      const x: [number, number] = [values[2 * i]!, values[2 * i + 1]!];
      expect(Math.abs(scores[i]! - exactScore(x))).toBeLessThan(1e-4);
      const slope = exactSlope(x);
      for (const k of [0, 1] as const) {
        expect(Math.abs(gradients[2 * i + k]! - slope[k])).toBeLessThan(1e-5 * (1 + Math.abs(slope[k])));
      }
    }
  });

  test("MALA samples the latent posterior", async () => {
    const sampler = latentMala({ stepSize: 0.3, steps: 50 });
    const { latents } = await sampleLatents(quadraticGan(), {
      sampler,
      draws: 1500,
      logWeight: scoresAsLogWeights,
      seed: 1,
    });
    // Beyond 4.5 standard errors in one of five for 3 seeds in 100,000.
    const errors = momentErrors(latents!, posteriorMean, posteriorCovariance);
    expect(Math.max(...errors.map(Math.abs))).toBeLessThan(4.5);
  });

  test("nothing leaks, whatever the sampler, and where it is stopped", async () => {
    const gan = quadraticGan(8);
    const before = tf.memory().numTensors;
    for (const sampler of [
      latentLangevin({ steps: 2 }),
      latentMala({ steps: 2, stepSize: "tuned" }),
      latentIteratedSirMala({ steps: 2, stepSize: 0.1 }),
      gradientFlow({ steps: 2 }),
      discriminatorTransport({ steps: 2 }),
      discriminatorTransport({ steps: 2, space: "data" }),
    ]) {
      const options = { sampler, draws: 10, logWeight: scoresAsLogWeights, seed: 1, batchSize: 4 };
      const { samples } = await sampleLatents(gan, options);
      expect(samples.shape).toEqual([10, 2]);
      samples.dispose();
      const controller = new AbortController();
      const onProgress = () => controller.abort(new Error("enough"));
      await expect(sampleLatents(gan, { ...options, onProgress, signal: controller.signal })).rejects.toThrow(
        "enough",
      );
      expect(tf.memory().numTensors).toBe(before);
    }
  });
});

describe("of convolutional models", () => {
  test("are those of a central difference, in inference mode", async () => {
    await useBackend("wasm");
    const random = randomStream(2);
    const image = [8, 8, 1] as const;
    const generator = dcganGenerator({ latent: 3, channels: [4, 6], image, random: random.split("g") });
    const discriminator = dcganDiscriminator({ channels: [4, 6], image, random: random.split("d") });
    for (const network of [generator, discriminator]) {
      // Fresh weights are so small that scores are no larger than what float32 rounds off them.
      network.setWeights(
        network.getWeights().map((weight) => (weight.rank > 1 ? tf.mul(weight, 8) : weight)),
      );
    }
    // Batch normalisation in training mode would tie the rows to each other.
    const gan = fromTfjs(generator, discriminator, { output: "unbounded" });
    const latents = gan.latent!.draw(4, randomStream(3));
    const { gradients } = await gan.latent!.scoreGradients!(latents);
    const alone = await gan.latent!.scoreGradients!(latents.slice(0, 3));
    Array.from(alone.gradients).forEach((gradient, k) => {
      expect(gradient).toBeCloseTo(gradients[k]!, 6);
    });
    const scale = Math.max(...Array.from(gradients, Math.abs));
    for (let k = 0; k < latents.length; k++) {
      const [up, down] = [0.01, -0.01].map((step) =>
        latents.map((value, l) => (l === k ? value + step : value)),
      );
      const [high, low] = await Promise.all(
        [up!, down!].map(async (z) => Array.from((await gan.latent!.scoreGradients!(z)).scores)),
      );
      const row = Math.floor(k / 3);
      // Float32 scores are right to about 1e-7 of their terms, and leaky ReLUs have kinks.
      expect(Math.abs((high![row]! - low![row]!) / 0.02 - gradients[k]!)).toBeLessThan(0.03 * scale);
    }
    const pixels = await gan.dataSpace!.read(await gan.latent!.decode(latents));
    const bySample = await gan.dataSpace!.scoreGradients(Float32Array.from(pixels));
    expect(bySample.gradients).toHaveLength(4 * 64);
  });

  test("a discriminator for any size is given that of the generator", () => {
    const anySize = sequential();
    anySize.add(layers.conv2d({ filters: 1, kernelSize: 1, inputShape: [null, null, 1] }));
    anySize.add(layers.globalAveragePooling2d({ dataFormat: "channelsLast" }));
    const generator = dcganGenerator({
      latent: 3,
      channels: [2, 2],
      image: [8, 8, 1],
      random: randomStream(1),
    });
    const gan = fromTfjs(generator, anySize, { output: "unbounded" });
    expect(gan.dataSpace!.size).toBe(64);
  });

  test("of a discriminator that ends in a sigmoid, scores and gradients are those of its logits", async () => {
    const weights = [tf.tensor2d([3, -2], [2, 1]), tf.tensor1d([200])];
    const discriminator = sequential();
    discriminator.add(layers.dense({ units: 1, activation: "sigmoid", inputShape: [2] }));
    discriminator.setWeights(weights);
    const gan = fromTfjs(linearGenerator(), discriminator, { output: "probability" });
    // A sigmoid of 200 is 1 and has no slope.
    const { scores, gradients } = await gan.dataSpace!.scoreGradients(Float32Array.of(1, 1, 2, 0));
    expect(Array.from(scores)).toEqual([201, 206]);
    expect(Array.from(gradients)).toEqual([3, -2, 3, -2]);
    const byLatent = await gan.latent!.scoreGradients!(Float32Array.of(0.5, 0.5));
    expect(byLatent.scores[0]).toBeGreaterThan(100);
    expect(Math.max(...Array.from(byLatent.gradients, Math.abs))).toBeGreaterThan(0.1);
    tf.dispose(weights);
  });

  test("no rows give nothing", async () => {
    const withGradients = scoreGradients((samples) => tf.sum(samples, 1), [2], 8);
    const { scores, gradients } = await withGradients(new Float32Array(0));
    expect([scores.length, gradients.length]).toEqual([0, 0]);
  });
});

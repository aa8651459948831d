import { normal, type RandomStream, randomStream } from "@mhgan/mcmc";
import * as tf from "@tensorflow/tfjs-core";
import { layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, test } from "vitest";
import type { ArrayBatch } from "../../batch.ts";
import { calibrateGan } from "../../calibrate-gan.ts";
import type { Gan } from "../../gan.ts";
import { shiftedData, shiftedGan } from "../../testing/shifted-gan.ts";
import { useBackend } from "../backend.ts";
import { fromTfjs } from "../from-tfjs.ts";
import { multilayerPerceptron } from "../multilayer-perceptron.ts";
import { type RefitDiscriminatorOptions, refitDiscriminator } from "./refit-discriminator.ts";

beforeAll(async () => {
  await useBackend("wasm");
});

/** Enough for problems on the line. */
const small = { hidden: [16], steps: 300, batchSize: 128, learningRate: 2e-2, fourierFeatures: 0, looks: 20 };
const shifted = (count: number): number[] => shiftedData(count, randomStream("real"));

/** The same GAN on points of the plane, with a second coordinate that says nothing, and scores that say nothing. */
const planeGan: Gan<ArrayBatch> = {
  generate: (count, random) => ({
    data: Float32Array.from({ length: 2 * count }, () => normal(random)),
    shape: [count, 2],
  }),
  score: ({ shape }) => new Float64Array(shape[0]!),
};
const planeData = (count: number): ArrayBatch => {
  const random = randomStream("plane");
  return {
    data: Float32Array.from({ length: 2 * count }, (_, i) => (i % 2 === 0 ? 1 : 0) + normal(random)),
    shape: [count, 2],
  };
};

describe("refitDiscriminator", () => {
  test("learns log p/q: x − ½ for normal(1, 1) against normal(0, 1)", async () => {
    const { gan, report, heldOut } = await refitDiscriminator(
      { ...shiftedGan, score: (batch) => batch.map(() => 0) },
      { real: shifted(20_000), seed: 1, ...small },
    );
    expect(gan.output).toBe("logit");
    const points = [-1, -0.25, 0.5, 1.25, 2];
    const scores = await gan.score(points);
    // Four standard errors of a logit fitted to 14,000 samples of either law where they are dense: about 0.15.
    points.forEach((x, i) => {
      expect(Math.abs(scores[i]! - (x - 0.5))).toBeLessThan(0.15);
    });
    // The Bayes risk by quadrature is 0.58311; the standard error of 2,000 + 2,000 log losses is 0.008.
    expect(Math.abs(report.logLoss - 0.5831)).toBeLessThan(0.032);
    // The AUC of the exact logit is 0.76025, its standard error 0.0075.
    expect(Math.abs(report.auc - 0.76025)).toBeLessThan(0.03);
    expect(report.rows).toEqual({ training: 14_000, stopping: 2000, heldOut: 4000 });
    expect(heldOut).toHaveLength(4000);
    const [training] = report.critics;
    expect(training!.logLoss).toBeCloseTo(report.logLoss, 10);
    expect(training!.history.map(({ step }) => step)).toContain(training!.bestStep);
    expect(Math.min(...training!.history.map(({ logLoss }) => logLoss))).toBe(training!.logLoss);
  });

  test("on points of the plane, and a critic that calibrates as it is", async () => {
    const real = planeData(16_000);
    const refit = await refitDiscriminator(planeGan, { real, seed: 2, ...small, fourierFeatures: 2 });
    const scores = await refit.gan.score({ data: Float32Array.of(0.5, -1, 0.5, 1, 1.5, 0), shape: [3, 2] });
    // Seen at fixed seed: 0.03, 0.02 and 0.97.
    expect(Math.abs(scores[0]!)).toBeLessThan(0.2);
    expect(Math.abs(scores[1]!)).toBeLessThan(0.2);
    expect(Math.abs(scores[2]! - 1)).toBeLessThan(0.2);
    const { report } = await calibrateGan(refit.gan, {
      real: refit.heldOut,
      calibrator: "identity",
      seed: 1,
    });
    // |Z| is above 4.4 once in 100,000 for a calibrated critic; this one is not quite.
    expect(Math.abs(report.after.z)).toBeLessThan(6);
    expect(Math.abs(report.meanWeight - 1)).toBeLessThan(0.15);
  });

  test("keeps the weights of before the critic learnt its few rows by heart, and stops", async () => {
    const { report } = await refitDiscriminator(shiftedGan, {
      real: shifted(80),
      seed: 3,
      hidden: [64, 64],
      steps: 1000,
      batchSize: 40,
      learningRate: 1e-2,
      fourierFeatures: 16,
      fakeCount: 56,
      stoppingShare: 0.3,
      heldOutShare: 0,
      looks: 100,
      patience: 10,
    });
    const { bestStep, steps, logLoss, history } = report.critics[0]!;
    expect(bestStep).toBeLessThan(steps);
    expect(steps).toBeLessThan(1000);
    expect(steps - bestStep).toBe(100);
    expect(history.at(-1)!.logLoss).toBeGreaterThan(logLoss + 0.05);
    expect(history.at(-1)!.trainingLogLoss).toBeLessThan(0.3);
  });

  test("no row is in two parts, and critics meet none that is held out", async () => {
    // Every sample is its own number; generated ones are negative.
    const real = Array.from({ length: 500 }, (_, row) => row);
    const met = new Set<number>();
    const gan: Gan<number[]> = {
      generate: (count, random) => Array.from({ length: count }, () => -1 - Math.floor(500 * random())),
      score: (batch) => batch,
    };
    const { heldOut, report } = await refitDiscriminator(gan, {
      real,
      seed: 1,
      ...small,
      steps: 20,
      features: (batch) => {
        for (const x of batch) if (x >= 0) met.add(x);
        return batch;
      },
    });
    expect(heldOut.filter((row) => met.has(row))).toEqual([]);
    expect(new Set([...met, ...heldOut])).toEqual(new Set(real));
    expect(report.rows).toEqual({ training: 350, stopping: 50, heldOut: 100 });
  });

  test("trains on features where samples themselves say nothing, sync, async or on the device", async () => {
    // A sample is a name; only its features are numbers.
    const names: Gan<string[]> = {
      generate: (count, random) => Array.from({ length: count }, () => `sample ${normal(random)}`),
      score: (batch) => batch.map(() => 0),
    };
    const real = shifted(3000).map((x) => `sample ${x}`);
    const numbers = (batch: string[]): number[] => batch.map((name) => Number(name.slice(7)));
    const before = tf.memory().numTensors;
    const all = await Promise.all(
      [
        numbers,
        async (batch: string[]) => ({ data: Float32Array.from(numbers(batch)), shape: [batch.length, 1] }),
        (batch: string[]) => tf.tensor2d(numbers(batch), [batch.length, 1]),
      ].map(async (features) => {
        const refit = await refitDiscriminator(names, { real, seed: 1, ...small, features });
        const scores = Array.from(await refit.gan.score(["sample 0.5", "sample 2"]));
        refit.dispose();
        return scores;
      }),
    );
    expect(Math.abs(all[0]![0]!)).toBeLessThan(0.3);
    expect(Math.abs(all[0]![1]! - 1.5)).toBeLessThan(0.5);
    expect(all[1]).toEqual(all[0]);
    expect(all[2]).toEqual(all[0]);
    expect(tf.memory().numTensors).toBe(before);
    await expect(refitDiscriminator(names, { real, seed: 1, ...small })).rejects.toThrow(TypeError);
  });

  test("several critics: the score is their mean logit", async () => {
    const real = shifted(1000);
    const points = [-1, 0, 2];
    const scoresOf = async (critics: number) => {
      const { gan, report } = await refitDiscriminator(shiftedGan, {
        real,
        seed: 5,
        ...small,
        steps: 30,
        critics,
      });
      expect(report.critics).toHaveLength(critics);
      return Array.from(await gan.score(points));
    };
    const [one, two, three] = [await scoresOf(1), await scoresOf(2), await scoresOf(3)];
    // Critic number i has a seed of its own, whatever the others are: from the means follows each.
    const second = two!.map((mean, i) => 2 * mean - one![i]!);
    const third = three!.map((mean, i) => 3 * mean - 2 * two![i]!);
    for (const other of [second, third]) {
      other.forEach((score, i) => {
        expect(Math.abs(score - one![i]!)).toBeLessThan(1);
        expect(score).not.toBeCloseTo(one![i]!, 4);
      });
    }
  });

  test("same seed, same bits; another seed, others; and nothing leaks", async () => {
    const generator = multilayerPerceptron({ inputs: 2, outputs: 2, hidden: [8], random: randomStream(1) });
    const discriminator = multilayerPerceptron({
      inputs: 2,
      outputs: 1,
      hidden: [8],
      random: randomStream(2),
    });
    const gan = fromTfjs(generator, discriminator, { output: "logit" });
    const { data, shape } = planeData(600);
    const real = tf.tensor2d(data as Float32Array, shape as [number, number]);
    const run = async (seed: number) => {
      const refit = await refitDiscriminator(gan, { real, seed, hidden: [8], steps: 10, batchSize: 32 });
      const scores = Array.from(await refit.gan.score(refit.heldOut));
      const calibrated = await calibrateGan(refit.gan, { real: refit.heldOut, seed });
      expect(calibrated.report.evaluatedOn.real).toBe(60);
      refit.dispose();
      return scores;
    };
    const before = tf.memory().numTensors;
    const first = await run(7);
    expect(tf.memory().numTensors).toBe(before);
    expect(first).toHaveLength(120);
    expect(await run(7)).toEqual(first);
    expect(await run(8)).not.toEqual(first);
  });

  test("a network of one's own sees samples in their shape", async () => {
    const shapes: unknown[] = [];
    const image: Gan<ArrayBatch> = {
      generate: (count, random) => ({
        data: Float32Array.from({ length: 4 * count }, () => normal(random)),
        shape: [count, 2, 2, 1],
      }),
      score: () => [],
    };
    const random = randomStream(1);
    const real = {
      data: Float32Array.from({ length: 4 * 2000 }, () => 1 + normal(random)),
      shape: [2000, 2, 2, 1],
    };
    const { gan, report } = await refitDiscriminator(image, {
      real,
      seed: 1,
      steps: 200,
      learningRate: 3e-2,
      model: ({ shape, random }) => {
        shapes.push(shape, typeof random);
        const model = sequential();
        model.add(layers.flatten({ inputShape: [...shape] }));
        model.add(layers.dense({ units: 1, kernelInitializer: "zeros" }));
        return model;
      },
    });
    expect(shapes).toEqual([[2, 2, 1], "function"]);
    // The exact logit is x₁ + x₂ + x₃ + x₄ − 2.
    const scores = await gan.score({ data: Float32Array.of(0, 0, 0, 0, 1, 1, 1, 1), shape: [2, 2, 2, 1] });
    expect(Math.abs(scores[0]! + 2)).toBeLessThan(0.5);
    expect(Math.abs(scores[1]! - 2)).toBeLessThan(0.5);
    expect(report.auc).toBeGreaterThan(0.85);
  });

  test("passes on what the GAN can do, but no gradients of the old scores", async () => {
    const latent = {
      size: 1,
      prior: "uniform" as const,
      draw: (count: number, random: RandomStream) => Float32Array.from({ length: count }, () => random()),
      decode: (latents: Float32Array) => Array.from(latents),
      scoreGradients: () => ({ scores: [], gradients: [] }),
    };
    const source: Gan<number[]> = {
      generate: (count, random) => latent.decode(latent.draw(count, random)),
      score: (batch) => batch,
      take: (batch, rows) => Array.from(rows, (row) => batch[row]!),
      concat: (batches) => batches.flat(),
      dispose: () => {},
      latent,
    };
    const { gan } = await refitDiscriminator(source, { real: shifted(100), seed: 1, ...small, steps: 2 });
    expect(gan.latent).toMatchObject({ size: 1, prior: "uniform" });
    expect(gan.latent!.scoreGradients).toBeUndefined();
    expect(gan.latent!.draw(3, randomStream(1))).toEqual(latent.draw(3, randomStream(1)));
    expect(gan.latent!.decode(Float32Array.of(1, 2))).toEqual([1, 2]);
    expect(gan.take!([5, 6, 7], [2, 0])).toEqual([7, 5]);
    expect(gan.concat!([[1], [2]])).toEqual([1, 2]);
    expect(gan.dispose).toBeDefined();
  });

  test("says where it is, and stops when aborted", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    const seen: unknown[] = [];
    const before = tf.memory().numTensors;
    const endless = refitDiscriminator(shiftedGan, {
      real: shifted(200),
      seed: 1,
      ...small,
      steps: 40,
      critics: 2,
      signal: controller.signal,
      onProgress: ({ critic, critics, step, totalSteps, logLoss }) => {
        seen.push([critic, critics, step, totalSteps, Number.isFinite(logLoss)]);
        if (critic === 2 && step === 4) controller.abort(reason);
      },
    });
    await expect(endless).rejects.toBe(reason);
    expect(seen.slice(-3)).toEqual([
      [1, 2, 40, 40, true],
      [2, 2, 2, 40, true],
      [2, 2, 4, 40, true],
    ]);
    expect(tf.memory().numTensors).toBe(before);
  });

  test("refuses what is off", async () => {
    const run = (options: Partial<RefitDiscriminatorOptions<number[]>>) =>
      refitDiscriminator(shiftedGan, { real: shifted(100), seed: 1, ...small, steps: 2, ...options });
    await expect(run({ critics: 0 })).rejects.toThrow("critics must be an integer from 1, got 0");
    await expect(run({ steps: 1.5 })).rejects.toThrow("steps must be an integer from 1, got 1.5");
    await expect(run({ hidden: [8, 0] })).rejects.toThrow("hidden must hold integers from 1, got [8,0]");
    await expect(run({ learningRate: 0 })).rejects.toThrow("learningRate must be positive");
    await expect(run({ heldOutShare: 0.95 })).rejects.toThrow("their sum below 1, got 0.1 and 0.95");
    await expect(run({ stoppingShare: 0 })).rejects.toThrow("stoppingShare must be positive");
    await expect(run({ fourierFeatures: -1 })).rejects.toThrow(
      'fourierFeatures must be "auto" or an integer',
    );
    await expect(run({ fakeCount: 0 })).rejects.toThrow("fakeCount must be an integer from 1 or Infinity");
    const model = () => multilayerPerceptron({ inputs: 1, outputs: 1, random: randomStream(1) });
    await expect(run({ model, fourierFeatures: 4 })).rejects.toThrow("not be given with a model");
    await expect(run({ real: [1, 2, 3] })).rejects.toThrow("to train on and 2 to stop by, got 1 and 1 of 3");
    await expect(run({ real: [...shifted(99), Number.NaN] })).rejects.toThrow(
      "a batch must be numbers, got NaN in sample",
    );
    await expect(run({ learningRate: 1e300, hidden: [4] })).rejects.toThrow("the log loss must be finite");
    const wide = { features: (batch: number[]) => (batch.length === 10 ? batch : batch.map((x) => [x, x])) };
    await expect(run({ ...wide })).rejects.toThrow(/must all have the shape|must have the shape of real/);
  });
});

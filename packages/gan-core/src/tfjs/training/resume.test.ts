import { normal, randomStream } from "@mhgan/mcmc";
import * as tf from "@tensorflow/tfjs-core";
import { type LayersModel, layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeEach, describe, expect, test } from "vitest";
import { memoryCheckpoints } from "../../testing/memory-checkpoints.ts";
import { useBackend } from "../backend.ts";
import { cosineDecay } from "../cosine-decay.ts";
import { dcganDiscriminator, dcganGenerator } from "../dcgan.ts";
import { linearDecay } from "../linear-decay.ts";
import type { CriticPenalty } from "../losses/critic-penalty.ts";
import { multilayerPerceptron } from "../multilayer-perceptron.ts";
import { adam } from "../optimizers/adam.ts";
import { lookahead } from "../optimizers/lookahead.ts";
import { ranger } from "../optimizers/ranger.ts";
import { trainGan } from "../train-gan.ts";
import type { TrainGanOptions } from "./train-gan-options.ts";
import type { TrainingLogEntry } from "./training-log.ts";

const valuesOf = (model: LayersModel) => model.getWeights().map((weight) => Array.from(weight.dataSync()));

const numbers = (count: number, seed: number): Float32Array => {
  const random = randomStream(seed);
  return Float32Array.from({ length: count }, () => Math.tanh(normal(random)));
};

/** Pulls scores of points between real and generated ones to 0: uses everything that a penalty is given. */
const penalty: CriticPenalty = (critic, real, fake, random) => {
  const share = random();
  const between = tf.add(tf.mul(real, share), tf.mul(fake, 1 - share));
  return tf.mean(tf.square(critic(between))) as tf.Scalar;
};

type Case = () => Omit<TrainGanOptions, "heldOutShare" | "steps" | "seed">;

const points: Case = () => {
  const random = randomStream("models");
  return {
    generator: multilayerPerceptron({ inputs: 2, outputs: 2, hidden: [8], random }),
    discriminator: multilayerPerceptron({ inputs: 2, outputs: 1, hidden: [8], random }),
    real: { data: numbers(60, 1), shape: [30, 2] },
    batchSize: 7,
    learningRate: 0.01,
    schedule: cosineDecay(),
    generatorAverage: 0.9,
    criticSteps: 2,
    penalty,
    penaltyEvery: 3,
    penaltySchedule: linearDecay(),
    // Slow weights, and a step that counts.
    generatorOptimizer: ranger({ learningRate: 0.02 }),
    discriminatorOptimizer: lookahead(adam({ learningRate: 0.01, beta1: 0.5 }), { period: 3 }),
  };
};

const images: Case = () => {
  const image = [8, 8, 1] as const;
  const random = randomStream("models");
  const discriminator = sequential();
  discriminator.add(layers.flatten({ inputShape: [8, 8, 1] }));
  discriminator.add(layers.dense({ units: 4, kernelInitializer: layersInitializer(1) }));
  discriminator.add(layers.batchNormalization({ momentum: 0.9 }));
  discriminator.add(layers.leakyReLU());
  discriminator.add(layers.dense({ units: 1, kernelInitializer: layersInitializer(2) }));
  return {
    generator: dcganGenerator({ image, latent: 3, channels: [2, 3], random }),
    discriminator,
    real: { data: numbers(64 * 20, 1), shape: [20, ...image] },
    batchSize: 4,
    learningRate: 2e-3,
    generatorAverage: 0.8,
    weightClip: 0.3,
  };
};

const layersInitializer = (seed: number) =>
  ({ className: "RandomNormal", config: { mean: 0, stddev: 0.1, seed } }) as never;

const convolutions: Case = () => {
  const image = [8, 8, 1] as const;
  const random = randomStream("models");
  return {
    ...images(),
    discriminator: dcganDiscriminator({ image, channels: [2, 3], random }),
  };
};

describe.each(["cpu", "wasm"] as const)("on %s", (backend) => {
  beforeEach(async () => {
    await useBackend(backend);
  });

  test.each([
    ["points, Lookahead, EMA, lazy penalty, two critic steps", points, 17],
    ["images, batch normalisation in both, EMA, clipping", images, 9],
    ["images, convolutions in both, EMA, clipping", convolutions, 5],
  ])("a run in pieces has the log and the weights of a run in one go: %s", async (_, options, steps) => {
    const whole = options();
    const entries: TrainingLogEntry[] = [];
    const once = await trainGan({
      ...whole,
      heldOutShare: 0.2,
      steps,
      seed: 3,
      progressEvery: 2,
      log: (entry) => entries.push(entry),
    });
    expect(once.resumedFrom).toBe(0);

    const checkpoints = memoryCheckpoints();
    const pieces: TrainingLogEntry[] = [];
    const log = Object.assign((entry: TrainingLogEntry) => pieces.push(entry), {
      rewind: (step: number) => {
        while (pieces.length > 0 && pieces.at(-1)!.step > step) pieces.pop();
      },
    });
    const resumedFrom: number[] = [];
    const kill = new Error("killed");
    let last: { readonly models: TrainGanOptions; readonly result: typeof once } | undefined;
    for (let left = 20; last === undefined && left > 0; left--) {
      // New models each time, as in a new process; their first weights are replaced.
      const models = { ...options(), heldOutShare: 0.2, steps, seed: 3, progressEvery: 2 };
      let since = 0;
      const result = await trainGan({
        ...models,
        checkpoints: {
          ...checkpoints,
          latest: async () => {
            const latest = await checkpoints.latest();
            resumedFrom.push(latest?.step ?? 0);
            return latest;
          },
        },
        checkpointEvery: 3,
        log,
        // Dies without notice at its second look, a step after its last checkpoint.
        onProgress: () => {
          if (++since === 2) throw kill;
        },
      }).catch((error: unknown) => {
        if (error !== kill) throw error;
      });
      if (result !== undefined) last = { models, result };
    }
    expect(resumedFrom.slice(0, 2)).toEqual([0, 3]);
    expect(pieces).toEqual(entries);
    expect(valuesOf(last!.models.generator)).toEqual(valuesOf(whole.generator));
    expect(valuesOf(last!.models.discriminator)).toEqual(valuesOf(whole.discriminator));
    expect(last!.result.heldOut).toEqual(once.heldOut);
    expect(last!.result.progress).toEqual(once.progress);
  });
});

describe("checkpoints", () => {
  beforeEach(async () => {
    await useBackend("cpu");
  });
  const run = (options: Partial<TrainGanOptions> = {}) =>
    trainGan({ ...points(), heldOutShare: 0, steps: 6, seed: 1, ...options });

  test("are plain data, at every k-th step and the last", async () => {
    const checkpoints = memoryCheckpoints();
    await run({ checkpoints, checkpointEvery: 4 });
    expect(checkpoints.all.map(({ step }) => step)).toEqual([4, 6]);
    expect(structuredClone(checkpoints.all[0])).toEqual(checkpoints.all[0]);
    expect(Object.keys(checkpoints.all[0]!.generatorOptimizer.slots)).toEqual(["first", "second", "slow"]);
  });

  test("a run that is done is found done, averaged weights included", async () => {
    const checkpoints = memoryCheckpoints();
    const [first, second] = [points(), points()];
    const { progress } = await run({ ...first, checkpoints });
    const again = await run({ ...second, checkpoints });
    expect(again).toMatchObject({ progress, resumedFrom: 6 });
    expect(valuesOf(second.generator)).toEqual(valuesOf(first.generator));
    expect(checkpoints.all).toHaveLength(1);
  });

  test("an aborted run holds the last step's weights, and saves it", async () => {
    const checkpoints = memoryCheckpoints();
    const controller = new AbortController();
    const models = points();
    const reason = new Error("enough");
    const aborted = run({
      ...models,
      checkpoints,
      progressEvery: 1,
      signal: controller.signal,
      onProgress: ({ step }) => step === 4 && controller.abort(reason),
    });
    await expect(aborted).rejects.toBe(reason);
    expect(checkpoints.all.map(({ step }) => step)).toEqual([4]);
    expect(checkpoints.all[0]!.generator.map((values) => Array.from(values))).toEqual(
      valuesOf(models.generator),
    );
    expect((await run({ checkpoints })).resumedFrom).toBe(4);
    await expect(run({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  test("a run can be made longer if its schedules do not depend on its length", async () => {
    const checkpoints = memoryCheckpoints();
    const longer = points();
    const whole = points();
    const schedule = (step: number) => 1 / (1 + step);
    const schedules = { schedule, penaltySchedule: schedule };
    await run({ ...whole, ...schedules, steps: 9 });
    await run({ ...schedules, checkpoints, steps: 5 });
    expect((await run({ ...longer, ...schedules, checkpoints, steps: 9 })).resumedFrom).toBe(5);
    expect(valuesOf(longer.discriminator)).toEqual(valuesOf(whole.discriminator));
    await expect(run({ ...schedules, checkpoints, steps: 5 })).rejects.toThrow(
      "steps must be at least those of the checkpoint, 9, got 5",
    );
  });

  test("another run is refused with the names of what differs, and the models stay as they are", async () => {
    const checkpoints = memoryCheckpoints();
    await run({ checkpoints });
    const wider = multilayerPerceptron({ inputs: 2, outputs: 2, hidden: [9], random: randomStream(1) });
    const other = { data: numbers(60, 2), shape: [30, 2] };
    for (const [options, message] of [
      [{ seed: 2 }, "these differ: seed (1-0 then, 2-0 now)"],
      [{ seed: 2 }, "trainGan: to resume, the run must be the one that saved the checkpoint"],
      [{ batchSize: 8 }, "these differ: batchSize (7 then, 8 now)"],
      [{ real: other }, "these differ: real.data"],
      [{ heldOutShare: 0.5 }, "these differ: heldOutShare (0 then, 0.5 now)"],
      [{ heldOutSeed: 9 }, "these differ: heldOutSeed"],
      [{ generator: wider }, "these differ: generator"],
      [{ generatorOptimizer: ranger({ learningRate: 1 }) }, "these differ: generatorRate (0.02 then, 1 now)"],
      [{ schedule: () => 1 }, "these differ: schedule"],
      [{ steps: 7 }, "these differ: schedule"],
      [{ generatorAverage: 0 }, "these differ: generatorAverage (0.9 then, 0 now)"],
      [{ weightClip: 1 }, "these differ: weightClip (none then, 1 now)"],
      [{ resume: false }, "checkpoints must be empty unless the run is to resume, got one of step 6"],
    ] as const) {
      const models = points();
      const before = valuesOf(models.generator);
      await expect(run({ ...models, checkpoints, ...options })).rejects.toThrow(message);
      expect(valuesOf(models.generator)).toEqual(before);
    }
    await useBackend("wasm");
    await expect(run({ checkpoints })).rejects.toThrow("these differ: backend (cpu then, wasm now)");
  });

  test("a store that fails ends the run with its error", async () => {
    const full = { ...memoryCheckpoints(), save: () => Promise.reject(new Error("disk full")) };
    await expect(run({ checkpoints: full })).rejects.toThrow("disk full");
  });

  test("checkpoints of another version are refused", async () => {
    const checkpoints = memoryCheckpoints();
    await run({ checkpoints });
    const newer = { ...checkpoints, latest: () => ({ ...checkpoints.all[0]!, version: 2 as 1 }) };
    await expect(run({ checkpoints: newer })).rejects.toThrow("must be of version 1, got 2");
  });
});

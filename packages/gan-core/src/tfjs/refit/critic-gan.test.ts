import { normal, randomStream } from "@mhgan/mcmc";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { shiftedData, shiftedGan } from "../../testing/shifted-gan.ts";
import { useBackend } from "../backend.ts";
import { deserializeModel } from "../models/deserialize-model.ts";
import { serializeModel } from "../models/serialize-model.ts";
import { criticGan } from "./critic-gan.ts";
import { type CriticStore, refitDiscriminator } from "./refit-discriminator.ts";
import type { CriticTraining } from "./train-critic.ts";

beforeAll(async () => {
  await useBackend("wasm");
});

test.each([{ fourierFeatures: 4 }, { features: (batch: readonly number[]) => batch.map((x) => [x, x * x]) }])(
  "saved critics score to the bit as those that were trained (%o)",
  async (seen) => {
    const refit = await refitDiscriminator(shiftedGan, {
      real: shiftedData(2000, randomStream("real")),
      seed: 1,
      critics: 2,
      hidden: [8],
      steps: 30,
      ...seen,
    });
    const copies = await Promise.all(
      refit.critics.map(async (model) => deserializeModel(await serializeModel(model, {}))),
    );
    const again = criticGan(shiftedGan, copies, "features" in seen ? { features: seen.features } : {});
    const random = randomStream(7);
    const points = Array.from({ length: 100 }, () => normal(random));
    const scores = await refit.gan.score(points);
    expect(Array.from(scores).every(Number.isFinite)).toBe(true);
    expect(await again.score(points)).toEqual(scores);
    expect(again.output).toBe("logit");
    refit.dispose();
    for (const copy of copies) copy.dispose();
  },
);

test("no critic is an error", () => {
  expect(() => criticGan(shiftedGan, [])).toThrow(
    "criticGan: critics must hold at least one model, got none",
  );
});

test("a refit that was stopped goes on after the critics that were saved, to the same scores", async () => {
  const options = {
    real: shiftedData(2000, randomStream("real")),
    seed: 1,
    critics: 3,
    hidden: [8],
    steps: 30,
  };
  const whole = await refitDiscriminator(shiftedGan, options);
  const kept = new Map<
    number,
    { files: Awaited<ReturnType<typeof serializeModel>>; training: CriticTraining }
  >();
  const trained: number[] = [];
  const store: CriticStore = {
    load: async (number) => {
      const found = kept.get(number);
      return found && { model: await deserializeModel(found.files), training: found.training };
    },
    save: async (number, { model, training }) => {
      trained.push(number);
      kept.set(number, { files: await serializeModel(model), training });
      if (trained.length === 2) controller.abort(new Error("enough"));
    },
  };
  const controller = new AbortController();
  const before = tf.memory().numTensors;
  const stopped = refitDiscriminator(shiftedGan, { ...options, store, signal: controller.signal });
  await expect(stopped).rejects.toThrow("enough");
  expect(tf.memory().numTensors).toBe(before);
  const again = await refitDiscriminator(shiftedGan, { ...options, store });
  expect(trained).toEqual([0, 1, 2]);
  expect(again.report).toEqual(whole.report);
  const points = [-1, 0, 1, 2];
  expect(await again.gan.score(points)).toEqual(await whole.gan.score(points));
  whole.dispose();
  again.dispose();
});

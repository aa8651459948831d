import { normal, randomStream } from "@mhgan/mcmc";
import { beforeAll, expect, test } from "vitest";
import { shiftedData, shiftedGan } from "../../testing/shifted-gan.ts";
import { useBackend } from "../backend.ts";
import { deserializeModel } from "../models/deserialize-model.ts";
import { serializeModel } from "../models/serialize-model.ts";
import { criticGan } from "./critic-gan.ts";
import { refitDiscriminator } from "./refit-discriminator.ts";

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

import { mala as malaKernel, type SampleProgress } from "@mhgan/mcmc";
import { describe, expect, test } from "vitest";
import type { Gan } from "../gan.ts";
import { scoresAsLogWeights } from "../log-weight.ts";
import { sampleLatents } from "../sample-latents.ts";
import { lineGan } from "../testing/line-gan.ts";
import { exactScore, generated, linearGan } from "../testing/linear-gan.ts";
import { discriminatorTransport } from "./discriminator-transport.ts";
import { gradientFlow } from "./gradient-flow.ts";
import { latentChains } from "./latent-chains.ts";
import { latentIteratedSirMala } from "./latent-iterated-sir-mala.ts";
import { latentLangevin } from "./latent-langevin.ts";
import { latentMala } from "./latent-mala.ts";
import type { LatentSampler } from "./latent-sampler.ts";

/** One of every kind. A step costs these evaluations, and before the first one come those `before`. */
const samplers: {
  sampler: LatentSampler;
  steps: number;
  gradients: number;
  forward: number;
  before: number;
}[] = [
  { sampler: latentLangevin({ steps: 5 }), steps: 5, gradients: 1, forward: 0, before: 1 },
  { sampler: latentMala({ steps: 5, stepSize: 0.2 }), steps: 5, gradients: 1, forward: 0, before: 1 },
  {
    sampler: latentIteratedSirMala({ steps: 4, candidates: 3, localSteps: 2, stepSize: 0.2 }),
    steps: 4,
    gradients: 3,
    forward: 2,
    before: 1,
  },
  { sampler: gradientFlow({ steps: 5, divergence: "js" }), steps: 5, gradients: 1, forward: 0, before: 1 },
  {
    sampler: discriminatorTransport({ steps: 5, lipschitz: 1 }),
    steps: 5,
    gradients: 1,
    forward: 0,
    before: 0,
  },
  {
    sampler: discriminatorTransport({ space: "data", steps: 5, lipschitz: 1 }),
    steps: 5,
    gradients: 1,
    forward: 1 / 5,
    before: 0,
  },
  {
    sampler: latentChains({
      name: "own",
      steps: 5,
      kernel: (target) => malaKernel(target, { stepSize: 0.1 }),
    }),
    steps: 5,
    gradients: 1,
    forward: 0,
    before: 1,
  },
];

const options = { logWeight: scoresAsLogWeights, seed: "samplers" };

describe.each(samplers)("$sampler.name", ({ sampler, steps, gradients, forward, before }) => {
  test("gives the same draws whatever the batch size, and whatever draws there are besides", async () => {
    const whole = await sampleLatents(linearGan, { ...options, sampler, draws: 11 });
    for (const batchSize of [1, 4]) {
      expect(await sampleLatents(linearGan, { ...options, sampler, draws: 11, batchSize })).toEqual(whole);
    }
    const few = await sampleLatents(linearGan, { ...options, sampler, draws: 3 });
    expect(few.samples).toEqual(whole.samples.slice(0, 3));
    const other = await sampleLatents(linearGan, { ...options, sampler, draws: 3, seed: "other" });
    expect(other.samples).not.toEqual(few.samples);
  });

  test("records what it did", async () => {
    const { samples, latents, info } = await sampleLatents(linearGan, { ...options, sampler, draws: 11 });
    expect(info.sampler).toBe(sampler.name);
    expect(info.logWeights).toEqual(Float64Array.from(samples, exactScore));
    if (latents) {
      expect(samples).toEqual(
        Array.from({ length: 11 }, (_, i) => generated([latents![2 * i]!, latents![2 * i + 1]!])),
      );
    }
    const { statistics } = info;
    expect(statistics.steps).toBe(steps);
    expect(statistics.gradientEvaluations).toBe(11 * (steps * gradients + before));
    // The starts are scored too.
    expect(statistics.evaluations).toBe(11 * (steps * forward + 1));
    for (const key of ["startLogWeights", "acceptanceRates", "stepLengths"] as const) {
      expect(statistics[key]).toHaveLength(11);
    }
    expect(statistics.acceptanceRates.every((rate) => rate >= 0 && rate <= 1)).toBe(true);
    expect(statistics.stepLengths.every((length) => length >= 0)).toBe(true);
    expect(statistics.stepLengths.some((length) => length > 0)).toBe(true);
    expect(structuredClone(info)).toEqual(info);
  });

  test("starts at plain samples of the generator", async () => {
    const { info } = await sampleLatents(linearGan, { ...options, sampler, draws: 4000 });
    // The mean weight of the generator's own samples is 1, with a standard error of .03 here: beyond 5 for 6 seeds in 10 million.
    const mean = info.statistics.startLogWeights.reduce((sum, w) => sum + Math.exp(w), 0) / 4000;
    expect(Math.abs(mean - 1)).toBeLessThan(0.15);
  });

  test("reports progress and can be stopped", async () => {
    const reports: SampleProgress[] = [];
    const onProgress = (progress: SampleProgress) => reports.push(progress);
    await sampleLatents(linearGan, { ...options, sampler, draws: 4, batchSize: 2, onProgress });
    expect(reports.at(-1)).toEqual({
      draws: 4,
      totalDraws: 4,
      steps: 4 * steps,
      totalSteps: 4 * steps,
    });
    expect(reports.length).toBeGreaterThan(1);
    const controller = new AbortController();
    const stop = sampleLatents(linearGan, {
      ...options,
      sampler,
      draws: 4,
      batchSize: 2,
      signal: controller.signal,
      onProgress: () => controller.abort(new Error("enough")),
    });
    await expect(stop).rejects.toThrow("enough");
    const before = sampleLatents(linearGan, {
      ...options,
      sampler,
      draws: 4,
      signal: AbortSignal.abort(new Error("never")),
    });
    await expect(before).rejects.toThrow("never");
  });

  test("frees every batch but the one it gives", async () => {
    const alive = new Set<unknown>();
    const made = <Batch>(batch: Batch): Batch => {
      alive.add(batch);
      return batch;
    };
    const { latent, dataSpace } = linearGan;
    const gan: typeof linearGan = {
      ...linearGan,
      latent: { ...latent, decode: async (latents) => made(await latent.decode(latents)) },
      dataSpace: { ...dataSpace!, decode: async (values) => made(await dataSpace!.decode(values)) },
      concat: (batches) => made(batches.flat()),
      dispose: (batch) => alive.delete(batch),
    };
    const { samples } = await sampleLatents(gan, { ...options, sampler, draws: 5, batchSize: 2 });
    expect([...alive]).toEqual([samples]);
  });

  test("says what the GAN lacks", async () => {
    const { latent, dataSpace: _, ...bare } = linearGan;
    const run = (gan: Gan<[number, number][]>) =>
      sampleLatents(gan as typeof linearGan, { ...options, sampler, draws: 1 });
    await expect(async () => run(bare as Gan<[number, number][]>)).rejects.toThrow(
      `${sampler.name}: the GAN must have a latent space, but its \`latent\` is missing`,
    );
    const { scoreGradients: __, ...flat } = latent;
    await expect(async () => run({ ...bare, latent: flat } as Gan<[number, number][]>)).rejects.toThrow(
      /is missing$/,
    );
  });
});

describe("sampleLatents", () => {
  test("refuses options that are off", async () => {
    const run = (more: object) =>
      sampleLatents(linearGan, { ...options, sampler: latentLangevin(), draws: 1, ...more });
    await expect(run({ draws: 0 })).rejects.toThrow(
      new RangeError("sample: draws must be an integer from 1, got 0"),
    );
    await expect(run({ batchSize: 1.5 })).rejects.toThrow(
      "sample: batchSize must be an integer from 1, got 1.5",
    );
  });

  test("names the chain whose score is no number", async () => {
    const gan = lineGan(
      "normal",
      (x) => (x > 1 ? Number.NaN : 0),
      () => 0,
    );
    const run = (sampler: LatentSampler) => sampleLatents(gan, { ...options, sampler, draws: 50 });
    await expect(run(latentMala({ steps: 1 }))).rejects.toThrow(
      /^mala: the log density at the position of chain \d+ must be finite or -Infinity, got NaN$/,
    );
  });

  test.each([
    {
      make: () => latentLangevin({ stepSize: 0 }),
      says: "latentLangevin: stepSize must be positive and finite, got 0",
    },
    { make: () => latentLangevin({ noiseScale: -1 }), says: "latentLangevin: noiseScale must be positive" },
    {
      make: () => latentLangevin({ steps: 0 }),
      says: "latentLangevin: steps must be an integer from 1, got 0",
    },
    { make: () => latentMala({ steps: 1.5 }), says: "latentMala: steps must be an integer from 1, got 1.5" },
    {
      make: () => latentMala({ stepSize: Number.NaN }),
      says: "latentMala: stepSize must be positive and finite, got NaN",
    },
    {
      make: () => latentMala({ targetAcceptance: 0.5 }),
      says: 'latentMala: targetAcceptance must be left out unless stepSize is "tuned", got 0.5',
    },
    {
      make: () => latentMala({ stepSize: "tuned", noiseScale: 1 }),
      says: 'latentMala: noiseScale must be left out where stepSize is "tuned", got 1',
    },
    {
      make: () => latentMala({ stepSize: "tuned", targetAcceptance: 1 }),
      says: "latentMala: targetAcceptance must be between 0 and 1, got 1",
    },
    {
      make: () => latentIteratedSirMala({ candidates: 1 }),
      says: "latentIteratedSirMala: candidates must be an integer from 2, got 1",
    },
    {
      make: () => latentIteratedSirMala({ localSteps: -1 }),
      says: "latentIteratedSirMala: localSteps must be an integer from 0, got -1",
    },
    {
      make: () => latentIteratedSirMala({ steps: 0 }),
      says: "latentIteratedSirMala: steps must be an integer from 1, got 0",
    },
    {
      make: () => gradientFlow({ divergence: "tv" as "kl" }),
      says: "gradientFlow: divergence must be one of kl, js, logD, got tv",
    },
    {
      make: () => gradientFlow({ noiseFactor: -1 }),
      says: "gradientFlow: noiseFactor must be finite and not negative, got -1",
    },
    { make: () => gradientFlow({ stepSize: 0 }), says: "gradientFlow: stepSize must be positive" },
    { make: () => gradientFlow({ steps: 0 }), says: "gradientFlow: steps must be an integer from 1" },
    {
      make: () => discriminatorTransport({ space: "pixel" as "data" }),
      says: "discriminatorTransport: space must be one of latent, data, got pixel",
    },
    {
      make: () => discriminatorTransport({ optimizer: "rmsprop" as "sgd" }),
      says: "discriminatorTransport: optimizer must be one of sgd, adam, got rmsprop",
    },
    {
      make: () => discriminatorTransport({ lipschitz: 0 }),
      says: "discriminatorTransport: lipschitz must be positive",
    },
    {
      make: () => discriminatorTransport({ pairs: 0 }),
      says: "discriminatorTransport: pairs must be an integer from 1",
    },
    {
      make: () => discriminatorTransport({ bounds: [-1, 1] }),
      says: "discriminatorTransport: bounds must be [smallest, largest], and left out in latent space, got [-1,1]",
    },
    {
      make: () => discriminatorTransport({ space: "data", bounds: [1, -1] }),
      says: "discriminatorTransport: bounds must be [smallest, largest]",
    },
    {
      make: () => discriminatorTransport({ space: "data", keepNorm: true }),
      says: "discriminatorTransport: keepNorm must be left out in data space, got true",
    },
    {
      make: () => latentChains({ steps: 0, kernel: (t) => malaKernel(t, { stepSize: 1 }) }),
      says: "latentChains: steps",
    },
  ])("refuses: $says", ({ make, says }) => {
    expect(make).toThrow(RangeError);
    expect(make).toThrow(says);
  });
});

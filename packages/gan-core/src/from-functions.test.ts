import { metropolisHastings, randomStream } from "@mhgan/mcmc";
import { describe, expect, test } from "vitest";
import { calibrateGan } from "./calibrate-gan.ts";
import { type FromFunctionsOptions, fromFunctions } from "./from-functions.ts";
import { shiftedData, shiftedGan } from "./testing/shifted-gan.ts";

const score = (batch: readonly number[]) => batch.map((x) => x - 0.5);
const decode = (latents: Float32Array) => Array.from(latents);
const decoding = { latent: { size: 1 }, decode, score, output: "logit" } as const;
const generating = { generate: shiftedGan.generate, score, output: "logit" } as const;
const stream = () => randomStream(1);

describe("fromFunctions", () => {
  test("makes generate and the latent operations from decode and a size", async () => {
    const seen: number[] = [];
    const gan = fromFunctions({
      ...decoding,
      latent: { size: 2 },
      decode: (latents, count) => {
        seen.push(count);
        return Array.from({ length: count }, (_, i) => latents[2 * i]! + latents[2 * i + 1]!);
      },
    });
    expect(gan.latent).toMatchObject({ size: 2, prior: "normal" });
    const latents = gan.latent!.draw(3, stream());
    expect(latents).toHaveLength(6);
    expect(await gan.latent!.decode(latents)).toEqual(await gan.generate(3, stream()));
    expect(seen).toEqual([3, 3]);
    expect(gan.output).toBe("logit");
  });

  test("draws from the prior asked for", () => {
    const gan = fromFunctions({ ...decoding, latent: { size: 1, prior: "uniform" } });
    const latents = gan.latent!.draw(1000, stream());
    expect(gan.latent!.prior).toBe("uniform");
    expect(latents.every((z) => z >= -1 && z < 1)).toBe(true);
    // Uniform: variance 1/3 with standard error .009; normal: 1.
    expect(latents.reduce((sum, z) => sum + z * z, 0) / 1000).toBeCloseTo(1 / 3, 1);
  });

  test("is calibrated and sampled with latents and without", async () => {
    const real = shiftedData(4000, stream());
    for (const gan of [fromFunctions<number[]>(decoding), fromFunctions<number[]>(generating)]) {
      const calibrated = await calibrateGan(gan, { real, seed: 1 });
      const { samples } = await calibrated.sample({
        draws: 400,
        sampler: metropolisHastings({ chainLength: 100 }),
        seed: 1,
      });
      // The data have mean 1 and the generator 0. Four standard errors, and what calibration leaves open.
      expect(Math.abs(samples.reduce((sum, x) => sum + x, 0) / 400 - 1)).toBeLessThan(
        4 / Math.sqrt(400) + 0.1,
      );
    }
  });

  test("passes gradients of scores on, checked", async () => {
    const scoreGradients = (latents: Float32Array) => ({
      scores: Array.from(latents, (z) => z - 0.5),
      gradients: new Float32Array(latents.length).fill(1),
    });
    const gan = fromFunctions({ ...decoding, scoreGradients });
    expect(await gan.latent!.scoreGradients!(Float32Array.of(1, 2))).toEqual({
      scores: [0.5, 1.5],
      gradients: Float32Array.of(1, 1),
    });
    const short = fromFunctions({
      ...decoding,
      scoreGradients: () => ({ scores: [1, 2], gradients: [1] }),
    });
    await expect(short.latent!.scoreGradients!(Float32Array.of(1, 2))).rejects.toThrow(
      "scoreGradients must give 2 derivatives, 1 a sample, got 1",
    );
    expect(fromFunctions(decoding).latent!.scoreGradients).toBeUndefined();
  });

  test.each<[object, string]>([
    [{ score: () => [1] }, "score must give one number a sample, 2, got 1"],
    [{ score: () => [0, Number.NaN] }, "score must give numbers, got NaN for sample 1"],
    [{ score: () => [0, "1"] }, "score must give numbers, got string for sample 1"],
    [{ score: () => undefined }, "score must give one number a sample, 2, got undefined"],
    [
      { score: () => [0.5, 1.5], output: "probability" },
      'scores must be in [0, 1] where output is "probability", got 1.5',
    ],
  ])("says what is wrong with scores: %o", async (wrong, message) => {
    const gan = fromFunctions({ ...decoding, ...wrong } as FromFunctionsOptions<number[]>);
    await expect(gan.score([1, 2])).rejects.toThrow(message);
  });

  test("counts what is generated: lists, { data, shape }; other batches are counted by their scores", async () => {
    const make = (batch: unknown) =>
      fromFunctions<unknown>({ ...generating, score: () => [1], generate: () => batch });
    await expect(make([1]).generate(2, stream())).rejects.toThrow("generate must give 2 samples, got 1");
    await expect(make({ data: new Float32Array(6), shape: [3, 2] }).generate(2, stream())).rejects.toThrow(
      "got 3",
    );
    await expect(make(undefined).generate(2, stream())).rejects.toThrow("got undefined");
    const batch = new Map();
    expect(await make(batch).generate(2, stream())).toBe(batch);
    const gan = fromFunctions({ ...decoding, decode: () => [] });
    await expect(gan.latent!.decode(Float32Array.of(1, 2))).rejects.toThrow(
      "decode must give 2 samples, got 0",
    );
  });

  test.each<[object, string]>([
    [{ ...generating, decode, latent: { size: 1 } }, "give either generate, or latent and decode, got both"],
    [{ score, output: "logit" }, "decode must be a function, got undefined"],
    [{ ...generating, score: 1 }, "score must be a function, got number"],
    [{ ...generating, generate: null }, "generate must be a function, got null"],
    [{ ...generating, take: 3 }, "take must be a function, got number"],
    [
      { ...generating, output: undefined },
      "output must be one of probability, logit, unbounded, got undefined",
    ],
    [{ ...decoding, latent: undefined }, "latent.size must be an integer from 1, got undefined"],
    [{ ...decoding, latent: { size: 0 } }, "latent.size must be an integer from 1, got 0"],
    [
      { ...decoding, latent: { size: 1, prior: "cauchy" } },
      "latent prior must be normal or uniform, got cauchy",
    ],
  ])("refuses %o", (options, message) => {
    expect(() => fromFunctions(options as FromFunctionsOptions<number[]>)).toThrow(message);
  });
});

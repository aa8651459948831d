import type { Calibrator } from "@mhgan/calibration";
import { integer, metropolisHastings, randomStream, selectionProbabilities } from "@mhgan/mcmc";
import { describe, expect, test } from "vitest";
import { calibrateGan } from "./calibrate-gan.ts";
import type { Gan } from "./gan.ts";
import { shiftedData, shiftedGan } from "./testing/shifted-gan.ts";

const real = shiftedData(4000, randomStream("real"));

/** The scores of the shifted GAN are exact log weights. */
const exact: Calibrator = {
  kind: "exact",
  minLogOdds: -Infinity,
  maxLogOdds: Infinity,
  predict: (scores) => Float64Array.from(scores, (s) => 1 / (1 + Math.exp(-s))),
  logOdds: (scores) => Float64Array.from(scores),
  toJSON: () => ({ version: 1, kind: "exact" }),
};

/** The same GAN with a latent that is the sample. */
const latentGan: Gan<number[]> = {
  ...shiftedGan,
  latent: {
    size: 1,
    draw: (count, random) => Float32Array.from(shiftedGan.generate(count, random) as number[]),
    decode: (latents) => Array.from(latents),
  },
};

const calibrated = (gan: Gan<number[]>) => calibrateGan(gan, { real, seed: 1, calibrator: () => exact });
const mean = (samples: readonly number[], weights: ArrayLike<number>) =>
  samples.reduce((sum, x, i) => sum + weights[i]! * x, 0);

describe("CalibratedGan.sampleWeighted", () => {
  test("gives each proposal the probability that it is its chain's draw", async () => {
    const gan = await calibrated(latentGan);
    const [chains, chainLength] = [3, 5];
    const options = { proposals: chains * chainLength, chainLength, seed: 7 };
    for (const restart of ["same-proposals", "never"] as const) {
      const { samples, latents, info } = await gan.sampleWeighted({ ...options, restart });
      const expected: { x: number; weight: number }[] = [];
      for (let chain = 0; chain < chains; chain++) {
        const stream = randomStream(7).split(chain);
        const proposals = Array.from(
          { length: chainLength },
          (_, k) => latentGan.latent!.draw(1, stream.split(k).split(0))[0]!,
        );
        const start = real[integer(stream.split("start"), real.length)]!;
        const logWeights = proposals.map((x) => x - 0.5);
        const law = selectionProbabilities(logWeights, { initialLogWeight: start - 0.5 });
        const again = selectionProbabilities(logWeights).probabilities;
        if (restart === "never") expected.push({ x: start, weight: law.startProbability });
        proposals.forEach((x, k) => {
          const more = restart === "never" ? 0 : law.startProbability * again[k]!;
          expected.push({ x, weight: law.probabilities[k]! + more });
        });
      }
      const possible = expected.filter(({ weight }) => weight > 0);
      expect(samples).toEqual(possible.map(({ x }) => x));
      possible.forEach(({ weight }, i) => {
        expect(info.weights[i]).toBeCloseTo(weight / chains, 14);
      });
      expect(info.logWeights).toEqual(Float64Array.from(samples, (x) => x - 0.5));
      expect(info.proposals).toBe(15);
      const squares = info.weights.reduce((sum, w) => sum + w * w, 0);
      expect(info.effectiveSampleSize).toBeCloseTo(1 / squares, 10);
      // A real sample has no latent.
      samples.forEach((x, i) => {
        expect(latents![i]).toBe(real.includes(x) ? Number.NaN : Math.fround(x));
      });
    }
  });

  test("has the mean of the draws of the same chains, with less noise", async () => {
    const gan = await calibrated(latentGan);
    const [chains, chainLength, runs] = [20, 30, 100];
    const squared = { draws: 0, chains: 0, importance: 0 };
    let difference = 0;
    for (let seed = 0; seed < runs; seed++) {
      const sampler = metropolisHastings({ chainLength });
      const { samples } = await gan.sample({ draws: chains, sampler, seed });
      const options = { proposals: chains * chainLength, seed };
      const weighted = await gan.sampleWeighted({ ...options, chainLength });
      const importance = await gan.sampleWeighted(options);
      const drawn = mean(samples, new Array<number>(chains).fill(1 / chains));
      const expected = mean(weighted.samples, weighted.info.weights);
      difference += drawn - expected;
      squared.draws += (drawn - 1) ** 2 / runs;
      squared.chains += (expected - 1) ** 2 / runs;
      squared.importance += (mean(importance.samples, importance.info.weights) - 1) ** 2 / runs;
    }
    // Given the proposals the draws' mean is that of the weights: the differences have mean 0 and a standard deviation of at most
    // 1/√20 each. Beyond 4 for 6 seeds in 100,000.
    expect(Math.abs(difference / runs)).toBeLessThan((4 * Math.sqrt(1 / chains)) / Math.sqrt(runs));
    // Variance of a mean of 20 draws: 1/20. Chains share their starts and end states between runs, so it is near that.
    expect(squared.draws).toBeGreaterThan(0.03);
    expect(squared.chains).toBeLessThan(0.8 * squared.draws);
    expect(squared.importance).toBeLessThan(0.5 * squared.draws);
  });

  test("weighs all proposals by p/q where there are no chains", async () => {
    for (const gan of [await calibrated(shiftedGan), await calibrated(latentGan)]) {
      const { samples, info } = await gan.sampleWeighted({ proposals: 20_000, seed: 1 });
      expect(samples).toHaveLength(20_000);
      expect(info.weights.reduce((sum, w) => sum + w, 0)).toBeCloseTo(1, 12);
      const ratio = (info.weights[1]! / info.weights[0]!) * Math.exp(samples[0]! - samples[1]!);
      expect(ratio).toBeCloseTo(1, 10);
      // E w² = e, so 20,000 proposals are worth some 20,000/e draws; the mean is off by 1/√(that), four of which:
      expect(info.effectiveSampleSize / 20_000).toBeCloseTo(1 / Math.E, 1);
      expect(Math.abs(mean(samples, info.weights) - 1)).toBeLessThan(0.05);
    }
  });

  test.each([shiftedGan, latentGan])("does not depend on the batch size (GAN %#)", async (gan) => {
    const calibratedGan = await calibrated(gan);
    for (const chainLength of [undefined, 10]) {
      const options = { proposals: 600, seed: 3, ...(chainLength !== undefined && { chainLength }) };
      const expected = await calibratedGan.sampleWeighted(options);
      for (const batchSize of [1, 100, 1000]) {
        expect(await calibratedGan.sampleWeighted({ ...options, batchSize })).toEqual(expected);
      }
    }
  });

  test("frees what it does not give", async () => {
    const alive = new Set<number[]>();
    const track = (batch: number[]) => {
      alive.add(batch);
      return batch;
    };
    const gan: Gan<number[]> = {
      ...shiftedGan,
      generate: (count, random) => track(shiftedGan.generate(count, random) as number[]),
      take: (batch, rows) => track(Array.from(rows, (row) => batch[row]!)),
      concat: (batches) => track(batches.flat()),
      dispose: (batch) => {
        if (!alive.delete(batch)) throw new Error("freed twice, or not ours");
      },
    };
    const calibratedGan = await calibrated(gan);
    for (const chainLength of [undefined, 10]) {
      const options = { proposals: 300, seed: 3, ...(chainLength !== undefined && { chainLength }) };
      const { samples } = await calibratedGan.sampleWeighted(options);
      expect([...alive]).toEqual([samples]);
      alive.clear();
    }
    const controller = new AbortController();
    const aborted = calibratedGan.sampleWeighted({
      proposals: 2000,
      seed: 3,
      batchSize: 256,
      signal: controller.signal,
      onProgress: ({ proposals }) => proposals >= 512 && controller.abort(),
    });
    await expect(aborted).rejects.toThrow("aborted");
    expect(alive.size).toBe(0);
  });

  test("refuses what is off", async () => {
    const gan = await calibrated(shiftedGan);
    const run = (options: object) => gan.sampleWeighted({ proposals: 10, seed: 1, ...options });
    await expect(run({ proposals: 0 })).rejects.toThrow(
      "sampleWeighted: proposals must be an integer from 1, got 0",
    );
    await expect(run({ chainLength: 3 })).rejects.toThrow(
      "proposals must be a multiple of chainLength = 3, got 10",
    );
    await expect(run({ chainLength: 0.5 })).rejects.toThrow("chainLength must be an integer from 1, got 0.5");
    await expect(run({ restart: "fresh" })).rejects.toThrow(
      "restart must be one of same-proposals, never, got fresh",
    );
    await expect(run({ batchSize: Number.NaN })).rejects.toThrow("batchSize");
    const nothing: Calibrator = {
      ...exact,
      logOdds: (scores) => new Float64Array(scores.length).fill(-Infinity),
    };
    const empty = await calibrateGan(shiftedGan, { real, seed: 1, calibrator: () => nothing });
    await expect(empty.sampleWeighted({ proposals: 10, seed: 1 })).rejects.toThrow("all of them were 0");
  });
});

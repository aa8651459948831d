import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { normal } from "../random/normal.ts";
import { type RandomStream, randomStream } from "../random/random-stream.ts";
import { kolmogorovSmirnovPValue } from "../testing/kolmogorov-smirnov.ts";
import { independenceSampler } from "./independence-sampler.ts";
import { sample } from "./sample.ts";

// Target: the exponential distribution (skewed). Proposal: exponential with mean 2, so w ∝ e^(−x/2) ≤ 2.
const exponential = {
  propose: (random: RandomStream) => -2 * Math.log(1 - random()),
  logWeight: (x: number) => -x / 2,
};
const sampler = independenceSampler(exponential);

describe("sample", () => {
  test("draws from the target", async () => {
    const { draws, acceptanceRate } = await sample(sampler, { draws: 20_000, chainLength: 30, seed: 1 });
    // After 30 steps the law is within 2^-30 of the target. Fixed seed; fails for 1 seed in 1000.
    expect(kolmogorovSmirnovPValue(draws, (x) => 1 - Math.exp(-x))).toBeGreaterThan(0.001);
    // Stationary acceptance 2/3 (E min(1, w'/w) over x ~ exp(1), x' ~ exp(1/2)); the first step always accepts.
    expect(acceptanceRate).toBeCloseTo((1 + 29 * (2 / 3)) / 30, 2);
  });

  test("equals driving the kernel by hand with the chain's own stream", async () => {
    const start = (random: RandomStream) => {
      const position = 3 * random();
      return { position, logWeight: exponential.logWeight(position) };
    };
    const result = await sample(sampler, { draws: 20, chainLength: 6, seed: 5, start, restart: "never" });
    for (let c = 0; c < 20; c++) {
      const chain = randomStream(5).split(c);
      let state: { position: number; logWeight: number } = start(chain.split("start"));
      let accepted = 0;
      for (let t = 0; t < 6; t++) {
        const step = sampler.step(state, chain.split(t));
        state = step.state;
        if (step.info.accepted) accepted++;
      }
      expect(result.draws[c]).toBe(state.position);
      expect(result.logWeights[c]).toBe(state.logWeight);
      expect(result.acceptCounts[c]).toBe(accepted);
    }
    expect(result.proposals).toBe(120);
  });

  test("gives the same bits for every batch size, target form and number of other chains", async () => {
    const batched = independenceSampler<number>({
      proposeBatch: async (streams) => streams.map((stream) => exponential.propose(stream)),
      logWeightBatch: (positions) => positions.map(exponential.logWeight),
    });
    const asynchronous = independenceSampler({
      propose: async (random: RandomStream) => exponential.propose(random),
      logWeight: exponential.logWeight,
    });
    const restarts = fc.constantFrom("same-proposals" as const, "fresh" as const);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 12 }),
        fc.nat(1000),
        restarts,
        async (batchSize, chainLength, seed, restart) => {
          // A start so heavy that most chains cap out, to exercise the restarts.
          const start = () => ({ logWeight: 2 });
          const options = { draws: 7, chainLength, seed, start, restart };
          const whole = await sample(sampler, options);
          expect(await sample(sampler, { ...options, batchSize })).toEqual(whole);
          expect(await sample(batched, { ...options, batchSize })).toEqual(whole);
          expect(await sample(asynchronous, { ...options, batchSize })).toEqual(whole);
          const alone = await sample(sampler, { ...options, draws: 3 });
          expect(alone.draws).toEqual(whole.draws.slice(0, 3));
        },
      ),
      { seed: 1, numRuns: 40 },
    );
  });

  test("restarts a chain that never left its start", async () => {
    const options = { draws: 50, chainLength: 4, seed: 2, start: () => ({ logWeight: Infinity }) };
    const same = await sample(sampler, options);
    expect(same).toMatchObject({ capOuts: 50, acceptanceRate: 0, proposals: 200 });
    const fresh = await sample(sampler, { ...options, restart: "fresh" });
    expect(fresh).toMatchObject({ capOuts: 50, acceptanceRate: 0, proposals: 450 });
    expect(fresh.draws).not.toEqual(same.draws);
    await expect(sample(sampler, { ...options, restart: "never" })).rejects.toThrow(
      "start must give a position",
    );
    const kept = await sample(sampler, {
      ...options,
      restart: "never",
      start: () => ({ logWeight: Infinity, position: -1 }),
    });
    expect(kept.draws).toEqual(Array(50).fill(-1));
  });

  test("never asks for more than a batch at a time", async () => {
    const sizes: number[] = [];
    const batched = independenceSampler<number>({
      proposeBatch: (streams) => {
        sizes.push(streams.length);
        return streams.map(exponential.propose);
      },
      logWeightBatch: (positions) => positions.map(exponential.logWeight),
    });
    await sample(batched, { draws: 5, chainLength: 10, seed: 1, batchSize: 4 });
    expect(Math.max(...sizes)).toBe(4);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(50);
  });

  test("reports progress", async () => {
    const seen: unknown[] = [];
    await sample(sampler, {
      draws: 5,
      chainLength: 10,
      seed: 1,
      batchSize: 20,
      onProgress: (progress) => seen.push(progress),
    });
    expect(seen).toEqual([
      { draws: 2, totalDraws: 5, proposals: 20 },
      { draws: 4, totalDraws: 5, proposals: 40 },
      { draws: 5, totalDraws: 5, proposals: 50 },
    ]);
  });

  test("stops in the middle when aborted, also while a synchronous target holds the thread", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    setTimeout(() => controller.abort(reason), 20);
    const endless = sample(sampler, { draws: 1e7, chainLength: 1000, seed: 1, signal: controller.signal });
    await expect(endless).rejects.toBe(reason);
    const already = sample(sampler, { draws: 1, chainLength: 1, seed: 1, signal: controller.signal });
    await expect(already).rejects.toBe(reason);
  });

  test("gives nothing for zero draws", async () => {
    const result = await sample(sampler, { draws: 0, chainLength: 3, seed: 1 });
    expect(result).toEqual({
      draws: [],
      logWeights: new Float64Array(),
      acceptCounts: new Uint32Array(),
      acceptanceRate: Number.NaN,
      capOuts: 0,
      proposals: 0,
    });
  });

  test("survives structuredClone", async () => {
    const result = await sample(sampler, { draws: 3, chainLength: 3, seed: 1 });
    expect(structuredClone(result)).toEqual(result);
  });

  test("names chain and step of a NaN log weight, and passes on what the target throws", async () => {
    const broken = independenceSampler({
      propose: (random: RandomStream) => random(),
      logWeight: (x) => (x > 0.99 ? Number.NaN : x),
    });
    const chains = Array.from({ length: 200 }, (_, c) => randomStream(1).split(c));
    const chain = chains.findIndex((c) => [0, 1, 2].some((t) => c.split(t).split(0)() > 0.99));
    const step = [0, 1, 2].findIndex((t) => chains[chain]!.split(t).split(0)() > 0.99);
    await expect(sample(broken, { draws: 200, chainLength: 3, seed: 1 })).rejects.toThrow(
      `got NaN in chain ${chain} at step ${step}`,
    );
    const throwing = independenceSampler({
      propose: normal,
      logWeight: (): number => {
        throw new Error("no model");
      },
    });
    await expect(sample(throwing, { draws: 1, chainLength: 1, seed: 1 })).rejects.toThrow("no model");
  });

  test("refuses options and batches that are off", async () => {
    const run = (options: object) => sample(sampler, { draws: 1, chainLength: 1, seed: 1, ...options });
    await expect(run({ draws: -1 })).rejects.toThrow("draws must be a safe integer from 0, got -1");
    await expect(run({ draws: 1.5 })).rejects.toThrow("draws");
    await expect(run({ chainLength: 0 })).rejects.toThrow("chainLength");
    await expect(run({ batchSize: 0 })).rejects.toThrow("batchSize");
    await expect(run({ seed: -1 })).rejects.toThrow("seed");
    await expect(run({ restart: "maybe" })).rejects.toThrow("restart");
    await expect(run({ start: () => ({ logWeight: Number.NaN }) })).rejects.toThrow("log weight of start 0");
    const short = independenceSampler<number>({
      proposeBatch: () => [1],
      logWeightBatch: (positions) => positions.map(() => 0),
    });
    await expect(sample(short, { draws: 2, chainLength: 1, seed: 1 })).rejects.toThrow(
      "proposeBatch must return 2 values, got 1",
    );
  });
});

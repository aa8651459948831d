import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { predictSelection } from "../predictions/predict-selection.ts";
import type { RandomStream } from "../random/random-stream.ts";
import { kolmogorovSmirnovPValue } from "../testing/kolmogorov-smirnov.ts";
import { independenceSampler } from "./independence-sampler.ts";
import { sample } from "./sample.ts";
import { sampleBackward } from "./sample-backward.ts";

// Target: the exponential distribution (skewed). Proposal: exponential with mean 2. Weights e^(−x/2) ≤ 1, w* = 2.
const exponential = {
  propose: (random: RandomStream) => -2 * Math.log(1 - random()),
  logWeight: (x: number) => -x / 2,
};
const sampler = independenceSampler(exponential);

describe("sampleBackward", () => {
  test("gives the draws of sample, to the bit, for every chain length, batch size, start and restart", async () => {
    const batched = independenceSampler<number>({
      proposeBatch: async (streams) => streams.map((stream) => exponential.propose(stream)),
      logWeightBatch: (positions) => positions.map(exponential.logWeight),
    });
    const options = fc.record({
      chainLength: fc.integer({ min: 1, max: 40 }),
      seed: fc.nat(1000),
      restart: fc.constantFrom("same-proposals" as const, "fresh" as const, "never" as const),
      // From an ordinary start to one so heavy that chains cap out.
      startLogWeight: fc.constantFrom(undefined, -1, 3, 6),
      logWeightBound: fc.constantFrom(0, 0.5, 2),
      batchSize: fc.integer({ min: 1, max: 100 }),
    });
    await fc.assert(
      fc.asyncProperty(options, async ({ startLogWeight, logWeightBound, batchSize, ...rest }) => {
        const common = {
          draws: 9,
          ...rest,
          ...(startLogWeight === undefined
            ? {}
            : { start: () => ({ logWeight: startLogWeight, position: -1 }) }),
        };
        const forward = await sample(sampler, common);
        const backward = await sampleBackward(sampler, { ...common, logWeightBound });
        expect(backward.draws).toEqual(forward.draws);
        expect(backward.logWeights).toEqual(forward.logWeights);
        expect(backward.capOuts).toBe(forward.capOuts);
        const inBatches = await sampleBackward(batched, { ...common, logWeightBound, batchSize });
        expect(inBatches.draws).toEqual(forward.draws);
        expect(inBatches.proposalsUsed).toEqual(backward.proposalsUsed);
      }),
      { seed: 1, numRuns: 150 },
    );
  });

  test("needs about w* proposals for a draw of a chain of 640, as predicted", async () => {
    const draws = 5000;
    const run = await sampleBackward(sampler, { draws, chainLength: 640, logWeightBound: 0, seed: 1 });
    const used = run.proposalsUsed.reduce((sum, count) => sum + count, 0) / draws;
    const grid = Array.from({ length: 10_000 }, (_, i) => Math.log((i + 0.5) / 10_000));
    expect(predictSelection(grid).backwardProposals(640)).toBeCloseTo(2, 2);
    // Geometric with mean 2 and sd √2: four standard errors.
    expect(Math.abs(used - 2)).toBeLessThan(4 * Math.sqrt(2 / draws));
    expect(run.proposals / draws).toBeLessThan(5);
  });

  test("an endless chain gives exact draws", async () => {
    const run = await sampleBackward(sampler, {
      draws: 20_000,
      chainLength: Infinity,
      logWeightBound: 0,
      seed: 3,
    });
    // Fixed seed; an exact sampler fails for 1 seed in 1000.
    expect(kolmogorovSmirnovPValue(run.draws, (x) => 1 - Math.exp(-x))).toBeGreaterThan(0.001);
    expect(run).toMatchObject({ capOuts: 0, logWeightBound: 0 });
  });

  test("notices a weight above the bound: an error, or the run again with the larger bound", async () => {
    const options = { draws: 50, chainLength: 30, logWeightBound: -2, seed: 1 };
    await expect(sampleBackward(sampler, options)).rejects.toThrow(
      /log weights must be at most logWeightBound -2, got -[01]\.\d+; give a larger bound/,
    );
    const raised = await sampleBackward(sampler, { ...options, aboveBound: "raise" });
    expect(raised.logWeightBound).toBeGreaterThan(-2);
    expect(raised.draws).toEqual((await sample(sampler, options)).draws);
  });

  test("reports progress, stops when aborted, and gives nothing for zero draws", async () => {
    const seen: number[] = [];
    const options = { draws: 20, chainLength: 5, logWeightBound: 0, seed: 1, batchSize: 32 };
    await sampleBackward(sampler, { ...options, onProgress: ({ draws }) => seen.push(draws) });
    expect(seen).toEqual([8, 16, 20]);
    const controller = new AbortController();
    const reason = new Error("enough");
    setTimeout(() => controller.abort(reason), 20);
    // So loose a bound is met about once in e^40 proposals: the chain would go on.
    const endless = { ...options, chainLength: Infinity, logWeightBound: 40, signal: controller.signal };
    await expect(sampleBackward(sampler, endless)).rejects.toBe(reason);
    expect(await sampleBackward(sampler, { ...options, draws: 0 })).toMatchObject({
      draws: [],
      proposals: 0,
    });
  });

  test("refuses what is off", async () => {
    const run = (options: object) =>
      sampleBackward(sampler, { draws: 1, chainLength: 1, logWeightBound: 0, seed: 1, ...options });
    await expect(run({ draws: 0.5 })).rejects.toThrow("draws must be a safe integer from 0");
    await expect(run({ chainLength: 0 })).rejects.toThrow("chainLength must be a safe integer from 1");
    await expect(run({ batchSize: 0 })).rejects.toThrow("batchSize");
    await expect(run({ logWeightBound: Number.NaN })).rejects.toThrow("logWeightBound");
    await expect(run({ aboveBound: "ignore" })).rejects.toThrow("aboveBound must be one of throw, raise");
    await expect(run({ start: () => ({ logWeight: Number.NaN }) })).rejects.toThrow("log weight of start 0");
    const broken = independenceSampler({
      propose: (random: RandomStream) => random(),
      logWeight: () => Number.NaN,
    });
    await expect(
      sampleBackward(broken, { draws: 1, chainLength: 1, logWeightBound: 0, seed: 1 }),
    ).rejects.toThrow("the log weight of a proposal must be a number");
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { independenceSampler } from "../kernels/independence-sampler.ts";
import type { Kernel, KernelState } from "../kernels/kernel.ts";
import { normal } from "../random/normal.ts";
import { type RandomStream, randomStream } from "../random/random-stream.ts";
import { metropolisHastings } from "../selectors/metropolis-hastings.ts";
import { kolmogorovSmirnovPValue } from "../testing/kolmogorov-smirnov.ts";
import { sample } from "./sample.ts";
import { type SavedChains, sampleBlocks } from "./sample-blocks.ts";
import { selectDraws } from "./select-draws.ts";

// Target: the exponential distribution (skewed). Proposal: exponential with mean 2, so w ∝ e^(−x/2) ≤ 2.
const exponential = {
  propose: (random: RandomStream) => -2 * Math.log(1 - random()),
  logWeight: (x: number) => -x / 2,
};
const sampler = independenceSampler(exponential);

/** x' = x/2 + noise in two dimensions, for the driver's sake: accepts always in the first, and counts on where it is. */
const autoregression: Kernel = {
  dimensions: 2,
  init: (positions) => ({ positions: Float64Array.from(positions) }),
  step: ({ positions }: KernelState, streams: readonly RandomStream[]) => {
    const next = positions.map((x, i) => x / 2 + normal(streams[i >> 1]!));
    const accepted = Uint8Array.from(streams, (_, c) => (next[2 * c]! > 0 ? 1 : 0));
    const info = { accepted, acceptanceProbabilities: new Float64Array(streams.length), proposed: next };
    return { state: { positions: next }, info };
  },
};
const start = (random: RandomStream) => [normal(random), 10];

const plans = fc.record({
  chains: fc.integer({ min: 1, max: 7 }),
  perChain: fc.integer({ min: 1, max: 9 }),
  burnIn: fc.integer({ min: 0, max: 6 }),
  thin: fc.integer({ min: 1, max: 4 }),
  seed: fc.nat(1000),
});

describe("sample of independence chains", () => {
  test("draws from the target, one chain for each draw", async () => {
    const { draws, acceptanceRate } = await sample(sampler, { draws: 20_000, chainLength: 30, seed: 1 });
    // After 30 steps the law is within 2^-30 of the target. Fixed seed; fails for 1 seed in 1000.
    expect(kolmogorovSmirnovPValue(draws, (x) => 1 - Math.exp(-x))).toBeGreaterThan(0.001);
    // Stationary acceptance 2/3 (E min(1, w'/w) over x ~ exp(1), x' ~ exp(1/2)); the first step always accepts.
    expect(acceptanceRate).toBeCloseTo((1 + 29 * (2 / 3)) / 30, 2);
  });

  test("one chain for each draw is what metropolisHastings selects, to the bit", async () => {
    const chains = await sample(sampler, { draws: 30, chainLength: 12, seed: 3 });
    const selector = metropolisHastings({ chainLength: 12 });
    const selected = await selectDraws(exponential, { draws: 30, selector, seed: 3 });
    expect(chains.draws).toEqual(selected.draws);
    expect(chains.acceptCounts).toEqual(selected.acceptCounts);
    expect(chains.acceptanceRate).toBe(selected.acceptanceRate);
  });

  test("equals driving the kernel by hand with each chain's own stream", async () => {
    await fc.assert(
      fc.asyncProperty(plans, async ({ chains, perChain, burnIn, thin, seed }) => {
        const options = {
          draws: chains * perChain,
          chains,
          burnIn,
          thin,
          seed,
          start: (r: RandomStream) => 3 * r(),
        };
        const result = await sample(sampler, options);
        const byHand: number[] = [];
        for (let c = 0; c < chains; c++) {
          const chain = randomStream(seed).split(c);
          let state = sampler.init(3 * chain.split("start")());
          for (let t = 0; t < burnIn + thin * perChain; t++) {
            state = sampler.step(state, chain.split(t)).state;
            if (t + 1 > burnIn && (t + 1 - burnIn) % thin === 0) byHand.push(state.position);
          }
        }
        expect(result.draws).toEqual(byHand);
        expect(result).toMatchObject({ chains, drawsPerChain: perChain });
      }),
      { numRuns: 50 },
    );
  });

  test("gives the same bits for every batch size and form of the target", async () => {
    const batched = independenceSampler<number>({
      proposeBatch: async (streams) => streams.map((stream) => exponential.propose(stream)),
      logWeightBatch: (positions) => positions.map(exponential.logWeight),
    });
    await fc.assert(
      fc.asyncProperty(plans, fc.integer({ min: 1, max: 50 }), async ({ perChain, ...plan }, batchSize) => {
        const options = { ...plan, draws: plan.chains * perChain };
        const whole = await sample(sampler, options);
        const others = [
          await sample(sampler, { ...options, batchSize }),
          await sample(batched, { ...options, batchSize }),
        ];
        for (const other of others) {
          // Where the chains do not all move together there is no one place to go on from.
          const saved = batchSize < plan.chains ? undefined : whole.saved;
          expect(other).toEqual({ ...whole, saved });
        }
      }),
      { numRuns: 50 },
    );
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
    // One long chain fills its batches too.
    sizes.length = 0;
    await sample(batched, { draws: 10, chains: 1, thin: 2, seed: 1, batchSize: 8 });
    expect(sizes).toEqual([8, 8, 4]);
  });

  test("names chain and step of a NaN log weight, and passes on what the target throws", async () => {
    const broken = independenceSampler({
      propose: (random: RandomStream) => random(),
      logWeight: (x) => (x > 0.99 ? Number.NaN : x),
    });
    const chains = Array.from({ length: 200 }, (_, c) => randomStream(1).split(c));
    const bad = [0, 1, 2].flatMap((t) =>
      chains.flatMap((c, i) => (c.split(t).split(0)() > 0.99 ? [[i, t]] : [])),
    );
    await expect(sample(broken, { draws: 200, chainLength: 3, seed: 1 })).rejects.toThrow(
      `got NaN in chain ${bad[0]![0]} at step ${bad[0]![1]}`,
    );
    const throwing = independenceSampler({
      propose: normal,
      logWeight: (): number => {
        throw new Error("no model");
      },
    });
    await expect(sample(throwing, { draws: 1, chainLength: 1, seed: 1 })).rejects.toThrow("no model");
    const short = independenceSampler<number>({
      proposeBatch: () => [1],
      logWeightBatch: (positions) => positions.map(() => 0),
    });
    await expect(sample(short, { draws: 2, chainLength: 1, seed: 1 })).rejects.toThrow(
      "proposeBatch must return 2 values, got 1",
    );
  });
});

describe("sample of a kernel on flat arrays", () => {
  test("equals driving the kernel by hand, whatever the groups", async () => {
    const numbers = fc.integer({ min: 1, max: 10 });
    await fc.assert(
      fc.asyncProperty(plans, numbers, async ({ chains, perChain, burnIn, thin, seed }, batchSize) => {
        const options = { draws: chains * perChain, chains, burnIn, thin, seed, start, batchSize };
        const result = await sample(autoregression, options);
        const byHand: number[] = [];
        for (let c = 0; c < chains; c++) {
          const chain = randomStream(seed).split(c);
          let state = (await autoregression.init(start(chain.split("start")))) as KernelState;
          let accepted = 0;
          for (let t = 0; t < burnIn + thin * perChain; t++) {
            const step = await autoregression.step(state, [chain.split(t)]);
            state = step.state;
            accepted += step.info.accepted[0]!;
            if (t + 1 > burnIn && (t + 1 - burnIn) % thin === 0) byHand.push(...state.positions);
          }
          expect(result.acceptCounts[c]).toBe(accepted);
        }
        expect(Array.from(result.draws)).toEqual(byHand);
      }),
      { numRuns: 50 },
    );
  });

  test("needs a start of the right length", async () => {
    await expect(sample(autoregression, { draws: 1, seed: 1 })).rejects.toThrow(
      "sample: start must be given",
    );
    await expect(sample(autoregression, { draws: 1, seed: 1, start: () => [1] })).rejects.toThrow(
      "start must give 2 numbers, got 1",
    );
  });
});

describe.each([
  { name: "independence chains", blocks: (options: object) => sampleBlocks(sampler, options as never) },
  {
    name: "flat arrays",
    blocks: (options: object) => sampleBlocks(autoregression, { start, ...options } as never),
  },
])("sampleBlocks of $name", ({ blocks }) => {
  const collect = async (options: object, take = Infinity) => {
    let left = take;
    const draws = new Map<string, number[]>();
    let saved: SavedChains | undefined;
    let acceptCount = 0;
    for await (const block of blocks(options)) {
      const width = block.draws.length / (block.chains * block.drawsPerChain);
      for (let c = 0; c < block.chains; c++) {
        for (let i = 0; i < block.drawsPerChain; i++) {
          const at = (c * block.drawsPerChain + i) * width;
          const key = `${block.firstChain + c}:${block.firstDraw + i}`;
          expect(draws.has(key)).toBe(false);
          draws.set(key, Array.from(block.draws).slice(at, at + width));
        }
      }
      acceptCount += block.acceptCounts.reduce((sum, count) => sum + count, 0);
      saved = structuredClone(block.saved);
      if (--left <= 0) break;
    }
    return { draws, saved, acceptCount };
  };

  test("goes on from a saved state to the same bits, also with another batch size", async () => {
    const sizes = fc.integer({ min: 1, max: 12 });
    const property = async (
      plan: { chains: number; perChain: number },
      cut: number,
      before: number,
      after: number,
    ) => {
      const options = { ...plan, draws: plan.chains * plan.perChain };
      const whole = await collect(options);
      expect(whole.draws.size).toBe(options.draws);
      const first = await collect({ ...options, batchSize: before }, cut);
      const rest = await collect({ ...options, batchSize: after, resume: first.saved });
      expect(new Map([...first.draws, ...rest.draws])).toEqual(new Map([...first.draws, ...whole.draws]));
      expect(first.draws.size + rest.draws.size).toBe(options.draws);
      expect(first.acceptCount + rest.acceptCount).toBe(whole.acceptCount);
    };
    await fc.assert(fc.asyncProperty(plans, sizes, sizes, sizes, property), { numRuns: 60 });
  });

  test("reports progress, and stops in the middle when aborted", async () => {
    const seen: unknown[] = [];
    const onProgress = (progress: unknown) => seen.push(progress);
    await collect({ draws: 4, chains: 2, burnIn: 1, seed: 1, batchSize: 2, onProgress });
    expect(seen).toEqual([
      { draws: 0, totalDraws: 4, steps: 2, totalSteps: 6 },
      { draws: 2, totalDraws: 4, steps: 4, totalSteps: 6 },
      { draws: 4, totalDraws: 4, steps: 6, totalSteps: 6 },
    ]);
    const controller = new AbortController();
    const reason = new Error("enough");
    setTimeout(() => controller.abort(reason), 20);
    const endless = { draws: 1, chainLength: 1e9, seed: 1, signal: controller.signal };
    await expect(collect(endless)).rejects.toBe(reason);
    await expect(collect({ ...endless, chainLength: 1 })).rejects.toBe(reason);
  });
});

describe("sample", () => {
  test("goes on from where it stopped, with more draws", async () => {
    const options = { chains: 4, burnIn: 5, thin: 2, seed: 9 };
    const whole = await sample(sampler, { ...options, draws: 40 });
    const half = await sample(sampler, { ...options, draws: 20 });
    const rest = await sample(sampler, { ...options, draws: 40, resume: structuredClone(half.saved!) });
    for (let c = 0; c < 4; c++) {
      const chain = [...half.draws.slice(5 * c, 5 * c + 5), ...rest.draws.slice(5 * c, 5 * c + 5)];
      expect(chain).toEqual(whole.draws.slice(10 * c, 10 * c + 10));
    }
    expect(rest.saved).toEqual(whole.saved);
    expect(structuredClone(rest)).toEqual(rest);
  });

  test("refuses to go on from a state that JSON has changed", async () => {
    const options = { draws: 4, chains: 2, seed: 1 };
    const { saved } = await sample(sampler, options);
    const resume = JSON.parse(JSON.stringify(saved)) as SavedChains;
    await expect(sample(sampler, { ...options, draws: 8, resume })).rejects.toThrow(
      "resume.state must be as it was saved (structuredClone keeps it, JSON does not), got an array of length undefined instead of 2",
    );
    const flat = await sample(autoregression, { ...options, start });
    const broken = JSON.parse(JSON.stringify(flat.saved)) as SavedChains;
    await expect(sample(autoregression, { ...options, draws: 8, resume: broken })).rejects.toThrow(
      "instead of 4",
    );
  });

  test("gives nothing for zero draws", async () => {
    expect(await sample(sampler, { draws: 0, seed: 1 })).toEqual({
      draws: [],
      chains: 0,
      drawsPerChain: 0,
      acceptCounts: new Uint32Array(),
      acceptanceRate: Number.NaN,
      saved: undefined,
    });
  });

  test("refuses options that are off", async () => {
    const run = (options: object) => sample(sampler, { draws: 4, seed: 1, ...options });
    await expect(run({ draws: -1 })).rejects.toThrow("draws must be a safe integer from 0, got -1");
    await expect(run({ draws: 1.5 })).rejects.toThrow("draws");
    await expect(run({ chains: 0 })).rejects.toThrow("chains must be a safe integer from 1");
    await expect(run({ chains: 3 })).rejects.toThrow("draws must be a multiple of chains 3, got 4");
    await expect(run({ burnIn: -1 })).rejects.toThrow("burnIn");
    await expect(run({ thin: 0 })).rejects.toThrow("thin");
    await expect(run({ chainLength: 0 })).rejects.toThrow("chainLength");
    await expect(run({ chainLength: 5, thin: 1 })).rejects.toThrow("thin must be left out when chainLength");
    await expect(run({ chainLength: 5, chains: 2 })).rejects.toThrow(
      "chainLength must be burnIn and a multiple of the 2 draws of each chain, got 5",
    );
    await expect(run({ chainLength: 2, burnIn: 2 })).rejects.toThrow("chainLength must be burnIn and");
    await expect(run({ batchSize: 0 })).rejects.toThrow("batchSize");
    await expect(run({ seed: -1 })).rejects.toThrow("seed");
    await expect(run({ start: () => Number.NaN })).rejects.toThrow("the log weight of the start");
    const saved = { version: 1, firstChain: 0, chains: 4, step: 1, state: {} };
    await expect(run({ resume: { ...saved, version: 2 } })).rejects.toThrow(
      "resume must have version 1, got 2",
    );
    await expect(run({ resume: { ...saved, chains: 3 } })).rejects.toThrow(
      "resume must hold all 4 chains, got 3",
    );
    await expect(run({ resume: { ...saved, step: 2 } })).rejects.toThrow("got chains 0 to 3 at step 2");
    await expect(run({ resume: { ...saved, step: 0.5 } })).rejects.toThrow("resume.step");
    await expect(run({ resume: { ...saved, firstChain: -1 } })).rejects.toThrow("resume.firstChain");
  });
});

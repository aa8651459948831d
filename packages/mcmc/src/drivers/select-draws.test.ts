import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { predictSelection } from "../predictions/predict-selection.ts";
import { normal } from "../random/normal.ts";
import { type RandomStream, randomStream } from "../random/random-stream.ts";
import { couplingFromThePast } from "../selectors/coupling-from-the-past.ts";
import { importanceResampling } from "../selectors/importance-resampling.ts";
import { metropolisHastings } from "../selectors/metropolis-hastings.ts";
import { kolmogorovSmirnovPValue } from "../testing/kolmogorov-smirnov.ts";
import { selectDrawBlocks } from "./select-draw-blocks.ts";
import { selectDraws } from "./select-draws.ts";

// What every selector must do is tested by selectors/selector.test.ts. Here is what concerns the driver, and continuous targets.

// Target: the exponential distribution (skewed). Proposal: exponential with mean 2. Weights e^(−x/2) ≤ 1, w* = 2.
const exponential = {
  propose: (random: RandomStream) => -2 * Math.log(1 - random()),
  logWeight: (x: number) => -x / 2,
};
const batched = {
  proposeBatch: async (streams: readonly RandomStream[]) => streams.map(exponential.propose),
  logWeightBatch: (positions: readonly number[]) => positions.map(exponential.logWeight),
};

describe("selectDraws with metropolisHastings", () => {
  test("draws from the target", async () => {
    const selector = metropolisHastings({ chainLength: 30 });
    const { draws, acceptanceRate } = await selectDraws(exponential, { draws: 20_000, selector, seed: 1 });
    // After 30 steps the law is within 2^-30 of the target. Fixed seed; fails for 1 seed in 1000.
    expect(kolmogorovSmirnovPValue(draws, (x) => 1 - Math.exp(-x))).toBeGreaterThan(0.001);
    // Stationary acceptance 2/3 (E min(1, w'/w) over x ~ exp(1), x' ~ exp(1/2)); the first step always accepts.
    expect(acceptanceRate).toBeCloseTo((1 + 29 * (2 / 3)) / 30, 2);
  });

  test("draws the same to the bit with a bound, for every chain length, batch size, start and restart", async () => {
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
      fc.asyncProperty(options, async ({ startLogWeight, logWeightBound, batchSize, seed, ...rest }) => {
        const common = {
          draws: 9,
          seed,
          selector: metropolisHastings(rest),
          ...(startLogWeight === undefined
            ? {}
            : { start: () => ({ logWeight: startLogWeight, position: -1 }) }),
        };
        const forward = await selectDraws(exponential, common);
        const backward = await selectDraws(exponential, { ...common, logWeightBound });
        expect(backward.draws).toEqual(forward.draws);
        expect(backward.logWeights).toEqual(forward.logWeights);
        expect(backward.capOuts).toBe(forward.capOuts);
        const inBatches = await selectDraws(batched, { ...common, logWeightBound, batchSize });
        expect(inBatches).toEqual(backward);
      }),
      { numRuns: 150 },
    );
  });

  test("with a bound needs about w* proposals for a draw of a chain of 640, as predicted", async () => {
    const draws = 5000;
    const selector = metropolisHastings({ chainLength: 640 });
    const run = await selectDraws(exponential, { draws, selector, logWeightBound: 0, seed: 1 });
    const used = run.proposalsUsed.reduce((sum, count) => sum + count, 0) / draws;
    const grid = Array.from({ length: 10_000 }, (_, i) => Math.log((i + 0.5) / 10_000));
    expect(predictSelection(grid).backwardProposals(640)).toBeCloseTo(2, 2);
    // Geometric with mean 2 and sd √2: four standard errors.
    expect(Math.abs(used - 2)).toBeLessThan(4 * Math.sqrt(2 / draws));
    expect(run.proposals / draws).toBeLessThan(5);
  });

  test("makes few proposals in vain: with w* = 100 less than a fifth of the chain", async () => {
    const draws = 2000;
    // One proposal in a hundred is all of the target.
    const rare = {
      propose: (random: RandomStream) => random(),
      logWeight: (x: number) => (x < 0.01 ? 0 : -Infinity),
    };
    const selector = metropolisHastings({ chainLength: 640 });
    const run = await selectDraws(rare, { draws, selector, logWeightBound: 0, seed: 1 });
    const used = run.proposalsUsed.reduce((sum, count) => sum + count, 0);
    // Expected 0.18 with a standard error of 0.004.
    expect(run.proposals / draws / 640).toBeLessThan(0.2);
    expect(run.proposals).toBeLessThan(1.2 * used);
  });

  test("restarts a chain that never left its start", async () => {
    const draws = 50;
    const options = { draws, seed: 2, start: () => ({ logWeight: Infinity }) };
    const run = (restart: "same-proposals" | "fresh" | "never") =>
      selectDraws(exponential, { ...options, selector: metropolisHastings({ chainLength: 4, restart }) });
    const same = await run("same-proposals");
    expect(same).toMatchObject({ capOuts: 50, acceptanceRate: 0, proposals: 200 });
    const fresh = await run("fresh");
    expect(fresh).toMatchObject({ capOuts: 50, acceptanceRate: 0, proposals: 450 });
    expect(fresh.draws).not.toEqual(same.draws);
    await expect(run("never")).rejects.toThrow("start must give a position");
    const selector = metropolisHastings({ chainLength: 4, restart: "never" });
    const start = () => ({ logWeight: Infinity, position: -1 });
    expect((await selectDraws(exponential, { draws, selector, seed: 2, start })).draws).toEqual(
      Array(50).fill(-1),
    );
  });
});

test("couplingFromThePast draws the target exactly", async () => {
  const options = { draws: 20_000, selector: couplingFromThePast(), logWeightBound: 0, seed: 3 };
  const run = await selectDraws(exponential, options);
  // Fixed seed; an exact sampler fails for 1 seed in 1000.
  expect(kolmogorovSmirnovPValue(run.draws, (x) => 1 - Math.exp(-x))).toBeGreaterThan(0.001);
  expect(run).toMatchObject({ capOuts: 0, logWeightBound: 0 });
});

describe("selectDraws", () => {
  const selector = metropolisHastings({ chainLength: 10 });

  test("notices a weight above the bound: an error, or the run again with the larger bound", async () => {
    const options = {
      draws: 50,
      selector: metropolisHastings({ chainLength: 30 }),
      logWeightBound: -2,
      seed: 1,
    };
    await expect(selectDraws(exponential, options)).rejects.toThrow(
      /^selectDraws: log weights must be at most logWeightBound -2, got -[01]\.\d+ for proposal \d+ of run \d+; give a larger bound/,
    );
    const raised = await selectDraws(exponential, { ...options, aboveBound: "raise" });
    expect(raised.logWeightBound).toBeGreaterThan(-2);
    const unbounded = { ...options, logWeightBound: Infinity };
    expect(raised.draws).toEqual((await selectDraws(exponential, unbounded)).draws);
  });

  test("gives a draw the number of its run: draws do not depend on how many there are", async () => {
    const many = await selectDraws(exponential, { draws: 20, selector, seed: 5 });
    const few = await selectDraws(exponential, { draws: 3, selector, seed: randomStream(5) });
    expect(few.draws).toEqual(many.draws.slice(0, 3));
  });

  test("takes every proposal and its uniform from the place it says", async () => {
    const { draws } = await selectDraws(exponential, { draws: 4, selector, seed: 5 });
    draws.forEach((draw, r) => {
      const run = randomStream(5).split(r);
      let state = exponential.propose(run.split(0).split(0));
      for (let k = 1; k < 10; k++) {
        const proposed = exponential.propose(run.split(k).split(0));
        if (1 - run.split(k)() <= Math.exp((state - proposed) / 2)) state = proposed;
      }
      expect(draw).toBe(state);
    });
  });

  test("never asks for more than a batch at a time", async () => {
    const sizes: number[] = [];
    const counted = {
      ...batched,
      proposeBatch: (streams: readonly RandomStream[]) => {
        sizes.push(streams.length);
        return streams.map(exponential.propose);
      },
    };
    await selectDraws(counted, { draws: 5, selector, seed: 1, batchSize: 4 });
    expect(Math.max(...sizes)).toBe(4);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(50);
  });

  test("cuts a last run that gives more draws than are wanted", async () => {
    const pools = importanceResampling({ candidates: 10, draws: 4 });
    const ten = await selectDraws(exponential, { draws: 10, selector: pools, seed: 1 });
    const twelve = await selectDraws(exponential, { draws: 12, selector: pools, seed: 1 });
    expect(ten.draws).toEqual(twelve.draws.slice(0, 10));
    expect(ten).toMatchObject({ proposals: 30, proposalsUsed: Uint32Array.of(10, 10, 10) });
  });

  test("reports progress", async () => {
    const seen: unknown[] = [];
    const onProgress = (progress: unknown) => seen.push(progress);
    await selectDraws(exponential, { draws: 5, selector, seed: 1, batchSize: 20, onProgress });
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
    const options = { seed: 1, signal: controller.signal };
    const endless = { ...options, draws: 1e7, selector: metropolisHastings({ chainLength: 1000 }) };
    await expect(selectDraws(exponential, endless)).rejects.toBe(reason);
    await expect(selectDraws(exponential, { ...options, draws: 1, selector })).rejects.toBe(reason);
  });

  test("frees what it holds when a reader of the stream leaves", async () => {
    let held = 0;
    const source = {
      weigh: (requests: readonly { count: number }[]) =>
        requests.map(({ count }) => {
          held++;
          return { logWeights: new Float64Array(count) };
        }),
      pick: (_block: object, place: number) => place,
      release: () => {
        held--;
      },
    };
    for await (const { draws } of selectDrawBlocks(source, { draws: 1000, selector, seed: 1 })) {
      expect(draws[0]).toBe(9);
      break;
    }
    expect(held).toBe(0);
  });

  test("refuses what is off, and passes on what the target throws", async () => {
    const run = (options: object) => selectDraws(exponential, { draws: 1, selector, seed: 1, ...options });
    await expect(run({ draws: 0.5 })).rejects.toThrow(
      "selectDraws: draws must be a safe integer from 0, got 0.5",
    );
    await expect(run({ batchSize: 0 })).rejects.toThrow("batchSize");
    await expect(run({ seed: -1 })).rejects.toThrow("seed");
    await expect(run({ firstDraw: -1 })).rejects.toThrow("firstDraw must be a safe integer from 0, got -1");
    await expect(run({ logWeightBound: Number.NaN })).rejects.toThrow("logWeightBound");
    await expect(run({ aboveBound: "ignore" })).rejects.toThrow("aboveBound must be one of throw, raise");
    await expect(run({ start: () => ({ logWeight: Number.NaN }) })).rejects.toThrow("log weight of start 0");
    const pools = importanceResampling({ candidates: 10, draws: 4 });
    await expect(run({ selector: pools, firstDraw: 2 })).rejects.toThrow(
      "firstDraw must be a multiple of the selector's drawsPerRun 4, got 2",
    );
    const short = { ...batched, proposeBatch: () => [1] };
    await expect(selectDraws(short, { draws: 2, selector, seed: 1 })).rejects.toThrow(
      "proposeBatch must return 20 values, got 1",
    );
    const few = { weigh: () => [{ logWeights: [0] }], pick: () => 0 };
    await expect(selectDraws(few, { draws: 1, selector, seed: 1 })).rejects.toThrow(
      "weigh must give 10 log weights, got 1",
    );
    const throwing = {
      propose: normal,
      logWeight: (): number => {
        throw new Error("no model");
      },
    };
    await expect(selectDraws(throwing, { draws: 1, selector, seed: 1 })).rejects.toThrow("no model");
  });
});

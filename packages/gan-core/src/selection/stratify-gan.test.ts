import { budgetedRejection, normal, type RandomStream, randomStream } from "@mhgan/mcmc";
import { beforeAll, describe, expect, test } from "vitest";
import { calibrateGan } from "../calibrate-gan.ts";
import type { CalibratedGan } from "../calibrated-gan.ts";
import type { Gan } from "../gan.ts";
import { type StratifyGanOptions, stratifyGan } from "./stratify-gan.ts";

/** Normal around −3 or 3; within the right half the generator is half a unit off. */
const draw = (count: number, random: RandomStream, rightShare: number, shift: number): number[] =>
  Array.from({ length: count }, () => normal(random) + (random() < rightShare ? 3 + shift : -3));
const RARE = 0.02;
const density = (x: number, rightShare: number, shift: number): number =>
  rightShare * Math.exp(-((x - 3 - shift) ** 2) / 2) + (1 - rightShare) * Math.exp(-((x + 3) ** 2) / 2);
const gan: Gan<number[]> = {
  output: "logit",
  generate: (count, random) => draw(count, random, RARE, -0.5),
  score: (batch) => batch.map((x) => Math.log(density(x, 0.5, 0) / density(x, RARE, -0.5))),
};
const classes = (batch: number[]): number[] => batch.map((x) => (x > 0 ? 1 : 0));
const real = draw(4000, randomStream("real"), 0.5, 0);
const rightShareOf = (samples: readonly number[]): number =>
  samples.filter((x) => x > 0).length / samples.length;

let calibrated: CalibratedGan<number[]>;
let options: StratifyGanOptions<number[]>;
beforeAll(async () => {
  calibrated = await calibrateGan(gan, { real, calibrator: "identity", seed: 1 });
  options = { classes, classCount: 2, real, budget: 1 / 25, pilotCount: 20_000, seed: 1 };
});

describe("stratifyGan", () => {
  test("draws a rare class in its share where budgeted rejection cannot", async () => {
    const plain = await calibrated.sample({
      draws: 2000,
      sampler: budgetedRejection({ budget: 1 / 8 }),
      seed: 1,
    });
    expect(rightShareOf(plain.samples)).toBeLessThan(0.2);
    const { sample, shares, rates } = await stratifyGan(calibrated, options);
    expect(shares.real[1]).toBeCloseTo(0.5, 1);
    expect(shares.generated[1]).toBeCloseTo(RARE, 2);
    expect(rates[1]).toBeGreaterThan(0.9);
    const { samples, info } = await sample({ draws: 2000, seed: 1 });
    // Five standard deviations, for the draws and for the 400 pilots of the rare class.
    expect(Math.abs(rightShareOf(samples) - 0.5)).toBeLessThan(0.12);
    const used = info.proposalsUsed.reduce((sum, count) => sum + count, 0) / 2000;
    expect(Math.abs(used - 25)).toBeLessThan(4);
  });

  test("selects within classes by the weights", async () => {
    // Shares as generated: there is enough of each, and budgets are as for one class alone.
    const { sample, rates } = await stratifyGan(calibrated, {
      ...options,
      real: draw(4000, randomStream("alike"), RARE, 0),
      budget: 1 / 4,
    });
    expect(rates[0]).toBeCloseTo(0.25, 2);
    const { samples } = await sample({ draws: 20_000, seed: 2 });
    const right = samples.filter((x) => x > 0);
    const mean = right.reduce((sum, x) => sum + x, 0) / right.length;
    // From 2.5 towards 3; 400 draws of standard deviation 1 have a mean within 0.25 but once in a million.
    expect(mean).toBeGreaterThan(2.65);
  });

  test("same seed, same draws, whatever the batch", async () => {
    const [one, two] = [await stratifyGan(calibrated, options), await stratifyGan(calibrated, options)];
    const { samples } = await one.sample({ draws: 20, seed: 3 });
    expect((await two.sample({ draws: 20, seed: 3, batchSize: 50 })).samples).toEqual(samples);
  });

  test("says what is wrong", async () => {
    const with_ = (changed: Partial<StratifyGanOptions<number[]>>) =>
      stratifyGan(calibrated, { ...options, ...changed });
    await expect(with_({ classCount: 0 })).rejects.toThrow(
      "stratifyGan: classCount must be an integer from 1, got 0",
    );
    await expect(with_({ pilotCount: 0.5 })).rejects.toThrow("pilotCount must be an integer from 1, got 0.5");
    await expect(with_({ classes: (batch) => batch })).rejects.toThrow(
      /classes must give 1024 integers from 0 to 1 for 1024 samples, got -?\d/,
    );
    await expect(with_({ classes: () => [1] })).rejects.toThrow("got 1 of them");
    await expect(with_({ real: [] })).rejects.toThrow("stratifyGan: real must be");
    await expect(with_({ budget: 0 })).rejects.toThrow("budget must be in (0, 1]");
    await expect(with_({ signal: AbortSignal.abort(new Error("enough")) })).rejects.toThrow("enough");
  });
});

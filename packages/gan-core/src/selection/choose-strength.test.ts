import { normal, randomStream } from "@mhgan/mcmc";
import { describe, expect, test } from "vitest";
import { calibrateGan } from "../calibrate-gan.ts";
import type { Gan } from "../gan.ts";
import { shiftedData, shiftedGan } from "../testing/shifted-gan.ts";
import { chooseStrength } from "./choose-strength.ts";

const real = shiftedData(6000, randomStream("real"));

describe("chooseStrength", () => {
  test("of exact weights takes all that helps, and no more", async () => {
    const calibrated = await calibrateGan(shiftedGan, { real, seed: 1 });
    const { selector, strength, curve } = await chooseStrength(calibrated, {
      real,
      fakeCount: 3000,
      seed: 1,
    });
    expect(curve.map((point) => point.strength)).toEqual([1, 2, 4, 8, 16, 32, 64]);
    expect(curve.map((point) => Math.round(point.proposalsPerDraw))).toEqual([1, 2, 4, 8, 16, 32, 64]);
    // A budget of 1 accepts all; one of 8 cuts off weights above 8, which are rare.
    expect(curve[0]!.distance).toBeGreaterThan(0.4);
    expect(curve[0]!.effectiveShare).toBeCloseTo(1, 6);
    expect(strength).toBeGreaterThanOrEqual(2);
    expect(strength).toBeLessThanOrEqual(32);
    const chosen = curve.find((point) => point.strength === strength)!;
    expect(Math.abs(chosen.distance)).toBeLessThan(0.03);
    expect(selector.name).toBe("budgetedRejection");
    const { samples } = await calibrated.sample({ draws: 2000, sampler: selector, seed: 1 });
    // Of 2,000 draws of normal(1, 1) the mean is within 0.1 but for once in 100,000; the cut costs the rest.
    expect(Math.abs(samples.reduce((sum, x) => sum + x, 0) / 2000 - 1)).toBeLessThan(0.17);
  });

  test("takes the cheapest of budgets that select alike", async () => {
    // No weight is above 2: budgets of a half and less give the same law.
    const gan: Gan<number[]> = {
      output: "logit",
      generate: (count, random) => Array.from({ length: count }, () => random()),
      score: (batch) => batch.map((x) => Math.log(2 * x)),
    };
    const random = randomStream("rising");
    const rising = Array.from({ length: 3000 }, () => Math.sqrt(random()));
    const calibrated = await calibrateGan(gan, { real: rising, calibrator: "identity", seed: 1 });
    const { strength } = await chooseStrength(calibrated, { real: rising, fakeCount: 1000, seed: 1 });
    expect(strength).toBe(2);
  });

  test("tempers weights that are too sharp by the right exponent", async () => {
    const sharp = { ...shiftedGan, score: (batch: number[]) => batch.map((x) => 2 * (x - 0.5)) };
    const calibrated = await calibrateGan(sharp, { real, calibrator: "identity", seed: 1 });
    const { selector, strength, curve } = await chooseStrength(calibrated, {
      real,
      by: "exponent",
      fakeCount: 3000,
      seed: 1,
    });
    expect(curve).toHaveLength(9);
    expect(strength).toBeGreaterThan(0.3);
    expect(strength).toBeLessThan(0.7);
    expect(selector.name).toBe(`tempered(metropolisHastings, ${strength})`);
  });

  test("does not select by what makes samples worse", async () => {
    const backward: Gan<number[]> = { ...shiftedGan, score: (batch) => batch.map((x) => 0.5 - x) };
    const calibrated = await calibrateGan(backward, { real, calibrator: "identity", seed: 1 });
    const { strength } = await chooseStrength(calibrated, { real, fakeCount: 1000, seed: 1 });
    expect(strength).toBe(1);
  });

  test("judges by features", async () => {
    // Real and generated differ in the first coordinate, where the critic is right, and in the second, which it makes worse.
    const gan: Gan<number[][]> = {
      output: "logit",
      generate: (count, random) =>
        Array.from({ length: count }, () => {
          const x = normal(random);
          return [x, -x];
        }),
      score: (batch) => batch.map(([x]) => x! - 0.5),
    };
    const random = randomStream(1);
    const both = Array.from({ length: 2000 }, () => [1 + normal(random), 1 + normal(random)]);
    const calibrated = await calibrateGan(gan, { real: both, seed: 1 });
    const by = async (column: number) =>
      (
        await chooseStrength(calibrated, {
          real: both,
          features: (batch) => batch.map((row) => row[column]!),
          fakeCount: 1000,
          seed: 1,
        })
      ).strength;
    expect(await by(0)).toBeGreaterThan(1);
    expect(await by(1)).toBe(1);
  });

  test("refuses what is off", async () => {
    const calibrated = await calibrateGan(shiftedGan, { real, seed: 1 });
    const run = (options: Partial<Parameters<typeof chooseStrength<number[]>>[1]>) =>
      chooseStrength(calibrated, { real: real.slice(0, 100), fakeCount: 100, seed: 1, ...options });
    await expect(run({ strengths: [0.5] })).rejects.toThrow("finite numbers from 1, got 0.5 at index 0");
    await expect(run({ strengths: [] })).rejects.toThrow("finite numbers from 1, got none");
    await expect(run({ by: "exponent", strengths: [-1] })).rejects.toThrow("from 0, got -1 at index 0");
    // @ts-expect-error: not a way to choose
    await expect(run({ by: "luck" })).rejects.toThrow('by must be "budget" or "exponent", got "luck"');
    expect((await run({ strengths: [4, 2] })).curve.map((point) => point.strength)).toEqual([2, 4]);
  });
});

import { metropolisHastings, randomStream } from "@mhgan/mcmc";
import { predictSelection } from "@mhgan/mcmc/predictions";
import { describe, expect, test } from "vitest";
import { calibrateGan } from "./calibrate-gan.ts";
import { shiftedData, shiftedGan } from "./testing/shifted-gan.ts";

const real = shiftedData(20_000, randomStream("real"));
const calibrated = await calibrateGan(shiftedGan, { real, seed: 1, calibrator: "identity" });

/** Without noise: the law of the weights by a quadrature over the proposals, normal(0, 1). */
const grid = Float64Array.from({ length: 4001 }, (_, i) => -8 + i / 250);
const exact = predictSelection(
  grid.map((x) => x - 0.5),
  { masses: grid.map((x) => Math.exp(-0.5 * x * x)) },
);

describe("CalibratedGan.predict", () => {
  // Over the seeds 1 to 40 the pilots' figures were off by at most .0089 (acceptance), .0089 (cap-out) and .0079 (total variation).
  test.each([1, 10, 100])("knows cap-out and total variation for K = %i", (chainLength) => {
    const prediction = calibrated.predict({ chainLength });
    const expected = exact.metropolisHastings({ chainLength, start: "target" });
    expect(prediction.chainLength).toBe(chainLength);
    expect(Math.abs(prediction.acceptanceRate - 2 * (1 - 0.76025))).toBeLessThan(0.02);
    expect(Math.abs(prediction.capOutRate - exact.capOut(chainLength))).toBeLessThan(0.015);
    expect(Math.abs(prediction.totalVariation - expected.totalVariation)).toBeLessThan(0.015);
    // No bound is known: all K proposals are made, and a second chain where the first caps out.
    expect(prediction.proposalsPerDraw).toBeCloseTo(
      chainLength + prediction.capOutRate * (chainLength + 1),
      8,
    );
    expect(calibrated.predict({ chainLength, restart: "never" }).totalVariation).toBe(0);
  });

  test("says what sampling then does", async () => {
    const bounded = await calibrateGan(shiftedGan, { real, seed: 1 });
    const prediction = bounded.predict({ chainLength: 50 });
    const sampler = metropolisHastings({ chainLength: 50, restart: "fresh" });
    const draws = 4000;
    const { info } = await bounded.sample({ draws, sampler, seed: 1 });
    // A share of .02 of 4,000 has a standard error of .002; four of them, and what 10,000 pilots leave open.
    expect(Math.abs(info.capOuts / draws - prediction.capOutRate)).toBeLessThan(0.015);
    const looked = info.proposalsUsed.reduce((sum, count) => sum + count, 0) / draws;
    expect(looked / prediction.proposalsPerDraw).toBeGreaterThan(0.9);
    expect(looked / prediction.proposalsPerDraw).toBeLessThan(1.1);
    expect(bounded.predict().chainLength).toBe(640);
    expect(() => bounded.predict({ chainLength: 0 })).toThrow("chainLength");
  });

  test("recommends a sampler, knowing the bound", async () => {
    const bounded = await calibrateGan(shiftedGan, { real, seed: 1 });
    const best = bounded.recommend({ totalVariation: 1e-6 });
    expect(["couplingFromThePast", "rejection", "metropolisHastings"]).toContain(best.selector);
    expect(best.totalVariation).toBeLessThanOrEqual(1e-6);
    const cheap = bounded.recommend({ proposalsPerDraw: 2 });
    expect(cheap.proposalsPerDraw).toBeLessThan(2.001);
    expect(cheap.totalVariation).toBeGreaterThan(0.01);
  });
});

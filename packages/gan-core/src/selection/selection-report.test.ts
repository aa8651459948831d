import { normal, randomStream } from "@mhgan/mcmc";
import { describe, expect, test } from "vitest";
import { calibrateGan } from "../calibrate-gan.ts";
import type { Gan } from "../gan.ts";
import { shiftedData, shiftedGan } from "../testing/shifted-gan.ts";
import { type SelectionWarning, selectionReport } from "./selection-report.ts";

const real = shiftedData(6000, randomStream("real"));
const kindsOf = (warnings: readonly SelectionWarning[]) => warnings.map(({ kind }) => kind);

describe("selectionReport", () => {
  test("finds nothing wrong with a perfect discriminator", async () => {
    const calibrated = await calibrateGan(shiftedGan, { real, calibrator: "platt", seed: 1 });
    const report = await selectionReport(calibrated, { real, fakeCount: 3000, seed: 2 });
    // The exact weights are e^(x − ½) for normal x: AUC .76025, mean 1, effective share 1/e = .368, and half of the weight
    // above x = 1, where there are 15.9 % of the samples. Tolerances of some four standard errors.
    expect(Math.abs(report.auc - 0.76025)).toBeLessThan(0.03);
    expect(Math.abs(report.meanWeight - 1)).toBeLessThan(0.15);
    expect(Math.abs(report.effectiveShare - 0.368)).toBeLessThan(0.12);
    expect(Math.abs(report.halfWeightShare - 0.159)).toBeLessThan(0.04);
    const { raw, weighted, standardError } = report.twoSample;
    expect(raw).toBeGreaterThan(0.4);
    expect(Math.abs(weighted)).toBeLessThan(0.03);
    expect(standardError).toBeGreaterThan(0.003);
    expect(standardError).toBeLessThan(0.05);
    expect(report.samples).toEqual({ real: 4096, fake: 3000 });
    // Platt's scaling gives no largest weight.
    expect(kindsOf(report.warnings)).toEqual(["unbounded"]);
    const isotonic = await calibrateGan(shiftedGan, { real, seed: 1 });
    const bounded = await selectionReport(isotonic, { real, fakeCount: 1000, seed: 2 });
    expect(bounded.warnings).toEqual([]);
    expect(structuredClone(bounded)).toEqual(bounded);
  });

  test("warns of a critic that goes by an artifact", async () => {
    // Samples have a second coordinate that is none of the measure's business, and the critic sees nothing else.
    const gan: Gan<number[][]> = {
      output: "logit",
      generate: (count, random) =>
        Array.from({ length: count }, () => [normal(random), random() < 0.002 ? 1 : 0]),
      score: (batch) => batch.map(([x, mark]) => (mark! > 0 ? 6 : -4) + 1e-3 * x!),
    };
    const random = randomStream(1);
    const marked = Array.from({ length: 1500 }, () => [normal(random), 1]);
    const calibrated = await calibrateGan(gan, {
      real: marked,
      calibrator: "platt",
      fakeCount: 6000,
      seed: 1,
    });
    const report = await selectionReport(calibrated, {
      real: marked,
      features: (batch) => batch.map(([x]) => x!),
      fakeCount: 3000,
      seed: 1,
    });
    expect(report.halfWeightShare).toBeLessThan(0.01);
    expect(kindsOf(report.warnings)).toEqual(expect.arrayContaining(["sliver", "separable", "no-gain"]));
    for (const { message } of report.warnings) expect(message.length).toBeGreaterThan(40);
  });

  test("warns of weights that are not calibrated, and of those that make it worse", async () => {
    const backward = { ...shiftedGan, score: (batch: number[]) => batch.map((x) => 0.5 - x) };
    const calibrated = await calibrateGan(backward, { real, calibrator: "identity", seed: 1 });
    const { warnings } = await selectionReport(calibrated, { real, fakeCount: 2000, seed: 1 });
    expect(kindsOf(warnings)).toContain("no-gain");
    expect(warnings.at(-1)!.message).toContain("farther from");
    const steep = { ...shiftedGan, score: (batch: number[]) => batch.map((x) => x + 1) };
    const high = await calibrateGan(steep, { real, calibrator: "identity", seed: 1 });
    const report = await selectionReport(high, { real, fakeCount: 2000, seed: 1 });
    expect(report.meanWeight).toBeGreaterThan(3);
    expect(kindsOf(report.warnings)).toEqual(["mean-weight", "unbounded"]);
  });

  test("same seed, same figures; refuses what is off; stops when aborted", async () => {
    const calibrated = await calibrateGan(shiftedGan, { real, seed: 1 });
    const run = (options: Partial<Parameters<typeof selectionReport<number[]>>[1]> = {}) =>
      selectionReport(calibrated, { real: real.slice(0, 200), fakeCount: 200, seed: 1, ...options });
    expect(await run()).toEqual(await run());
    expect(await run({ seed: 2 })).not.toEqual(await run());
    await expect(run({ fakeCount: 1 })).rejects.toThrow(
      "selectionReport: fakeCount must be an integer from 2",
    );
    await expect(run({ real: [1] })).rejects.toThrow("real must hold at least 2 samples, got 1");
    await expect(run({ features: (batch) => batch.map(String) as never })).rejects.toThrow(
      "what features returns must be numbers, got string in sample 0",
    );
    await expect(run({ signal: AbortSignal.abort(new Error("enough")) })).rejects.toThrow("enough");
  });
});

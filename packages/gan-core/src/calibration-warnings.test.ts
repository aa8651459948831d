import { randomStream } from "@mhgan/mcmc";
import { describe, expect, test } from "vitest";
import { calibrateGan } from "./calibrate-gan.ts";
import type { Gan } from "./gan.ts";
import { shiftedData, shiftedGan } from "./testing/shifted-gan.ts";

const real = shiftedData(4000, randomStream("real"));
const warningsOf = async (gan: Gan<number[]>, options: object = {}) =>
  (await calibrateGan(gan, { real, seed: 1, ...options })).report.warnings;

describe("the warnings of a calibration", () => {
  test("are none where all is well", async () => {
    expect(await warningsOf(shiftedGan)).toEqual([]);
  });

  test("name probabilities that do not fit, also where Dawid's Z cannot see it", async () => {
    // Three times too sure, symmetrically: what is too high for one class is too low for the other, so that the mean is right.
    const bold: Gan<number[]> = { ...shiftedGan, score: (batch) => batch.map((x) => 3 * (x - 0.5)) };
    const { report } = await calibrateGan(bold, { real, seed: 1, calibrator: "identity" });
    expect(Math.abs(report.after.z)).toBeLessThan(3);
    expect(Math.abs(report.after.spiegelhalterZ)).toBeGreaterThan(10);
    expect(report.warnings.join("\n")).toMatch(/do not fit held-out samples \(Z = \d+/);
    expect(report.warnings.join("\n")).toMatch(/the mean weight is .* too large/);
  });

  test("name weights without a bound and plateaus", async () => {
    expect(await warningsOf(shiftedGan, { calibrator: "identity" })).toEqual([
      "the weights have no bound, so chains cannot be found backward and exact samplers cannot be used",
    ]);
    const { report } = await calibrateGan(
      { ...shiftedGan, output: "probability", score: (batch) => batch.map((x) => (x > 3 ? 1 : 0.5)) },
      { real, seed: 1, calibrator: "identity" },
    );
    expect(report.plateauShare).toBeGreaterThan(0);
    expect(report.warnings.join("\n")).toMatch(/probability of exactly 0 or 1, where chains freeze/);
  });

  test("name scores with the wrong sign, and a sliver of proposals", async () => {
    const turned: Gan<number[]> = { ...shiftedGan, score: (batch) => batch.map((x) => 0.5 - x) };
    expect((await warningsOf(turned)).join("\n")).toMatch(/is their sign turned round\?/);
    const far = real.map((x) => x + 2);
    const farGan: Gan<number[]> = { ...shiftedGan, score: (batch) => batch.map((x) => 3 * x - 4.5) };
    expect((await warningsOf(farGan, { real: far, calibrator: "platt" })).join("\n")).toMatch(
      /few proposals carry the weight \(effective share [\d.]+ %\)/,
    );
  });
});

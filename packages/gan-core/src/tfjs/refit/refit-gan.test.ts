import { randomStream } from "@mhgan/mcmc";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { shiftedData, shiftedGan } from "../../testing/shifted-gan.ts";
import { useBackend } from "../backend.ts";
import { refitGan } from "./refit-gan.ts";

beforeAll(async () => {
  await useBackend("wasm");
});

/** A GAN whose own scores say nothing. */
const gan = { ...shiftedGan, score: (batch: number[]) => batch.map(() => 0) };
const small = { hidden: [16], steps: 200, batchSize: 128, learningRate: 2e-2, fourierFeatures: 0, looks: 20 };
const real = shiftedData(8000, randomStream("real"));

describe("refitGan", () => {
  test("trains, calibrates, reports and chooses: draws come from the law of the data", async () => {
    const options = { real, seed: 1, measuredCount: 2000, calibrator: "platt" as const, ...small };
    const { calibrated, refit, selection, strength } = await refitGan(gan, options);
    expect(refit.rows).toEqual({ training: 5600, stopping: 800, heldOut: 1600 });
    expect(calibrated.calibrator.kind).toBe("platt");
    expect(calibrated.report.fittedOn.real + calibrated.report.evaluatedOn.real).toBe(1600);
    // Beyond 4 for 6 seeds in 100,000.
    expect(Math.abs(calibrated.report.after.z)).toBeLessThan(4);
    expect(selection.twoSample.weighted).toBeLessThan(selection.twoSample.raw);
    expect(strength.curve.map((point) => point.strength)).toEqual([1, 2, 4, 8, 16, 32, 64]);
    const draws = 2000;
    const { samples } = await calibrated.sample({ draws, sampler: strength.selector, seed: 2 });
    const mean = samples.reduce((sum, x) => sum + x, 0) / draws;
    // Data have mean 1, the generator 0. The weakest strength that does as well as any may leave a tenth.
    expect(Math.abs(mean - 1)).toBeLessThan(0.2);
  });

  test("calibrates on other samples if it is given them, and frees everything", async () => {
    const tensors = tf.memory().numTensors;
    const heldOut = shiftedData(600, randomStream("held out"));
    const options = { real, heldOut, seed: 1, measuredCount: 500, ...small, steps: 20 };
    const { calibrated, refit, dispose } = await refitGan(gan, options);
    expect(refit.rows.heldOut).toBe(0);
    expect(calibrated.report.fittedOn.real + calibrated.report.evaluatedOn.real).toBe(600);
    dispose();
    await expect(refitGan(gan, { ...options, heldOut: [1] })).rejects.toThrow(
      "at least 4 real and 4 generated samples are needed",
    );
    expect(tf.memory().numTensors).toBe(tensors);
  });
});

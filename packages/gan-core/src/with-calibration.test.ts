import { metropolisHastings, normal, randomStream } from "@mhgan/mcmc";
import { describe, expect, it } from "vitest";
import { calibrateGan } from "./calibrate-gan.ts";
import { calibrateScores } from "./calibrate-scores.ts";
import type { Gan, Latent } from "./gan.ts";
import { withCalibration } from "./with-calibration.ts";

const gan: Gan<number[]> = {
  generate: (count, random) => Array.from({ length: count }, () => normal(random)),
  score: (batch) => batch.map((x) => 2 * x),
};
const real = Array.from({ length: 400 }, (_, i) => 1 + normal(randomStream(1).split(i)));

describe("withCalibration", () => {
  it("draws what the GAN that was calibrated in one piece draws", async () => {
    const whole = await calibrateGan(gan, { real, seed: 3 });
    const scores = calibrateScores(whole.scores.real, whole.scores.fake, { seed: 3 });
    const options = { draws: 40, sampler: metropolisHastings({ chainLength: 30 }), seed: 8 };
    expect(await withCalibration(gan, scores).sample(options)).toEqual(await whole.sample(options));
  });

  it("needs the real samples only where one is a draw", async () => {
    const scores = calibrateScores(
      real.map((x) => 2 * x),
      real.map((x) => 2 * x - 9),
      { seed: 1 },
    );
    // Generated scores are far below the real ones here, so that chains stay where they start.
    const stuck = { ...gan, score: (batch: number[]) => batch.map(() => -30) };
    const sampler = metropolisHastings({ chainLength: 2, restart: "never" });
    const options = { draws: 5, sampler, seed: 1 };
    await expect(withCalibration(stuck, scores).sample(options)).rejects.toThrow(
      "sample: draw 0 is a real sample, and this GAN was not given them (withCalibration: real)",
    );
    const { samples } = await withCalibration(stuck, scores, { real }).sample(options);
    for (const sample of samples) expect(real).toContain(sample);
  });
});

describe("sample with firstDraw", () => {
  it("gives a stretch of the draws of the whole run", async () => {
    const latent: Latent<number[]> = {
      size: 1,
      draw: (count, random) => Float32Array.from({ length: count }, () => normal(random)),
      decode: (latents) => Array.from(latents),
    };
    for (const each of [gan, { ...gan, latent }]) {
      const calibrated = await calibrateGan(each, { real, seed: 3 });
      const shared = { sampler: metropolisHastings({ chainLength: 30 }), seed: 8 };
      const whole = await calibrated.sample({ ...shared, draws: 25 });
      const head = await calibrated.sample({ ...shared, draws: 9 });
      const tail = await calibrated.sample({ ...shared, draws: 25, firstDraw: 9 });
      expect([...head.samples, ...tail.samples]).toEqual(whole.samples);
      expect([...head.info.logWeights, ...tail.info.logWeights]).toEqual([...whole.info.logWeights]);
      expect(head.info.capOuts + tail.info.capOuts).toBe(whole.info.capOuts);
    }
  });
});

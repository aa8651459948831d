import { randomStream } from "@mhgan/mcmc";
import { describe, expect, test } from "vitest";
import { calibrateGan } from "./calibrate-gan.ts";
import { latentLangevin } from "./latent-samplers/latent-langevin.ts";
import { latentMala } from "./latent-samplers/latent-mala.ts";
import { scoresAsLogWeights } from "./log-weight.ts";
import { sampleLatents } from "./sample-latents.ts";
import {
  linearData,
  linearGan,
  momentErrors,
  posteriorCovariance,
  posteriorMean,
} from "./testing/linear-gan.ts";

const worst = (errors: number[]) => Math.max(...errors.map(Math.abs));

describe("calibrated.sample", () => {
  const real = linearData(6000, randomStream("real"));

  test("takes latent-space samplers", async () => {
    const calibrated = await calibrateGan(linearGan, { real, seed: 1, calibrator: "identity" });
    const sampler = latentMala({ stepSize: 0.3, steps: 5 });
    const drawn = await calibrated.sample({ draws: 20, sampler, seed: 5 });
    expect(drawn).toEqual(
      await sampleLatents(linearGan, { draws: 20, sampler, seed: 5, logWeight: scoresAsLogWeights }),
    );
    expect(drawn.info.statistics.acceptanceRates).toHaveLength(20);
  });

  test.each(["isotonic", "venn-abers", "platt"] as const)(
    "moves towards the posterior with %s, along a Platt sigmoid where it has no slope",
    async (calibrator) => {
      const calibrated = await calibrateGan(linearGan, { real, seed: 1, calibrator });
      const slopes = calibrated.logWeightSlopes([-1, 0, 2]);
      // The scores are log odds already; 3000 against 3000 give the slope a standard error of about .02.
      for (const slope of slopes) expect(Math.abs(slope - 1)).toBeLessThan(0.15);
      const { latents } = await calibrated.sample({
        draws: 1000,
        sampler: latentMala({ stepSize: 0.3, steps: 40 }),
        seed: 1,
      });
      const errors = momentErrors(latents!, posteriorMean, posteriorCovariance);
      const plain = momentErrors(
        linearGan.latent.draw(1000, randomStream(2)),
        posteriorMean,
        posteriorCovariance,
      );
      expect(worst(errors)).toBeLessThan(worst(plain) / 3);
      const { info: biased } = await calibrated.sample({
        draws: 500,
        sampler: latentLangevin({ stepSize: 0.05 }),
        seed: 1,
      });
      const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
      expect(mean(biased.logWeights)).toBeGreaterThan(mean(biased.statistics.startLogWeights) + 0.5);
    },
  );
});

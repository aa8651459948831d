import { describe, expect, test } from "vitest";
import { scoresAsLogWeights } from "../log-weight.ts";
import { sampleLatents } from "../sample-latents.ts";
import { linearGan } from "../testing/linear-gan.ts";
import { latentIteratedSirMala } from "./latent-iterated-sir-mala.ts";
import { latentMala } from "./latent-mala.ts";

describe("the step size that is tuned", () => {
  test.each([
    { sampler: latentMala({ stepSize: "tuned", steps: 20 }), wanted: 0.57 },
    { sampler: latentMala({ stepSize: "tuned", targetAcceptance: 0.8, steps: 20 }), wanted: 0.8 },
    { sampler: latentIteratedSirMala({ steps: 20 }), wanted: 0.67 },
  ])("accepts the wanted share: $sampler.name, $wanted", async ({ sampler, wanted }) => {
    const { info } = await sampleLatents(linearGan, {
      sampler,
      draws: 500,
      logWeight: scoresAsLogWeights,
      seed: 3,
    });
    const rates = info.statistics.acceptanceRates;
    // 10,000 decisions have a standard error of .005; the rest is for the pilots, 64 chains, whose rate is off by about .02.
    expect(Math.abs(rates.reduce((sum, rate) => sum + rate, 0) / 500 - wanted)).toBeLessThan(0.08);
    expect(info.statistics.stepSize).toBeGreaterThan(0.05);
  });
});

test("the pilots draw what depends on the seed alone, and are counted", async () => {
  const run = (draws: number, seed: number) =>
    sampleLatents(linearGan, {
      sampler: latentMala({ stepSize: "tuned", steps: 2 }),
      draws,
      logWeight: scoresAsLogWeights,
      seed,
    });
  const [few, many, other] = [await run(1, 1), await run(10, 1), await run(1, 2)];
  expect(few.info.statistics.stepSize).toBe(many.info.statistics.stepSize);
  expect(few.info.statistics.stepSize).not.toBe(other.info.statistics.stepSize);
  expect(few.info.statistics.gradientEvaluations).toBe(64 * 51 + 3);
});

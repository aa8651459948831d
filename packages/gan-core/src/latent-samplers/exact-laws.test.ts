import { randomStream } from "@mhgan/mcmc";
import { describe, expect, test } from "vitest";
import { scoresAsLogWeights } from "../log-weight.ts";
import { sampleLatents } from "../sample-latents.ts";
import { lineGan } from "../testing/line-gan.ts";
import {
  inverse,
  linearGan,
  momentErrors,
  posteriorCovariance,
  posteriorMean,
  quadratic,
} from "../testing/linear-gan.ts";
import { latentIteratedSirMala } from "./latent-iterated-sir-mala.ts";
import { latentLangevin } from "./latent-langevin.ts";
import { latentMala } from "./latent-mala.ts";
import type { LatentSampler } from "./latent-sampler.ts";

const DRAWS = 3000;
const latentsOf = async (sampler: LatentSampler, seed = 1) => {
  const { latents } = await sampleLatents(linearGan, {
    sampler,
    draws: DRAWS,
    logWeight: scoresAsLogWeights,
    seed,
  });
  return latents!;
};
const worst = (errors: number[]) => Math.max(...errors.map(Math.abs));
const precision = inverse(posteriorCovariance);

// Five moments are looked at, in standard errors: one of them is beyond 4.5 for 3 seeds in 100,000. Chains are long enough that what is
// left of their start is far below one.
describe("the latents of a linear GAN of normal data", () => {
  test("generated without more ado are far from the posterior: the test can fail", () => {
    const plain = linearGan.latent.draw(DRAWS, randomStream(1));
    expect(worst(momentErrors(plain, posteriorMean, posteriorCovariance))).toBeGreaterThan(30);
  });

  test.each([{ stepSize: 0.3 }, { stepSize: 0.3, noiseScale: 0.6 }, { stepSize: "tuned" }] as const)(
    "follow it exactly by MALA: %j",
    async (options) => {
      const latents = await latentsOf(latentMala({ ...options, steps: 60 }));
      expect(worst(momentErrors(latents, posteriorMean, posteriorCovariance))).toBeLessThan(4.5);
    },
  );

  test.each([
    { candidates: 8, localSteps: 1, stepSize: 0.3, steps: 15 },
    { candidates: 20, localSteps: 0, steps: 15 },
    { steps: 10 },
  ])("follow it exactly by i-SIR and MALA: %j", async (options) => {
    const latents = await latentsOf(latentIteratedSirMala(options), 2);
    expect(worst(momentErrors(latents, posteriorMean, posteriorCovariance))).toBeLessThan(4.5);
  });

  test.each([0.2, 0.35])(
    "follow by Langevin the law that theory says, which is not it: τ = %d",
    async (stepSize) => {
      const latents = await latentsOf(latentLangevin({ stepSize, steps: 60 }));
      // z' − μ = (I − τP/2)(z − μ) + √τ·noise has the covariance C = (I − τP/2)C(I − τP/2) + τI, which P⁻¹(I − τP/4)⁻¹ solves.
      const biased = inverse(quadratic(precision, 0, 1, -stepSize / 4));
      expect(worst(momentErrors(latents, posteriorMean, biased))).toBeLessThan(4.5);
      expect(worst(momentErrors(latents, posteriorMean, posteriorCovariance))).toBeGreaterThan(8);
    },
  );

  test("follow by short Langevin chains the law of an autoregression", async () => {
    // With noise η ≠ √τ. After k steps from normal(0, I): mean μ − Kᵏμ, covariance K²ᵏ + η²(I + K² + … + K²ᵏ⁻²), K = I − τP/2.
    const [stepSize, noiseScale, steps] = [0.1, 0.2, 4];
    let mean = [0, 0] as [number, number];
    let covariance = quadratic(precision, 1, 0, 0);
    const keep = quadratic(precision, 1, -stepSize / 2, 0);
    const apply = (matrix: typeof keep, [x, y]: [number, number]): [number, number] => [
      matrix[0][0] * x + matrix[0][1] * y,
      matrix[1][0] * x + matrix[1][1] * y,
    ];
    for (let k = 0; k < steps; k++) {
      const [dx, dy] = apply(keep, [mean[0] - posteriorMean[0], mean[1] - posteriorMean[1]]);
      mean = [posteriorMean[0] + dx, posteriorMean[1] + dy];
      const left = [
        apply(keep, [covariance[0][0], covariance[1][0]]),
        apply(keep, [covariance[0][1], covariance[1][1]]),
      ];
      const [first, second] = [
        apply(keep, [left[0]![0], left[1]![0]]),
        apply(keep, [left[0]![1], left[1]![1]]),
      ];
      covariance = [
        [first[0] + noiseScale ** 2, first[1]],
        [second[0], second[1] + noiseScale ** 2],
      ];
    }
    const latents = await latentsOf(latentLangevin({ stepSize, noiseScale, steps }));
    expect(worst(momentErrors(latents, mean, covariance))).toBeLessThan(4.5);
  });
});

describe("uniform latents with the weight e^(3z)", () => {
  // The law is e^(3z) on [−1, 1), up to a constant.
  const gan = lineGan(
    "uniform",
    (z) => 3 * z,
    () => 3,
  );
  const cumulative = (z: number) => (Math.exp(3 * z) - Math.exp(-3)) / (Math.exp(3) - Math.exp(-3));
  const distance = (samples: number[], law: (z: number) => number) => {
    const sorted = [...samples].sort((x, y) => x - y);
    return Math.max(...sorted.map((z, i) => Math.max(law(z) - i / DRAWS, (i + 1) / DRAWS - law(z))));
  };
  const run = (sampler: LatentSampler) =>
    sampleLatents(gan, { sampler, draws: DRAWS, logWeight: scoresAsLogWeights, seed: 4 });

  test.each([latentMala({ stepSize: 1, steps: 40 }), latentIteratedSirMala({ stepSize: 1, steps: 15 })])(
    "follow it exactly by $name",
    async (sampler) => {
      const { samples } = await run(sampler);
      expect(samples.every((z) => z >= -1 && z <= 1)).toBe(true);
      // Kolmogorov and Smirnov: √n·D is above 2.3 for 5 seeds in 100,000.
      expect(Math.sqrt(DRAWS) * distance(samples, cumulative)).toBeLessThan(2.3);
    },
  );

  test("follow it by Langevin as far as its steps are short, and keep to their cube", async () => {
    const far = distance((await run(latentLangevin({ stepSize: 1, steps: 40 }))).samples, cumulative);
    const near = await run(latentLangevin({ stepSize: 0.1, steps: 150 }));
    expect(near.samples.every((z) => z >= -1 && z <= 1)).toBe(true);
    const close = distance(near.samples, cumulative);
    // By powers of the kernel on a grid of y the law of the chain is .0988 away with τ = 1, and .0083 with τ = .1; the rest is Monte Carlo as
    // above.
    const noise = 2.3 / Math.sqrt(DRAWS);
    expect(far).toBeGreaterThan(0.0988 - noise);
    expect(close).toBeLessThan(0.0083 + noise);
  });

  test("the latents of the record are the generator's own", async () => {
    const { samples, latents } = await run(latentMala({ stepSize: 1, steps: 2 }));
    expect(Array.from(latents!)).toEqual(samples);
  });
});

describe("MALA", () => {
  test("is exact by the steps it accepts with, whatever slope it follows", async () => {
    // A log weight that is a step, on a line: 0 below 0, log 3 above. The slope is that of something else.
    const step = {
      logWeights: (scores: ArrayLike<number>) => Float64Array.from(scores, (s) => (s < 0 ? 0 : Math.log(3))),
      logWeightSlopes: (scores: ArrayLike<number>) => new Float64Array(scores.length).fill(0.8),
    };
    const gan = lineGan(
      "normal",
      (x) => x,
      () => 1,
    );
    const { samples } = await sampleLatents(gan, {
      draws: DRAWS,
      sampler: latentMala({ stepSize: 1, steps: 40 }),
      logWeight: step,
      seed: 6,
    });
    const right = samples.filter((x) => x >= 0).length / DRAWS;
    // Three quarters, with a standard error of .0079: four of them but for 6 seeds in 100,000.
    expect(Math.abs(right - 0.75)).toBeLessThan(0.0316);
  });
});

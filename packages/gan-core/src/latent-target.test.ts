import { randomStream } from "@mhgan/mcmc";
import { describe, expect, test } from "vitest";
import type { Gan } from "./gan.ts";
import { latentTarget } from "./latent-target.ts";
import { scoresAsLogWeights } from "./log-weight.ts";
import { lineGan } from "./testing/line-gan.ts";
import {
  exactScore,
  generated,
  inverse,
  linearGan,
  posteriorCovariance,
  posteriorMean,
} from "./testing/linear-gan.ts";

const points = Float64Array.of(0, 0, 1, -2, 0.5, 0.25, -1.5, 3);

describe("latentTarget", () => {
  test("is the law of the latents whose samples follow the data", async () => {
    const target = latentTarget(linearGan, scoresAsLogWeights);
    const { logDensities, gradients } = await target.logDensityAndGradient(points);
    const [[a, b], [, d]] = inverse(posteriorCovariance);
    const difference = (i: number) => [
      points[2 * i]! - posteriorMean[0],
      points[2 * i + 1]! - posteriorMean[1],
    ];
    const form = (i: number) => {
      const [x, y] = difference(i) as [number, number];
      return (a * x * x + 2 * b * x * y + d * y * y) / 2;
    };
    for (let i = 0; i < 4; i++) {
      const [x, y] = difference(i) as [number, number];
      expect(logDensities[i]! - logDensities[0]!).toBeCloseTo(form(0) - form(i), 10);
      expect(gradients[2 * i]).toBeCloseTo(-a * x - b * y, 10);
      expect(gradients[2 * i + 1]).toBeCloseTo(-b * x - d * y, 10);
    }
    expect(await target.logDensity(points)).toEqual(logDensities);
    expect(target.logProposalDensity(points)).toEqual(Float64Array.of(0, -2.5, -0.15625, -5.625));
    expect(target.propose(randomStream(1))).toEqual(linearGan.latent.draw(1, randomStream(1)));
  });

  test("follows the chain rule through any log weight", async () => {
    const cubic = {
      logWeights: (scores: ArrayLike<number>) => Float64Array.from(scores, (s) => s ** 3 / 10),
      logWeightSlopes: (scores: ArrayLike<number>) => Float64Array.from(scores, (s) => (3 * s ** 2) / 10),
    };
    const { gradients } = await latentTarget(linearGan, cubic).logDensityAndGradient(points);
    const density = (x: number, y: number) => exactScore(generated([x, y])) ** 3 / 10 - (x * x + y * y) / 2;
    for (let i = 0; i < 4; i++) {
      const [x, y] = [points[2 * i]!, points[2 * i + 1]!];
      const byX = (density(x + 1e-5, y) - density(x - 1e-5, y)) / 2e-5;
      const byY = (density(x, y + 1e-5) - density(x, y - 1e-5)) / 2e-5;
      expect(Math.abs(gradients[2 * i]! - byX)).toBeLessThan(1e-6 * (1 + Math.abs(byX)));
      expect(Math.abs(gradients[2 * i + 1]! - byY)).toBeLessThan(1e-6 * (1 + Math.abs(byY)));
    }
  });

  test("has a normal prior also where latents are uniform", async () => {
    const target = latentTarget(
      lineGan(
        "uniform",
        () => 0,
        () => 0,
      ),
      scoresAsLogWeights,
    );
    const { logDensities, gradients } = await target.logDensityAndGradient(Float64Array.of(-3, 0.5));
    expect(logDensities).toEqual(Float64Array.of(-4.5, -0.125));
    expect(gradients).toEqual(Float64Array.of(3, -0.5));
    expect(target.toLatents([1, 0])[0]).toBeCloseTo(0.6826894921370859, 6);
  });

  test("cuts what is long into batches, with the same result", async () => {
    const sizes: number[] = [];
    const { latent } = linearGan;
    const gan: typeof linearGan = {
      ...linearGan,
      latent: {
        ...latent,
        decode: (latents) => {
          sizes.push(latents.length / 2);
          return latent.decode(latents);
        },
        scoreGradients: (latents) => {
          sizes.push(latents.length / 2);
          return latent.scoreGradients!(latents);
        },
      },
    };
    const whole = latentTarget(linearGan, scoresAsLogWeights);
    const cut = latentTarget(gan, scoresAsLogWeights, { batchSize: 3 });
    expect(await cut.logDensityAndGradient(points)).toEqual(await whole.logDensityAndGradient(points));
    expect(await cut.logDensity(points)).toEqual(await whole.logDensity(points));
    expect(sizes).toEqual([3, 1, 3, 1]);
  });

  test("frees what it generates", async () => {
    const freed: number[] = [];
    const gan = { ...linearGan, dispose: (batch: unknown[]) => freed.push(batch.length) };
    await latentTarget(gan, scoresAsLogWeights, { batchSize: 3 }).logDensity(points);
    expect(freed).toEqual([3, 1]);
  });

  test("says what a GAN lacks, and when its numbers are too few", async () => {
    const { latent, ...bare } = linearGan;
    expect(() => latentTarget(bare, scoresAsLogWeights)).toThrow(
      new TypeError("latentTarget: the GAN must have a latent space, but its `latent` is missing"),
    );
    const { scoreGradients: _, ...flat } = latent;
    expect(() => latentTarget({ ...bare, latent: flat }, scoresAsLogWeights)).toThrow(
      "latentTarget: the GAN must have gradients of its scores, but its `latent.scoreGradients` is missing",
    );
    const broken = (gradients: number[]): Gan<unknown> => ({
      ...lineGan(
        "normal",
        () => 0,
        () => 0,
      ),
      score: () => [1],
      latent: {
        ...lineGan(
          "normal",
          () => 0,
          () => 0,
        ).latent!,
        scoreGradients: () => ({ scores: [1, 2], gradients }),
      },
    });
    const evaluate = (gan: Gan<unknown>) =>
      latentTarget(gan, scoresAsLogWeights).logDensityAndGradient(Float64Array.of(1, 2));
    await expect(evaluate(broken([1]))).rejects.toThrow(
      "latentTarget: scoreGradients.gradients must give 2 numbers, got 1",
    );
    await expect(
      latentTarget(broken([1]), scoresAsLogWeights).logDensity(Float64Array.of(1, 2)),
    ).rejects.toThrow("latentTarget: score must give 2 numbers, got 1");
  });
});

import { describe, expect, test } from "vitest";
import { scoresAsLogWeights } from "../log-weight.ts";
import { sampleLatents } from "../sample-latents.ts";
import { lineGan } from "../testing/line-gan.ts";
import {
  exactScore,
  generated,
  inverse,
  latentSlope,
  linearGan,
  momentErrors,
  posteriorCovariance,
  posteriorMean,
  quadratic,
} from "../testing/linear-gan.ts";
import { type FlowDivergence, gradientFlow } from "./gradient-flow.ts";

const run = (options: Parameters<typeof gradientFlow>[0], draws: number) =>
  sampleLatents(linearGan, { sampler: gradientFlow(options), draws, logWeight: scoresAsLogWeights, seed: 7 });

/** Pμ, for the precision P and the mean μ of the posterior. */
const pullOf = (precision: ReturnType<typeof inverse>) =>
  precision.map((row) => row[0] * posteriorMean[0] + row[1] * posteriorMean[1]) as [number, number];

describe("gradientFlow", () => {
  const factors: Record<FlowDivergence, (d: number) => number> = {
    kl: () => 1,
    js: (d) => 1 / (1 + Math.exp(-d)),
    logD: (d) => 1 / (1 + Math.exp(d)),
  };

  test.each(Object.keys(factors) as FlowDivergence[])(
    "moves by η·s(d)·∇d without noise: %s",
    async (divergence) => {
      // The starts do not depend on the steps: they are where a flow that does not move ends.
      const still = { divergence, noiseFactor: 0, stepSize: 1e-30 };
      const [one, two] = [
        { ...still, stepSize: 0.2, steps: 1 },
        { ...still, stepSize: 0.2, steps: 2 },
      ];
      const starts = (await run({ ...still, steps: 1 }, 50)).latents!;
      const follow = (from: ArrayLike<number>) =>
        Array.from({ length: from.length / 2 }, (_, i) => {
          const z: [number, number] = [from[2 * i]!, from[2 * i + 1]!];
          const [dx, dy] = latentSlope(z);
          const factor = 0.2 * factors[divergence](exactScore(generated(z)));
          return [z[0] + factor * dx, z[1] + factor * dy];
        }).flat();
      const { latents: after, info } = await run(one, 50);
      const expected = follow(starts);
      // Latents go through float32.
      expected.forEach((value, k) => {
        expect(Math.abs(after![k]! - value)).toBeLessThan(2e-6 * (1 + Math.abs(value)));
      });
      const later = (await run(two, 50)).latents!;
      follow(expected).forEach((value, k) => {
        expect(Math.abs(later[k]! - value)).toBeLessThan(4e-6 * (1 + Math.abs(value)));
      });
      expect(info.statistics.stepLengths[0]).toBeCloseTo(
        Math.hypot(expected[0]! - starts[0]!, expected[1]! - starts[1]!),
        5,
      );
    },
  );

  test("has, in one step from normal latents, the law that its noise makes", async () => {
    // z' = z + η·(Pμ − (P − I)z) + √(2ηγ)·noise with the precision P and the mean μ of the posterior.
    const [stepSize, noiseFactor] = [0.1, 2];
    const precision = inverse(posteriorCovariance);
    const [[a, b], [c, d]] = quadratic(quadratic(precision, 1 + stepSize, -stepSize, 0), 0, 0, 1);
    const noise = 2 * stepSize * noiseFactor;
    const [x, y] = pullOf(precision);
    const { latents } = await run({ stepSize, noiseFactor, steps: 1 }, 4000);
    const errors = momentErrors(
      latents!,
      [stepSize * x, stepSize * y],
      [
        [a + noise, b],
        [c, d + noise],
      ],
    );
    // Beyond 4.5 standard errors in one of five for 3 seeds in 100,000.
    expect(Math.max(...errors.map(Math.abs))).toBeLessThan(4.5);
  });

  test("of Kullback and Leibler is stationary at a power of the weight, and knows no prior", async () => {
    // The weight alone is normal with the precision Q = P − I and the mean Q⁻¹Pμ; its power 1/γ has the covariance γQ⁻¹. Steps of length
    // η make that γ(Q − ηQ²/2)⁻¹.
    const [stepSize, noiseFactor] = [0.1, 0.5];
    const precision = inverse(posteriorCovariance);
    const weight = quadratic(precision, -1, 1, 0);
    const [x, y] = pullOf(precision);
    const [[a, b], [c, d]] = inverse(weight);
    const mean = [a * x + b * y, c * x + d * y] as const;
    const scaled = quadratic(weight, 0, 1 / noiseFactor, -stepSize / (2 * noiseFactor));
    const { latents } = await run({ stepSize, noiseFactor, steps: 80 }, 3000);
    expect(Math.max(...momentErrors(latents!, mean, inverse(scaled)).map(Math.abs))).toBeLessThan(4.5);
  });

  test("does not overflow where the discriminator is sure", async () => {
    const sure = lineGan(
      "normal",
      (x) => 1e6 * x,
      () => 1e6,
    );
    for (const divergence of ["js", "logD"] as const) {
      const { info } = await sampleLatents(sure, {
        sampler: gradientFlow({ divergence, stepSize: 1e-9, steps: 1, noiseFactor: 0 }),
        draws: 20,
        logWeight: scoresAsLogWeights,
        seed: 1,
      });
      info.statistics.startLogWeights.forEach((d, i) => {
        const factor = divergence === "js" ? Number(d > 0) : Number(d < 0);
        // Scores near 0 are between; there are none among these.
        expect(info.statistics.stepLengths[i]).toBeCloseTo(1e-3 * factor, 8);
      });
    }
  });

  test("lifts the weights of what it moves, with its published settings", async () => {
    const { info } = await run({}, 200);
    const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean(info.logWeights)).toBeGreaterThan(mean(info.statistics.startLogWeights) + 0.5);
  });
});

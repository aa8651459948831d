import { describe, expect, test } from "vitest";
import type { Gan } from "../gan.ts";
import { scoresAsLogWeights } from "../log-weight.ts";
import { sampleLatents } from "../sample-latents.ts";
import { lineGan } from "../testing/line-gan.ts";
import { linearGan } from "../testing/linear-gan.ts";
import { type DiscriminatorTransportOptions, discriminatorTransport } from "./discriminator-transport.ts";

const run = <Batch>(gan: Gan<Batch>, options: DiscriminatorTransportOptions, draws = 200) =>
  sampleLatents(gan, {
    sampler: discriminatorTransport(options),
    draws,
    logWeight: scoresAsLogWeights,
    seed: 8,
  });

/** Where samples start: those of a run that hardly moves them. */
const startsOf = async (gan: Gan<number[]>) =>
  (await run(gan, { space: "data", optimizer: "sgd", learningRate: 1e-30, lipschitz: 1, steps: 1 })).samples;

describe("discriminatorTransport", () => {
  // D(x) = −(x − 3)²/2 is steeper than K below 3 − K. From there x goes to 3 − K, where a gain of D no longer pays for the way; the others stay.
  const hill = lineGan(
    "normal",
    (x) => -((x - 3) ** 2) / 2,
    (x) => 3 - x,
  );

  test.each([
    { optimizer: "sgd", learningRate: 0.02, steps: 1200, tolerance: 0.042 },
    { optimizer: "adam", learningRate: 0.01, steps: 900, tolerance: 0.03 },
  ] as const)("minimises |x − y| − D(x)/K: $optimizer", async ({ tolerance, ...how }) => {
    for (const lipschitz of [1.5, 3]) {
      const starts = await startsOf(hill);
      const { samples } = await run(hill, { space: "data", lipschitz, ...how });
      let moved = 0;
      samples.forEach((x, i) => {
        const y = starts[i]!;
        const expected = Math.max(y, 3 - lipschitz);
        if (expected > y) moved++;
        // The minimum is a kink, around which steps go back and forth: with SGD of up to twice the learning rate.
        expect(Math.abs(x - expected)).toBeLessThan(tolerance);
      });
      // Normal starts lie below 3 − K with the probability .933 or .5: more than 5 standard errors from these.
      expect(moved).toBeGreaterThan(60);
    }
  });

  test("moves a normal law towards another along the potential of their optimal transport", async () => {
    // From normal(0, 1) to normal(2, 1) the potential is D(x) = x. Every step moves every sample by η(D′/K − 1), so that the laws, which differ
    // by a shift, come nearer by as much: their Wasserstein distance is the difference of their means.
    const shift = lineGan(
      "normal",
      (x) => x,
      () => 1,
    );
    const starts = await startsOf(shift);
    const { samples, info } = await run(shift, {
      space: "data",
      optimizer: "sgd",
      lipschitz: 0.8,
      learningRate: 0.05,
      steps: 100,
    });
    const way = 100 * 0.05 * (1 / 0.8 - 1);
    samples.forEach((x, i) => {
      expect(x - starts[i]!).toBeCloseTo(way, 5);
    });
    expect(way).toBeGreaterThan(1);
    expect(way).toBeLessThan(2);
    expect(info.statistics.stepLengths[0]).toBeCloseTo(way / 100, 8);
  });

  test("stays where the score is no steeper than K, also by its own estimate of K", async () => {
    const shift = lineGan(
      "normal",
      (x) => 7 * x,
      () => 7,
    );
    const starts = await startsOf(shift);
    const { samples, info } = await run(shift, { space: "data", steps: 20 });
    expect(info.statistics.lipschitz).toBeCloseTo(7, 4);
    // Of a perfect potential the minimum is a whole ray: nothing says how far to go, and rounding of K to either side moves little.
    samples.forEach((x, i) => {
      expect(Math.abs(x - starts[i]!)).toBeLessThan(20 * 0.011);
    });
    // The starts, the pairs, and the starts once more to read them from the generator, as for the pairs.
    expect(info.statistics.evaluations).toBe(2 * (200 + 200));
  });

  test("estimates K from below, whatever the scale of the score, which does not change the moves", async () => {
    const curved = (scale: number) =>
      lineGan(
        "normal",
        (x) => scale * Math.tanh(2 * x),
        (x) => (2 * scale) / Math.cosh(2 * x) ** 2,
      );
    const [one, four] = [await run(curved(1), { space: "data" }), await run(curved(4), { space: "data" })];
    expect(one.info.statistics.lipschitz).toBeLessThanOrEqual(2);
    expect(one.info.statistics.lipschitz).toBeGreaterThan(1.5);
    expect(four.info.statistics.lipschitz).toBe(4 * one.info.statistics.lipschitz!);
    expect(four.samples).toEqual(one.samples);
  });

  test("keeps samples within bounds", async () => {
    const { samples } = await run(hill, { space: "data", lipschitz: 0.5, steps: 500, bounds: [-1, 1] });
    expect(Math.max(...samples)).toBe(1);
    expect(Math.min(...samples)).toBeGreaterThanOrEqual(-1);
  });

  test("turns latents without changing their length, up to its steps being straight", async () => {
    const still = { lipschitz: 1, steps: 1, learningRate: 1e-30 };
    const starts = (await run(linearGan, still)).latents!;
    const norms = (z: Float32Array) =>
      Array.from({ length: 200 }, (_, i) => Math.hypot(z[2 * i]!, z[2 * i + 1]!));
    const before = norms(starts);
    const turned = await run(linearGan, { lipschitz: 1, steps: 20 });
    let smallest = Infinity;
    norms(turned.latents!).forEach((norm, i) => {
      if (before[i]! < 0.5) return;
      smallest = Math.min(smallest, Math.abs(norm - before[i]!));
      // A step of length s at a right angle to z adds s²/(2|z|).
      const drift = 20 * (turned.info.statistics.stepLengths[i]! * 1.5) ** 2;
      expect(Math.abs(norm - before[i]!)).toBeLessThan(drift + 1e-5);
    });
    const free = await run(linearGan, { lipschitz: 1, steps: 20, keepNorm: false });
    expect(Math.max(...norms(free.latents!).map((norm, i) => Math.abs(norm - before[i]!)))).toBeGreaterThan(
      0.05,
    );
    const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
    for (const { info } of [turned, free]) {
      expect(mean(info.logWeights)).toBeGreaterThan(mean(info.statistics.startLogWeights));
    }
  });

  test("says when scores tell nothing, and when samples cannot be moved", async () => {
    const flat = lineGan(
      "normal",
      () => 1,
      () => 0,
    );
    await expect(run(flat, {})).rejects.toThrow(
      new RangeError("discriminatorTransport: scores must differ between samples, got a largest slope of 0"),
    );
    const { dataSpace: _, ...latentOnly } = flat;
    await expect(async () => run(latentOnly, { space: "data" })).rejects.toThrow(
      "discriminatorTransport: the GAN must have samples that can be moved, but its `dataSpace` is missing",
    );
  });
});

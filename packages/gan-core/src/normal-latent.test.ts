import { normalQuantile, randomStream } from "@mhgan/mcmc";
import { describe, expect, test } from "vitest";
import { normalLatent, twoSidedMass } from "./normal-latent.ts";
import { lineGan } from "./testing/line-gan.ts";

describe("twoSidedMass", () => {
  test("inverts the normal quantile", () => {
    for (const y of [-5.5, -3, -1.2, -0.1, 1e-9, 0.4, 2, 4.5]) {
      // The quantile loses what 1 − p loses, relative to the density there.
      const error = 1e-16 / Math.exp((-y * y) / 2);
      expect(Math.abs(normalQuantile(0.5 + twoSidedMass(y) / 2) - y)).toBeLessThan(1e-14 + 10 * error);
    }
  });

  test("known values, symmetry and ends", () => {
    // erf(1/√2) and erf(2/√2) to 16 digits.
    expect(twoSidedMass(1)).toBeCloseTo(0.6826894921370859, 15);
    expect(twoSidedMass(2)).toBeCloseTo(0.9544997361036416, 15);
    expect(twoSidedMass(-2)).toBe(-twoSidedMass(2));
    expect(twoSidedMass(0)).toBe(0);
    expect([-40, -8.9, 8.9, Infinity].map(twoSidedMass)).toEqual([-1, -1, 1, 1]);
  });
});

describe("normalLatent", () => {
  test("leaves normal latents as they are, also where no prior is named", async () => {
    const latent = lineGan("normal", Math.sin, Math.cos).latent!;
    const { prior: _, ...unnamed } = latent;
    const at = Float32Array.of(-2, 0.5);
    for (const same of [normalLatent(latent), normalLatent(unnamed)]) {
      expect(same.draw(3, randomStream(1))).toEqual(latent.draw(3, randomStream(1)));
      expect(await same.decode(at)).toEqual([-2, 0.5]);
      expect(same.toLatents(at)).toEqual(at);
      expect(await same.scoreGradients!(at)).toEqual(await latent.scoreGradients!(at));
    }
    const { scoreGradients: __, ...without } = latent;
    expect(normalLatent(without).scoreGradients).toBeUndefined();
    expect(normalLatent({ ...without, prior: "uniform" }).scoreGradients).toBeUndefined();
  });

  test("draws the same uniform latents, in normal coordinates", async () => {
    const latent = lineGan("uniform", Math.sin, Math.cos).latent!;
    const uniform = latent.draw(1000, randomStream(1));
    const decoded = await normalLatent(latent).decode(normalLatent(latent).draw(1000, randomStream(1)));
    decoded.forEach((z, i) => {
      expect(z).toBeCloseTo(uniform[i]!, 6);
      expect(Math.abs(z)).toBeLessThanOrEqual(1);
    });
  });

  test("has gradients by its own coordinates", async () => {
    const latent = normalLatent(
      lineGan(
        "uniform",
        (z) => Math.sin(3 * z),
        (z) => 3 * Math.cos(3 * z),
      ).latent!,
    );
    const at = Float32Array.of(-2, -0.5, 0, 1, 3);
    const { scores, gradients } = await latent.scoreGradients!(at);
    at.forEach((y, i) => {
      const score = (value: number) => Math.sin(3 * twoSidedMass(value));
      // Latents are rounded to float32; the error of a central difference is of the order of its step squared.
      expect(scores[i]).toBeCloseTo(score(y), 6);
      expect(gradients[i]).toBeCloseTo((score(y + 1e-5) - score(y - 1e-5)) / 2e-5, 6);
    });
  });

  test("knows no other prior", () => {
    const { latent } = lineGan("cauchy" as "normal", Math.sin, Math.cos);
    expect(() => normalLatent(latent!)).toThrow(
      new RangeError('latent: prior must be "normal" or "uniform", got cauchy'),
    );
  });
});

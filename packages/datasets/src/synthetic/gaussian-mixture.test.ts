import { describe, expect, test } from "vitest";
import { integrate } from "../../test/integrate.ts";
import { seededRandom } from "../../test/seeded-random.ts";
import { gaussianMixture } from "./gaussian-mixture.ts";

const skewed = { means: [-1, 2, 2.5], dimensions: 1, sd: [0.3, 0.5, 1.5], weights: [2, 5, 1] };

describe("logDensity", () => {
  test("is that of one Gaussian in closed form", () => {
    const mixture = gaussianMixture({ means: [1, 2, 3], dimensions: 3, sd: 2 });
    const [atMean, away] = mixture.logDensity([1, 2, 3, 3, 2, 7]);
    const atTop = -1.5 * Math.log(2 * Math.PI * 4);
    expect(atMean).toBeCloseTo(atTop, 14);
    expect(away).toBeCloseTo(atTop - (2 ** 2 + 4 ** 2) / 8, 14);
  });

  test("is a density: it integrates to 1, with mean and variance as the weights say", () => {
    const mixture = gaussianMixture(skewed);
    const moment = (power: number) => integrate((x) => x ** power * mixture.density([x])[0]!, -15, 20);
    expect(moment(0)).toBeCloseTo(1, 12);
    expect(moment(1)).toBeCloseTo((-2 + 10 + 2.5) / 8, 12);
    const square = (2 * (1 + 0.09) + 5 * (4 + 0.25) + (6.25 + 2.25)) / 8;
    expect(moment(2)).toBeCloseTo(square, 12);
  });

  test("is right where the density underflows, and −Infinity only at infinity", () => {
    const mixture = gaussianMixture({ means: [0, 1], dimensions: 1, sd: 1 });
    const far = -0.5 * 99 ** 2 - 0.5 * Math.log(2 * Math.PI) - Math.log(2);
    expect(mixture.density([100])[0]).toBe(0);
    expect(mixture.logDensity([100])[0]).toBeCloseTo(far, 9);
    expect(mixture.logDensity([Infinity])[0]).toBe(-Infinity);
  });

  test("does not feel a component of weight 0, nor the scale of the weights", () => {
    const points = [-3, 0, 0.5, 8];
    const one = gaussianMixture({ means: [0], dimensions: 1, sd: 1 });
    const padded = gaussianMixture({ means: [0, 8], dimensions: 1, sd: 1, weights: [7, 0] });
    expect(padded.logDensity(points)).toEqual(one.logDensity(points));
  });

  test("refuses a part of a point, and NaN by its number", () => {
    const mixture = gaussianMixture({ means: [0, 0], dimensions: 2, sd: 1 });
    expect(() => mixture.logDensity([1, 2, 3])).toThrow(
      new RangeError("logDensity: points must hold 2 numbers for each point, got 3 numbers"),
    );
    expect(() => mixture.density([1, 2, Number.NaN, 3])).toThrow(
      new RangeError("logDensity: points must be numbers, got NaN in point 1"),
    );
    expect(mixture.logDensity([])).toEqual(new Float64Array(0));
  });
});

describe("sample", () => {
  test("follows the density: Kolmogorov-Smirnov against its integral", () => {
    const mixture = gaussianMixture(skewed);
    const n = 20_000;
    const draws = mixture.sample(n, seededRandom(3)).sort();
    // The distribution function on a fine grid, by running sums of the density.
    const [low, step] = [-12, 1e-3];
    const grid = Float64Array.from({ length: 32_000 }, (_, i) => low + (i + 0.5) * step);
    let sum = 0;
    const cdf = mixture.density(grid).map((density) => {
      sum += density * step;
      return sum;
    });
    let distance = 0;
    draws.forEach((x, i) => {
      const F = cdf[Math.floor((x - low) / step)]!;
      distance = Math.max(distance, Math.abs(F - i / n), Math.abs(F - (i + 1) / n));
    });
    // Kolmogorov: P(√n D > 2.5) = 2 e^−12.5, a false alarm in 1 of 134,000 seeds. The grid adds up to 0.001 · 0.5.
    expect(distance).toBeLessThan(2.5 / Math.sqrt(n) + 5e-4);
  });

  test("never draws a component of weight 0, also at the ends of [0, 1)", () => {
    const mixture = gaussianMixture({
      means: [-100, 0, 1, 100],
      dimensions: 1,
      sd: 0.01,
      weights: [0, 0.1, 0.2, 0],
    });
    for (const u of [0, 1 - 2 ** -53]) {
      let calls = 0;
      const [x] = mixture.sample(1, () => (calls++ === 0 ? u : 0.25));
      expect(x).toBeCloseTo(u === 0 ? 0 : 1, 6);
    }
  });

  test("begins with the same points when more are drawn", () => {
    const mixture = gaussianMixture({ means: [0, 1, 2, 3], dimensions: 2, sd: 0.1 });
    const few = mixture.sample(3, seededRandom(4));
    expect(mixture.sample(9, seededRandom(4)).subarray(0, 6)).toEqual(few);
    expect(mixture.sample(0, seededRandom(4))).toEqual(new Float64Array(0));
  });

  test("refuses a bad count or source", () => {
    const mixture = gaussianMixture({ means: [0], dimensions: 1, sd: 1 });
    expect(() => mixture.sample(-1, seededRandom(1))).toThrow(
      new RangeError("sample: count must be a safe integer from 0, got -1"),
    );
    expect(() => mixture.sample(1, undefined as never)).toThrow(TypeError);
  });
});

test.each([
  [{ means: [], dimensions: 1, sd: 1 }, "means must hold 1 numbers for each component, got 0 numbers"],
  [{ means: [1, 2, 3], dimensions: 2, sd: 1 }, "means must hold 2 numbers for each component, got 3 numbers"],
  [{ means: [1, Number.NaN], dimensions: 1, sd: 1 }, "means[1] must be finite, got NaN"],
  [{ means: [1], dimensions: 0, sd: 1 }, "dimensions must be a safe integer from 1, got 0"],
  [{ means: [1], dimensions: 1, sd: 0 }, "sd must be positive and finite, got 0"],
  [{ means: [1, 2], dimensions: 1, sd: [1, -1] }, "sd[1] must be positive and finite, got -1"],
  [{ means: [1, 2], dimensions: 1, sd: [1] }, "sd must be one number or 2, got 1 numbers"],
  [
    { means: [1], dimensions: 1, sd: 1, weights: [] },
    "weights must be 1 numbers, one for each component, got 0",
  ],
  [{ means: [1], dimensions: 1, sd: 1, weights: [-1] }, "weights[0] must not be negative, got -1"],
  [{ means: [1], dimensions: 1, sd: 1, weights: [Number.NaN] }, "weights[0] must not be negative, got NaN"],
  [
    { means: [1], dimensions: 1, sd: 1, weights: [0] },
    "the sum of weights must be positive and finite, got 0",
  ],
])("gaussianMixture refuses %j", (options, reason) => {
  expect(() => gaussianMixture(options)).toThrow(new RangeError(`gaussianMixture: ${reason}`));
});

import { describe, expect, test } from "vitest";
import { seededRandom } from "../../test/seeded-random.ts";
import { checkerboard } from "./checkerboard.ts";
import { gaussianMixture } from "./gaussian-mixture.ts";
import { logWeightsBetween } from "./log-weights-between.ts";
import { noisyCurve } from "./noisy-curve.ts";
import { oneDimensionalPair } from "./one-dimensional-pair.ts";
import { ringOfGaussians } from "./ring-of-gaussians.ts";
import { swissRoll } from "./swiss-roll.ts";
import { twoMoons } from "./two-moons.ts";

describe("gaussianMixture with covariances", () => {
  const covariance = [4, 1.2, 0.5, 1.2, 1, -0.3, 0.5, -0.3, 2];

  test("has the density of the textbook", () => {
    const { density } = gaussianMixture({ means: [1, 2, 3], dimensions: 3, covariances: covariance });
    // Determinant and inverse by cofactors.
    const [a, b, c, , e, f, , , i] = covariance as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    const determinant = a * (e * i - f * f) - b * (b * i - f * c) + c * (b * f - e * c);
    const inverse = [
      [e * i - f * f, c * f - b * i, b * f - c * e],
      [c * f - b * i, a * i - c * c, b * c - a * f],
      [b * f - c * e, b * c - a * f, a * e - b * b],
    ].map((row) => row.map((cofactor) => cofactor / determinant));
    const offset = [0.5, -1, 2];
    const square = offset.reduce(
      (sum, x, j) => sum + x * inverse[j]!.reduce((inner, value, k) => inner + value * offset[k]!, 0),
      0,
    );
    const want = Math.exp(-square / 2) / Math.sqrt((2 * Math.PI) ** 3 * determinant);
    expect(density([1.5, 1, 5])[0]! / want).toBeCloseTo(1, 12);
  });

  test("draws with that covariance", () => {
    const n = 40_000;
    const points = gaussianMixture({ means: [0, 0, 0], dimensions: 3, covariances: covariance }).sample(
      n,
      seededRandom(2),
    );
    for (let j = 0; j < 3; j++) {
      for (let k = 0; k < 3; k++) {
        let sum = 0;
        for (let i = 0; i < n; i++) sum += points[3 * i + j]! * points[3 * i + k]!;
        const [jj, kk, jk] = [covariance[4 * j]!, covariance[4 * k]!, covariance[3 * j + k]!];
        // The standard error of a covariance; nine within 4 of them but for 1 seed in 1,500.
        expect(Math.abs(sum / n - jk)).toBeLessThan(4 * Math.sqrt((jj * kk + jk * jk) / n));
      }
    }
  });

  test("is the same distribution as sd for round Gaussians, and takes one matrix for all", () => {
    const round = gaussianMixture({ means: [0, 0, 3, 1], dimensions: 2, sd: 0.5, weights: [1, 3] });
    const matrix = gaussianMixture({
      means: [0, 0, 3, 1],
      dimensions: 2,
      covariances: [0.25, 0, 0, 0.25],
      weights: [1, 3],
    });
    expect(matrix.sample(50, seededRandom(1))).toEqual(round.sample(50, seededRandom(1)));
    const points = [0.1, 0.2, 3, 1, -20, 4];
    matrix.logDensity(points).forEach((value, i) => {
      expect(value).toBeCloseTo(round.logDensity(points)[i]!, 10);
    });
  });

  const base = { means: [0, 0], dimensions: 2 };
  test.each([
    [
      { ...base, sd: 1, covariances: [1, 0, 0, 1] },
      "options must have one of sd and covariances, got both or none",
    ],
    [base, "options must have one of sd and covariances, got both or none"],
    [{ ...base, covariances: [1, 0, 0] }, "covariances must be 4 numbers or 4, got 3"],
    [{ ...base, covariances: [1, 0.5, 0.4, 1] }, "covariances[0] must be symmetric and positive definite"],
    [{ ...base, covariances: [1, 2, 2, 1] }, "covariances[0] must be symmetric and positive definite"],
    [{ ...base, covariances: [1, 0, 0, 0] }, "covariances[0] must be symmetric and positive definite"],
    [
      { ...base, covariances: [1, Number.NaN, 0, 1] },
      "covariances[0] must be symmetric and positive definite",
    ],
  ])("refuses %j", (options, message) => {
    expect(() => gaussianMixture(options)).toThrow(new RangeError(`gaussianMixture: ${message}`));
  });
});

describe("logWeightsBetween", () => {
  test("is the pair's own log weight", () => {
    const { data, generator, logWeight } = oneDimensionalPair();
    const points = [-1, 0.2, 3, 5];
    expect(logWeightsBetween(data, generator, points)).toEqual(Float64Array.from(points, logWeight));
  });

  test("has a mean weight of 1 over the generator", () => {
    const data = twoMoons({ noise: 0.2 });
    const generator = gaussianMixture({ means: [0.5, 0.25], dimensions: 2, sd: 1 });
    const n = 20_000;
    const weights = logWeightsBetween(data, generator, generator.sample(n, seededRandom(1))).map(Math.exp);
    const mean = weights.reduce((sum, weight) => sum + weight, 0) / n;
    const variance = weights.reduce((sum, weight) => sum + (weight - mean) ** 2, 0) / n;
    // Four standard errors: 1 seed in 15,000.
    expect(Math.abs(mean - 1)).toBeLessThan(4 * Math.sqrt(variance / n));
  });

  test("is infinite where one of the two is impossible, and refuses what both are", () => {
    const board = checkerboard({ squares: 2, extent: 1 });
    const shifted = checkerboard({ squares: 2, extent: 2 });
    const [inside, outside] = logWeightsBetween(board, shifted, [0.5, 0.5, -1.5, -1.5]);
    expect(inside).toBeCloseTo(Math.log(4), 14);
    expect(outside).toBe(-Infinity);
    expect(logWeightsBetween(shifted, board, [-1.5, -1.5])[0]).toBe(Infinity);
    expect(() => logWeightsBetween(board, shifted, [0.5, 0.5, 0.5, -0.5])).toThrow(
      new RangeError("logWeightsBetween: points must be possible, got density 0 twice at point 1"),
    );
    expect(() => logWeightsBetween(board, oneDimensionalPair().data, [1, 1])).toThrow(
      new RangeError("logWeightsBetween: data and generator must have the same dimensions, got 2 and 1"),
    );
  });
});

describe("swissRoll and twoMoons", () => {
  test("lie on their curves without noise, and then have no density", () => {
    const roll = swissRoll({ noise: 0 });
    const points = roll.sample(100, seededRandom(1));
    for (let i = 0; i < 100; i++) {
      const t = Math.hypot(points[2 * i]!, points[2 * i + 1]!);
      expect(t).toBeGreaterThanOrEqual(1.5 * Math.PI);
      expect(t).toBeLessThanOrEqual(4.5 * Math.PI);
      expect(points[2 * i]).toBeCloseTo(t * Math.cos(t), 10);
    }
    const moons = twoMoons({ noise: 0 }).sample(100, seededRandom(1));
    let upper = 0;
    for (let i = 0; i < 100; i++) {
      const [x, y] = [moons[2 * i]!, moons[2 * i + 1]!];
      const onUpper = Math.abs(Math.hypot(x, y) - 1) < 1e-12 && y >= 0;
      if (onUpper) upper++;
      else expect(Math.hypot(x - 1, y - 0.5)).toBeCloseTo(1, 12);
    }
    expect(upper).toBeGreaterThan(30);
    expect(() => roll.density([0, 0])).toThrow(
      new RangeError("logDensity: noise must be above 0 for a density, got 0"),
    );
  });

  test("have the density of the integral along the curve, to nine digits", () => {
    const noise = 0.3;
    const line = noisyCurve("f", [{ from: 0, to: 1, point: (t) => [4 * t, 0] }], noise);
    // A line of length 4: a difference of two normal distribution functions across, one density along.
    const steps = 200_000;
    let integral = 0;
    for (let i = 0; i < steps; i++)
      integral += Math.exp(-0.5 * ((1 - (4 * (i + 0.5)) / steps) / noise) ** 2) / steps;
    const want = (integral * Math.exp(-0.5 * (0.2 / noise) ** 2)) / (2 * Math.PI * noise ** 2);
    expect(line.density([1, 0.2])[0]! / want).toBeCloseTo(1, 9);
  });

  test.each([-1, Number.NaN, Infinity])("refuse noise of %s", (noise) => {
    expect(() => swissRoll({ noise })).toThrow(
      `swissRoll: noise must be a finite number from 0, got ${noise}`,
    );
    expect(() => twoMoons({ noise })).toThrow(`twoMoons: noise must be a finite number from 0, got ${noise}`);
  });
});

describe("ringOfGaussians and checkerboard", () => {
  test("have what measures need, and take other sizes", () => {
    const ring = ringOfGaussians({ count: 4, radius: 3, sd: 0.1 });
    expect(Array.from(ring.modes, (x) => Math.round(x * 1e9) / 1e9 + 0)).toEqual([3, 0, 0, 3, -3, 0, 0, -3]);
    expect(ring.modeSd).toBe(0.1);
    expect(checkerboard({ squares: 6, extent: 3 }).density([-2.5, -2.5])[0]).toBeCloseTo(2 / 36, 14);
  });

  test.each([
    [() => ringOfGaussians({ count: 0 }), "ringOfGaussians: count must be a safe integer from 1, got 0"],
    [() => ringOfGaussians({ radius: 0 }), "ringOfGaussians: radius must be positive and finite, got 0"],
    [() => ringOfGaussians({ sd: Number.NaN }), "ringOfGaussians: sd must be positive and finite, got NaN"],
    [() => checkerboard({ squares: 3 }), "checkerboard: squares must be an even number from 2, got 3"],
    [() => checkerboard({ extent: -1 }), "checkerboard: extent must be positive and finite, got -1"],
  ])("refuse what is off: %s", (run, message) => {
    expect(run).toThrow(new RangeError(message));
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededRandom } from "../../test/seeded-random.ts";
import { readCases } from "../golden/read-golden.ts";
import type { Features } from "./features.ts";
import { frechetDistance, frechetDistanceOfGaussians } from "./frechet-distance.ts";
import { type Moments, meanAndCovariance } from "./mean-and-covariance.ts";

interface Case {
  readonly name: string;
  readonly real: Features;
  readonly fake: Features;
  readonly expected: number;
}

const cases = readCases<Case>("frechet.json");

const draw = (rows: number, columns: number, random: () => number): Features => ({
  data: Float64Array.from({ length: rows * columns }, () => random() - 0.5),
  shape: [rows, columns],
});

const diagonal = (...values: number[]): number[] =>
  values.flatMap((value, i) => values.map((_, j) => (i === j ? value : 0)));

describe("frechetDistance", () => {
  test.each(cases)("equals the value in 60 digits, with $name", ({ real, fake, expected }) => {
    expect(frechetDistance(real, fake) / expected).toBeCloseTo(1, 12);
    expect(frechetDistance(fake, real) / expected).toBeCloseTo(1, 12);
  });

  test("is 0 of a set and itself, also one of fewer rows than columns", () => {
    const features = draw(20, 50, seededRandom(1));
    expect(frechetDistance(features, features)).toBeLessThan(1e-13);
  });

  test("is the square of a shift, also far from the origin", () => {
    const fake = draw(10, 30, seededRandom(2));
    const real = { data: Float64Array.from(fake.data, (x) => x + 1024), shape: fake.shape };
    expect(frechetDistance(real, fake) / (30 * 1024 ** 2)).toBeCloseTo(1, 14);
  });

  test("of rows in orthogonal subspaces is the sum of both variances and the squared shift", () => {
    // Means (0, 0, 1) and (0, 0, 0); variances 2 on the first axis, 8 on the second.
    const real = { data: [-1, 0, 1, 1, 0, 1], shape: [2, 3] };
    const fake = { data: [0, -2, 0, 0, 2, 0], shape: [2, 3] };
    expect(frechetDistance(real, fake)).toBe(11);
  });

  test("of rows that are all equal is the squared shift", () => {
    const same = (x: number) => ({ data: [x, x, x, x], shape: [2, 2] });
    expect(frechetDistance(same(1), same(4))).toBe(18);
  });

  test("weighs rows, and weights that are all alike change nothing", () => {
    const random = seededRandom(4);
    const real = draw(600, 5, random);
    const fake = draw(40, 5, random);
    const realWeights = Float64Array.from({ length: 600 }, random);
    const fakeWeights = Float64Array.from({ length: 40 }, random);
    const weighted = frechetDistance(real, fake, { realWeights, fakeWeights });
    const ofMoments = frechetDistanceOfGaussians(
      meanAndCovariance(real, { weights: realWeights }),
      meanAndCovariance(fake, { weights: fakeWeights }),
    );
    expect(weighted / ofMoments).toBeCloseTo(1, 10);
    const alike = frechetDistance(real, fake, {
      realWeights: new Array<number>(600).fill(7),
      fakeWeights: new Array<number>(40).fill(0.1),
    });
    expect(alike / frechetDistance(real, fake)).toBeCloseTo(1, 12);
    expect(Math.abs(weighted / alike - 1)).toBeGreaterThan(0.01);
  });

  test("leaves out rows of weight 0", () => {
    const real = draw(20, 3, seededRandom(5));
    const fake = draw(15, 3, seededRandom(6));
    const half = { data: Array.from(real.data).slice(0, 30), shape: [10, 3] };
    const realWeights = Array.from({ length: 20 }, (_, i) => (i < 10 ? 1 : 0));
    expect(frechetDistance(real, fake, { realWeights }) / frechetDistance(half, fake)).toBeCloseTo(1, 12);
  });

  test.each([
    [{ realWeights: [1] }, "realWeights"],
    [{ fakeWeights: [1, Number.NaN, 1] }, "fakeWeights"],
    [{ fakeWeights: [0, 0, 0] }, "the sum of fakeWeights must be positive"],
    [{ realWeights: [0, 1, 0] }, "realWeights must be positive for at least 2 rows"],
  ])("refuses weights %j", (weights, message) => {
    const rows = draw(3, 2, seededRandom(7));
    expect(() => frechetDistance(rows, rows, weights)).toThrow(`frechetDistance: ${message}`);
  });

  test("does not change when both sets are turned", () => {
    // The Householder reflection along (1, …, 1).
    const turn = ({ data, shape }: Features): Features => {
      const [rows, d] = shape as [number, number];
      const turned = Float64Array.from(data);
      for (let i = 0; i < rows; i++) {
        const sum = turned.subarray(i * d, (i + 1) * d).reduce((a, b) => a + b, 0);
        for (let j = 0; j < d; j++) turned[i * d + j]! -= (2 * sum) / d;
      }
      return { data: turned, shape };
    };
    const random = seededRandom(3);
    // More columns than a block, and more rows than a chunk.
    for (const [rows, columns] of [
      [600, 70],
      [40, 130],
    ] as const) {
      const real = draw(rows, columns, random);
      const fake = draw(rows, columns, random);
      expect(frechetDistance(turn(real), turn(fake)) / frechetDistance(real, fake)).toBeCloseTo(1, 11);
    }
  });

  test.each([
    [[1, 2], [1, 2], "real must have at least 2 rows, got 1"],
    [[1, Number.NaN], [2, 1], "real.data[1] must be finite, got NaN"],
    [[1e200, 0, 0, 1], [2, 2], "the variance of real must be finite, got Infinity in column 0"],
  ])("refuses %j of shape %j", (data, shape, reason) => {
    const fake = { data: new Float64Array(2 * shape[1]!), shape: [2, shape[1]!] };
    expect(() => frechetDistance({ data, shape }, fake)).toThrow(
      new RangeError(`frechetDistance: ${reason}`),
    );
  });

  test("refuses sets of different spaces", () => {
    expect(() =>
      frechetDistance({ data: [1, 2], shape: [2, 1] }, { data: [1, 2, 3, 4], shape: [2, 2] }),
    ).toThrow(new RangeError("frechetDistance: fake must have as many columns as real, 1, got 2"));
  });
});

describe("frechetDistanceOfGaussians", () => {
  test("of independent coordinates is the sum of squared differences of means and of deviations", () => {
    const coordinate = fc.tuple(
      fc.double({ min: -9, max: 9, noNaN: true }),
      fc.double({ min: -9, max: 9, noNaN: true }),
      fc.oneof(fc.constant(0), fc.double({ min: 1e-3, max: 9, noNaN: true })),
      fc.oneof(fc.constant(0), fc.double({ min: 1e-3, max: 9, noNaN: true })),
    );
    fc.assert(
      fc.property(fc.array(coordinate, { minLength: 1, maxLength: 12 }), (coordinates) => {
        const gaussian = (mean: 0 | 1, deviation: 2 | 3): Moments => ({
          mean: coordinates.map((c) => c[mean]),
          covariance: diagonal(...coordinates.map((c) => c[deviation] ** 2)),
        });
        const exact = coordinates.reduce((sum, [m, n, s, t]) => sum + (m - n) ** 2 + (s - t) ** 2, 0);
        expect(Math.abs(frechetDistanceOfGaussians(gaussian(0, 2), gaussian(1, 3)) - exact)).toBeLessThan(
          1e-11,
        );
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  test("of 2 × 2 covariances needs only traces and determinants", () => {
    // tr M^½ = √(tr M + 2 √det M) of a 2 × 2 matrix M with positive eigenvalues.
    const one = [2, 1, 1, 3];
    const other = [5, -2, -2, 1];
    const traceOfProduct = 2 * 5 + 1 * -2 + 1 * -2 + 3 * 1;
    const trace = Math.sqrt(traceOfProduct + 2 * Math.sqrt(5 * 1));
    const moments = (covariance: number[]) => ({ mean: [0, 0], covariance });
    expect(frechetDistanceOfGaussians(moments(one), moments(other))).toBeCloseTo(5 + 6 - 2 * trace, 13);
  });

  test("of features is frechetDistance, to the last bit", () => {
    for (const { real, fake } of cases) {
      expect(frechetDistanceOfGaussians(meanAndCovariance(real), meanAndCovariance(fake))).toBe(
        frechetDistance(real, fake),
      );
    }
  });

  const unit = { mean: [0, 0], covariance: [1, 0, 0, 1] };
  test.each([
    [
      { mean: [], covariance: [] },
      "fake.mean must hold at least 1 row and 1 numbers for each row, got 0 numbers",
    ],
    [{ mean: [0], covariance: [1] }, "fake.mean must be 2 long, got 1"],
    [{ mean: [0, 0], covariance: [1] }, "fake.covariance must be 4 long, got 1"],
    [{ mean: [0, Infinity], covariance: [1, 0, 0, 1] }, "fake.mean[1] must be finite, got Infinity"],
    [{ mean: [0, 0], covariance: [1, 0, 0, Number.NaN] }, "fake.covariance[3] must be finite, got NaN"],
    [
      { mean: [0, 0], covariance: [1, 0.5, 0, 1] },
      "fake.covariance must be symmetric, got 0 at [1, 0] and 0.5 at [0, 1]",
    ],
    ...[
      [1, 2, 2, 1],
      [0, 1, 1, 0],
      [-1, 0, 0, 0],
    ].map(
      (covariance) =>
        [
          { mean: [0, 0], covariance },
          "fake.covariance must have no negative eigenvalue, got one (is it in single precision?)",
        ] as const,
    ),
  ] as const)("refuses %j", (fake, reason) => {
    expect(() => frechetDistanceOfGaussians(unit, fake)).toThrow(
      new RangeError(`frechetDistanceOfGaussians: ${reason}`),
    );
  });
});

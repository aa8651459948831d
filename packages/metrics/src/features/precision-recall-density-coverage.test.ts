import fc from "fast-check";
import { expect, test } from "vitest";
import { seededRandom } from "../../test/seeded-random.ts";
import { readCases } from "../golden/read-golden.ts";
import type { Features } from "./features.ts";
import {
  type PrecisionRecallDensityCoverage,
  precisionRecallDensityCoverage,
} from "./precision-recall-density-coverage.ts";

interface Case {
  readonly real: Features;
  readonly fake: Features;
  readonly neighbours: number;
  readonly expected: PrecisionRecallDensityCoverage;
}

test("equals NumPy's values", () => {
  for (const { real, fake, neighbours, expected } of readCases<Case>("prdc.json")) {
    const found = precisionRecallDensityCoverage(real, fake, { neighbours });
    for (const name of ["precision", "recall", "density", "coverage"] as const) {
      expect(found[name]).toBeCloseTo(expected[name], 14);
    }
  }
});

const distance = (x: number[], y: number[]): number => x.reduce((sum, v, k) => sum + (v - y[k]!) ** 2, 0);

/** The distance to the k-th of the other rows, found by sorting. */
const radius = (rows: number[][], i: number, k: number): number =>
  rows
    .filter((_, j) => j !== i)
    .map((other) => distance(rows[i]!, other))
    .sort((a, b) => a - b)[k - 1]!;

const share = <T>(rows: T[], holds: (row: T) => boolean): number => rows.filter(holds).length / rows.length;

test("equals the definitions, word for word, with ties and duplicates", () => {
  const rowsOf = (columns: number) =>
    fc.array(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: columns, maxLength: columns }), {
      minLength: 5,
      maxLength: 75,
    });
  const sets = fc
    .integer({ min: 1, max: 3 })
    .chain((columns) => fc.tuple(rowsOf(columns), rowsOf(columns), fc.integer({ min: 1, max: 4 })));
  fc.assert(
    fc.property(sets, ([real, fake, k]) => {
      const realBalls = real.map((centre, i) => ({ centre, radius: radius(real, i, k) }));
      const fakeBalls = fake.map((centre, i) => ({ centre, radius: radius(fake, i, k) }));
      const holds = (ball: { centre: number[]; radius: number }, row: number[]) =>
        distance(ball.centre, row) < ball.radius;
      const counts = fake.map((row) => realBalls.filter((ball) => holds(ball, row)).length);
      const features = (rows: number[][]) => ({ data: rows.flat(), shape: [rows.length, rows[0]!.length] });
      expect(precisionRecallDensityCoverage(features(real), features(fake), { neighbours: k })).toEqual({
        precision: share(fake, (row) => realBalls.some((ball) => holds(ball, row))),
        recall: share(real, (row) => fakeBalls.some((ball) => holds(ball, row))),
        density: counts.reduce((a, b) => a + b) / (k * fake.length),
        coverage: share(realBalls, (ball) => fake.some((row) => holds(ball, row))),
      });
    }),
    { seed: 1, numRuns: 60 },
  );
});

test("of two sets of one law: density 1 and coverage 1 − 2⁻ᵏ on average", () => {
  const random = seededRandom(3);
  const sets = 40;
  const rows = 200;
  const draw = () => ({ data: Float32Array.from({ length: 2 * rows }, random), shape: [rows, 2] });
  for (const neighbours of [2, 5]) {
    const results = Array.from({ length: sets }, () =>
      precisionRecallDensityCoverage(draw(), draw(), { neighbours }),
    );
    for (const [name, exact] of [
      ["density", 1],
      // For m = n rows the chance that none of n fakes is among the k nearest of 2 n − 1: Π (n − 1 − i) / (2 n − 1 − i).
      ["coverage", 1 - missed(rows, neighbours)],
    ] as const) {
      const values = results.map((result) => result[name]);
      const mean = values.reduce((a, b) => a + b) / sets;
      const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (sets - 1);
      // Four standard errors of 40 values: fails for about 1 seed in 4000.
      expect(Math.abs(mean - exact)).toBeLessThan(4 * Math.sqrt(variance / sets));
    }
    expect(missed(rows, neighbours)).toBeCloseTo(2 ** -neighbours, 2);
  }
});

/** That the k nearest of all other rows are all real: n − 1 real ones and n fakes in random order. */
function missed(rows: number, neighbours: number): number {
  let probability = 1;
  for (let i = 0; i < neighbours; i++) probability *= (rows - 1 - i) / (2 * rows - 1 - i);
  return probability;
}

test("does not write to its arguments, and takes a set against itself", () => {
  const data = Object.freeze([0, 1, 2, 4, 7, 11]);
  const features = { data, shape: [6, 1] };
  expect(precisionRecallDensityCoverage(features, features, { neighbours: 2 })).toEqual(
    precisionRecallDensityCoverage(features, { data: [...data], shape: [6, 1] }, { neighbours: 2 }),
  );
});

const line = (...data: number[]): Features => ({ data, shape: [data.length, 1] });

test.each([
  [line(1, 2, 3, 4, 5), line(1, 2, 3, 4, 5, 6), {}, "real must have at least 6 rows, got 5"],
  [line(1, 2), line(1), { neighbours: 1 }, "fake must have at least 2 rows, got 1"],
  [line(1, 2), line(1, 2), { neighbours: 0 }, "neighbours must be a safe integer from 1, got 0"],
  [line(1, Number.NaN), line(1, 2), { neighbours: 1 }, "real.data[1] must be finite, got NaN"],
  [
    line(1, 2),
    { data: [1, 2, 3, 4], shape: [2, 2] },
    { neighbours: 1 },
    "fake must have as many columns as real, 1, got 2",
  ],
  [
    line(1, 2),
    line(1, 1e200),
    { neighbours: 1 },
    "fake.data must be small enough to square distances, got Infinity in row 0",
  ],
])("precisionRecallDensityCoverage refuses %j, %j, %j", (real, fake, options, reason) => {
  expect(() => precisionRecallDensityCoverage(real, fake, options)).toThrow(
    new RangeError(`precisionRecallDensityCoverage: ${reason}`),
  );
});

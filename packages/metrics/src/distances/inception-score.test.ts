import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededRandom } from "../../test/seeded-random.ts";
import { inceptionScore } from "./inception-score.ts";

/** Random rows that sum to 1. */
function rowsOf(rows: number, classes: number, random: () => number): number[][] {
  return Array.from({ length: rows }, () => {
    const values = Array.from({ length: classes }, () => random() ** 4);
    const sum = values.reduce((total, value) => total + value, 0);
    return values.map((value) => value / sum);
  });
}

/** The definition, term by term. */
function byDefinition(rows: number[][]): number {
  const marginal = rows[0]!.map((_, k) => rows.reduce((sum, row) => sum + row[k]!, 0) / rows.length);
  const divergences = rows.map((row) =>
    row.reduce((sum, p, k) => sum + (p > 0 ? p * (Math.log(p) - Math.log(marginal[k]!)) : 0), 0),
  );
  return Math.exp(divergences.reduce((sum, divergence) => sum + divergence, 0) / rows.length);
}

const matrix = (rows: number[][]) => ({ data: rows.flat(), shape: [rows.length, rows[0]!.length] });

describe("inceptionScore", () => {
  test("is the number of classes where every row is sure and all classes are even", () => {
    const sure = Array.from({ length: 50 }, (_, i) =>
      Array.from({ length: 5 }, (_, k) => Number(i % 5 === k)),
    );
    const { mean, standardDeviation } = inceptionScore(matrix(sure));
    expect(mean).toBeCloseTo(5, 14);
    expect(standardDeviation).toBeCloseTo(0, 14);
  });

  test("is 1 where all rows are equal", () => {
    const same = Array.from({ length: 10 }, () => [0.2, 0.5, 0.3, 0]);
    expect(inceptionScore(matrix(same), { splits: 1 }).mean).toBeCloseTo(1, 14);
    expect(inceptionScore(matrix(same), { splits: 10 })).toEqual({ mean: 1, standardDeviation: 0 });
  });

  test("is the definition, split by split, also where splits are uneven", () => {
    const counts = fc.integer({ min: 1, max: 30 });
    fc.assert(
      fc.property(counts, counts, fc.integer({ min: 1, max: 6 }), fc.nat(), (n, wanted, classes, seed) => {
        const splits = Math.min(n, wanted);
        const rows = rowsOf(n, classes, seededRandom(seed));
        const scores = Array.from({ length: splits }, (_, k) =>
          byDefinition(rows.slice(Math.floor((k * n) / splits), Math.floor(((k + 1) * n) / splits))),
        );
        const mean = scores.reduce((sum, score) => sum + score, 0) / splits;
        const variance = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / splits;
        const result = inceptionScore(matrix(rows), { splits });
        expect(result.mean).toBeCloseTo(mean, 12);
        expect(result.standardDeviation).toBeCloseTo(Math.sqrt(variance), 7);
        expect(result.mean).toBeGreaterThanOrEqual(1);
      }),
      { seed: 1 },
    );
  });

  test("counts a row of weight w as w copies, whatever the scale of the weights", () => {
    const rows = rowsOf(12, 4, seededRandom(2));
    const counts = [2, 0, 1, 1, 3, 1, 0, 0, 5, 1, 1, 2];
    const copies = (from: number, to: number) =>
      byDefinition(
        rows.slice(from, to).flatMap((row, i) => new Array<number[]>(counts[from + i]!).fill(row)),
      );
    for (const scale of [1, 0.1, 1e300]) {
      const weights = counts.map((count) => count * scale);
      expect(inceptionScore(matrix(rows), { splits: 1, weights }).mean).toBeCloseTo(copies(0, 12), 12);
      const { mean } = inceptionScore(matrix(rows), { splits: 2, weights });
      expect(mean).toBeCloseTo((copies(0, 6) + copies(6, 12)) / 2, 12);
    }
  });

  test.each([
    [[1, 1], "weights must be 3 long, got 2"],
    [[1, -1, 1], "weights[1] must not be negative, got -1"],
    [[0, 0, 0], "the sum of weights must be positive and finite, got 0"],
    [[1, 0, 0], "the weights of rows 1 to 2, a split, must not all be 0"],
  ])("refuses weights %j", (weights, reason) => {
    const rows = matrix(rowsOf(3, 2, seededRandom(3)));
    expect(() => inceptionScore(rows, { splits: 2, weights })).toThrow(
      new RangeError(`inceptionScore: ${reason}`),
    );
  });

  test("takes what float32 makes of probabilities, and leaves it", () => {
    const rows = rowsOf(20, 1000, seededRandom(1));
    const data = Float32Array.from(rows.flat());
    const copy = data.slice();
    expect(inceptionScore({ data, shape: [20, 1000] }, { splits: 2 }).mean).toBeCloseTo(
      inceptionScore(matrix(rows), { splits: 2 }).mean,
      4,
    );
    expect(data).toEqual(copy);
  });

  test.each([
    [[0.5, 0.5], [1, 2], undefined, "probabilities must have at least 10 rows, got 1"],
    [[0.5, 0.5], [1, 2], 0, "splits must be a safe integer from 1, got 0"],
    [[0.5, 0.5], [2], 1, "probabilities.shape must be [rows, columns], got [2]"],
    [[1, 0, 0.6, 0.5], [2, 2], 1, "row 1 must sum to 1 within 0.001, got 1.1"],
    [[2, -1], [1, 2], 1, "probabilities.data[0] must be in [0, 1], got 2"],
    [[1, 0, -0.0001, 1], [2, 2], 1, "probabilities.data[2] must be in [0, 1], got -0.0001"],
    [[1, Number.NaN], [1, 2], 1, "probabilities.data[1] must be finite, got NaN"],
  ])("refuses %j of shape %j in %s splits", (data, shape, splits, reason) => {
    expect(() => inceptionScore({ data, shape }, splits === undefined ? {} : { splits })).toThrow(
      new RangeError(`inceptionScore: ${reason}`),
    );
  });
});

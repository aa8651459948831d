import fc from "fast-check";
import { expect, test } from "vitest";
import { semidefiniteFactor } from "./semidefinite-factor.ts";

test("gives the matrix back, with as many rows as its rank", () => {
  const entry = fc.integer({ min: -5, max: 5 });
  const factors = fc
    .integer({ min: 1, max: 6 })
    .chain((d) => fc.array(fc.array(entry, { minLength: d, maxLength: d }), { minLength: 1, maxLength: 6 }));
  fc.assert(
    fc.property(factors, (factor) => {
      const d = factor[0]!.length;
      const at = (rows: number[][], i: number, j: number) =>
        rows.reduce((sum, row) => sum + row[i]! * row[j]!, 0);
      const matrix = Array.from({ length: d * d }, (_, k) => at(factor, Math.floor(k / d), k % d));
      const { rows, rank } = semidefiniteFactor(matrix, d)!;
      expect(rank).toBe(rankOf(factor));
      const found = Array.from({ length: rank }, (_, k) => Array.from(rows).slice(k * d, (k + 1) * d));
      matrix.forEach((value, k) => {
        expect(at(found, Math.floor(k / d), k % d)).toBeCloseTo(value, 11);
      });
    }),
    { seed: 1, numRuns: 500 },
  );
});

/** Of whole numbers, by elimination without fractions: exact. */
function rankOf(matrix: number[][]): number {
  const rows = matrix.map((row) => row.map(BigInt));
  let rank = 0;
  for (let column = 0; column < rows[0]!.length; column++) {
    const pivot = rows.findIndex((row, i) => i >= rank && row[column] !== 0n);
    if (pivot < 0) continue;
    const [chosen] = rows.splice(pivot, 1) as [bigint[]];
    rows.splice(rank++, 0, chosen);
    for (let i = rank; i < rows.length; i++) {
      const factor = rows[i]![column]!;
      rows[i] = rows[i]!.map((value, j) => value * chosen[column]! - factor * chosen[j]!);
    }
  }
  return rank;
}

test("knows a negative eigenvalue, also one that no pivot shows", () => {
  expect(semidefiniteFactor([0, 0, 0, 0], 2)?.rank).toBe(0);
  expect(semidefiniteFactor([-1], 1)).toBeUndefined();
  expect(semidefiniteFactor([0, 1, 1, 0], 2)).toBeUndefined();
  expect(semidefiniteFactor([1, 2, 2, 1], 2)).toBeUndefined();
  expect(semidefiniteFactor([1, 0, 0, 0, 0, 0.5, 0, 0.5, 0], 3)).toBeUndefined();
});

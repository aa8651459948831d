import fc from "fast-check";
import { expect, test } from "vitest";
import { nuclearNorm } from "./nuclear-norm.ts";

const entry = fc.oneof(fc.constantFrom(0, 1), fc.double({ min: -4, max: 4, noNaN: true }));

/** Singular values by one-sided Jacobi rotations, which make columns orthogonal. */
function jacobi(columns: number[][]): number {
  for (let sweep = 0; sweep < 30; sweep++) {
    for (let p = 0; p < columns.length; p++) {
      for (let q = p + 1; q < columns.length; q++) {
        const [x, y] = [columns[p]!, columns[q]!];
        const dot = (u: number[], v: number[]) => u.reduce((sum, value, i) => sum + value * v[i]!, 0);
        const angle = Math.atan2(2 * dot(x, y), dot(x, x) - dot(y, y)) / 2;
        const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
        columns[p] = x.map((value, i) => cosine * value + sine * y[i]!);
        columns[q] = x.map((value, i) => cosine * y[i]! - sine * value);
      }
    }
  }
  return columns.reduce((sum, column) => sum + Math.hypot(...column), 0);
}

test("equals the sum by Jacobi rotations, of any rank and with entries of 0", () => {
  const matrices = fc
    .tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 0, max: 3 }))
    .chain(([columns, more]) =>
      fc.array(fc.array(entry, { minLength: columns, maxLength: columns }), {
        minLength: columns + more,
        maxLength: columns + more,
      }),
    );
  fc.assert(
    fc.property(matrices, (rows) => {
      const columns = rows[0]!.map((_, j) => rows.map((row) => row[j]!));
      const norm = nuclearNorm(Float64Array.from(rows.flat()), rows.length, columns.length);
      expect(norm).toBeCloseTo(jacobi(columns), 12);
    }),
    { seed: 1, numRuns: 500 },
  );
});

test("of singular values over 12 decades is their sum", () => {
  // Reflections along (1, …, 1) and (1, −1, …) around the values keep them.
  const n = 20;
  const values = Array.from({ length: n }, (_, i) => 10 ** (-12 * (i / (n - 1))));
  const left = (i: number, k: number) => (i === k ? 1 : 0) - 2 / n;
  const right = (k: number, j: number) => (k === j ? 1 : 0) - (2 / n) * (-1) ** (j + k);
  const matrix = Float64Array.from({ length: n * n }, (_, at) =>
    values.reduce((sum, value, k) => sum + left(Math.floor(at / n), k) * value * right(k, at % n), 0),
  );
  const exact = values.reduce((a, b) => a + b);
  expect(Math.abs(nuclearNorm(matrix, n, n) - exact)).toBeLessThan(1e-14);
});

test("of zeros is 0, and neither huge nor tiny entries overflow", () => {
  expect(nuclearNorm(new Float64Array(6), 3, 2)).toBe(0);
  expect(nuclearNorm(new Float64Array([3e300, 0, 0, 4e300]), 2, 2) / 7e300).toBeCloseTo(1, 14);
  expect(nuclearNorm(new Float64Array([3e-300, 0, 0, 4e-300]), 2, 2) / 7e-300).toBeCloseTo(1, 14);
});

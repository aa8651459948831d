import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectClose } from "../golden/read-golden.ts";
import { toFitRows } from "./fit-rows.ts";
import { minimiseLogLoss } from "./minimise-log-loss.ts";

const reading = { input: "logit", clip: undefined } as const;
const rowsOf = (y: number[], w?: number[]) => toFitRows("test", y, y, reading, w);

describe("minimiseLogLoss", () => {
  const column = fc.double({ min: -3, max: 3, noNaN: true });
  const data = fc
    .array(
      fc.record({
        x: column,
        z: column,
        y: fc.integer({ min: 0, max: 1 }),
        w: fc.integer({ min: 1, max: 3 }),
      }),
      {
        minLength: 4,
        maxLength: 40,
      },
    )
    .filter((rows) => rows.some(({ y }) => y === 0) && rows.some(({ y }) => y === 1));

  test("is stationary in what is free and 0 in what is not, with outliers and at any scale", () => {
    const problem = fc.record({
      data,
      outlier: fc.constantFrom(1, 1e3, 1e6),
      penalty: fc.constantFrom(1e-3, 1, 100),
      intercept: fc.boolean(),
      count: fc.integer({ min: 0, max: 2 }),
    });
    fc.assert(
      fc.property(problem, ({ data, outlier, penalty, intercept, count }) => {
        const y = data.map((row) => row.y);
        const w = data.map((row) => row.w);
        const columns = [data.map(({ x }) => x), data.map(({ z }) => z)].slice(0, count);
        for (const values of columns) values[0] = values[0]! * outlier;
        const got = minimiseLogLoss({
          rows: rowsOf(y, w),
          columns: columns.map((values) => Float64Array.from(values)),
          intercept,
          penalty,
        });
        const [b0, b1] = got.coefficients;
        if (count < 2) expect(b1).toBe(0);
        if (count < 1) expect(b0).toBe(0);
        if (!intercept) expect(got.intercept).toBe(0);
        const gradient = [penalty * b0, penalty * b1, 0];
        y.forEach((label, i) => {
          const row = [columns[0]?.[i] ?? 0, columns[1]?.[i] ?? 0, intercept ? 1 : 0];
          const eta = b0 * row[0]! + b1 * row[1]! + got.intercept;
          const residual = w[i]! * (1 / (1 + Math.exp(-eta)) - label);
          for (const [k, value] of row.entries()) gradient[k]! += residual * value;
        });
        const scale = 1e-9 * y.length * (1 + Math.max(...columns.flat().map(Math.abs), 0));
        for (const slope of gradient) expect(Math.abs(slope)).toBeLessThan(scale);
      }),
      { seed: 2010, numRuns: 1000 },
    );
  });

  test("climbs out of a start that an outlier spoils", () => {
    // The outlier is right, and so far out that it says nothing: the answer is that of the other rows.
    const x = [-2, -1, 0.5, 1, 2, -0.5];
    const y = [0, 1, 0, 1, 1, 0];
    const without = minimiseLogLoss({
      rows: rowsOf(y),
      columns: [Float64Array.from(x)],
      intercept: true,
      penalty: 0,
    });
    for (const outlier of [1e3, 1e5, 1e7]) {
      const got = minimiseLogLoss({
        rows: rowsOf([...y, 1]),
        columns: [Float64Array.from([...x, outlier])],
        intercept: true,
        penalty: 0,
      });
      // Beside the outlier the others hardly differ, so that rounding takes its share.
      expectClose(got.coefficients, without.coefficients, { rel: 1e-6, abs: 0 });
      expectClose([got.intercept], [without.intercept], { rel: 0, abs: 1e-6 });
    }
  });

  test("finds no slope for features that do not vary, and finite ones for features that are equal", () => {
    const x = Float64Array.of(1, 2, 3, 4);
    const rows = rowsOf([0, 1, 0, 1]);
    const constant = Float64Array.of(5, 5, 5, 5);
    const options = { rows, intercept: true, penalty: 1e-3 };
    const alone = minimiseLogLoss({ ...options, columns: [x] });
    const withConstant = minimiseLogLoss({ ...options, columns: [constant, x] });
    expect(withConstant.coefficients[0]).toBe(0);
    expectClose([withConstant.coefficients[1]], [alone.coefficients[0]], { rel: 1e-12, abs: 0 });
    // Twice the same feature shares the slope, so that half the penalty is paid.
    const half = minimiseLogLoss({ ...options, penalty: 0.5e-3, columns: [x] });
    const twice = minimiseLogLoss({ ...options, columns: [x, x] });
    expectClose(twice.coefficients, [half.coefficients[0] / 2, half.coefficients[0] / 2], {
      rel: 1e-9,
      abs: 0,
    });
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededRandom } from "../../test/seeded-random.ts";
import { readCases } from "../golden/read-golden.ts";
import type { Features } from "./features.ts";
import { type MaximumMeanDiscrepancyOptions, maximumMeanDiscrepancy } from "./maximum-mean-discrepancy.ts";
import type { MmdKernel } from "./mmd-kernel.ts";

interface Case {
  readonly real: Features;
  readonly fake: Features;
  readonly realWeights: number[];
  readonly fakeWeights: number[];
  readonly expected: Readonly<Record<string, number>>;
}

const cases = readCases<Case>("mmd.json");
const line = (...data: number[]): Features => ({ data, shape: [data.length, 1] });
const product = (x: Float64Array, y: Float64Array): number => x.reduce((sum, v, k) => sum + v * y[k]!, 0);

describe("maximumMeanDiscrepancy", () => {
  test.each(["polynomial", "gaussian"] as const)("with a %s kernel equals NumPy's values", (kind) => {
    for (const { real, fake, realWeights, fakeWeights, expected } of cases) {
      for (const unbiased of [true, false]) {
        const found = maximumMeanDiscrepancy(real, fake, {
          kernel: { kind },
          unbiased,
          realWeights,
          fakeWeights,
        });
        expect(found).toBeCloseTo(expected[`${kind}${unbiased ? "Unbiased" : "Biased"}`]!, 12);
      }
    }
  });

  test("with a function equals the kernel of that name", () => {
    const { real, fake } = cases[0]!;
    const kernels: [MmdKernel, MmdKernel][] = [
      [{ kind: "polynomial" }, (x, y) => (product(x, y) / 4 + 1) ** 3],
      [{ kind: "polynomial", degree: 2, scale: 0.5, offset: 0 }, (x, y) => (product(x, y) / 2) ** 2],
      [
        { kind: "gaussian", bandwidth: 2 },
        (x, y) => Math.exp(-x.reduce((sum, v, k) => sum + (v - y[k]!) ** 2, 0) / 8),
      ],
    ];
    for (const [kernel, own] of kernels) {
      expect(maximumMeanDiscrepancy(real, fake, { kernel: own })).toBeCloseTo(
        maximumMeanDiscrepancy(real, fake, { kernel }),
        13,
      );
    }
  });

  test("with whole weights is that of so many copies, if pairs of a row and itself count", () => {
    const weighted = fc.array(fc.tuple(fc.integer({ min: -3, max: 3 }), fc.nat(3)), {
      minLength: 1,
      maxLength: 40,
    });
    const usable = weighted.filter((rows) => rows.some(([, weight]) => weight > 0));
    fc.assert(
      fc.property(usable, usable, (real, fake) => {
        const copies = (rows: [number, number][]) =>
          line(...rows.flatMap(([value, weight]) => new Array<number>(weight).fill(value)));
        const values = (rows: [number, number][]) => line(...rows.map(([value]) => value));
        const weights = (rows: [number, number][]) => rows.map(([, weight]) => weight);
        const options = { kernel: { kind: "gaussian", bandwidth: 1 }, unbiased: false } as const;
        expect(
          maximumMeanDiscrepancy(values(real), values(fake), {
            ...options,
            realWeights: weights(real),
            fakeWeights: weights(fake),
          }),
        ).toBeCloseTo(maximumMeanDiscrepancy(copies(real), copies(fake), options), 13);
      }),
      { seed: 1 },
    );
  });

  test("with the product as kernel is the squared difference of means", () => {
    const random = seededRandom(1);
    const draw = (rows: number) => ({
      data: Float32Array.from({ length: 3 * rows }, random),
      shape: [rows, 3],
    });
    const mean = ({ data, shape }: Features, axis: number) =>
      Array.from(data).reduce((sum, value, at) => sum + (at % 3 === axis ? value : 0), 0) / shape[0]!;
    const real = draw(150);
    const fake = draw(100);
    const exact = [0, 1, 2].reduce((sum, axis) => sum + (mean(real, axis) - mean(fake, axis)) ** 2, 0);
    expect(maximumMeanDiscrepancy(real, fake, { kernel: product, unbiased: false })).toBeCloseTo(exact, 13);
  });

  test("unbiased, is 0 on average over sets of one law, of whatever sizes", () => {
    const random = seededRandom(2);
    const draw = (rows: number) => line(...Array.from({ length: rows }, random));
    for (const kernel of [{ kind: "polynomial" }, { kind: "gaussian", bandwidth: 0.3 }] as const) {
      const values = Array.from({ length: 2000 }, () => maximumMeanDiscrepancy(draw(5), draw(8), { kernel }));
      const mean = values.reduce((a, b) => a + b) / values.length;
      const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
      // Four standard errors: fails for 1 seed in 16,000.
      expect(Math.abs(mean)).toBeLessThan(4 * Math.sqrt(variance / values.length));
      expect(values.some((value) => value < 0)).toBe(true);
    }
  });

  test("keeps its digits where one row has nearly all the weight", () => {
    // Pairs (0, 1), (0, 2) with weights 1e-20 each, and (1, 2) with 1e-40: the mean of their products is 1e-40 · 2 / 2e-20.
    const found = maximumMeanDiscrepancy(line(0, 1, 2), line(0, 0), {
      kernel: product,
      realWeights: [1, 1e-20, 1e-20],
    });
    expect(found / 1e-20).toBeCloseTo(1, 13);
  });

  const pair = line(0, 1);
  test.each<[Features, Features, MaximumMeanDiscrepancyOptions, string]>([
    [line(0), pair, {}, "real must have at least 2 rows, got 1"],
    [
      pair,
      { data: [1, 2], shape: [1, 2] },
      { unbiased: false },
      "fake must have as many columns as real, 1, got 2",
    ],
    [pair, line(0, Number.NaN), {}, "fake.data[1] must be finite, got NaN"],
    [pair, pair, { realWeights: [1] }, "realWeights must be 2 long, got 1"],
    [pair, pair, { fakeWeights: [1, -1] }, "fakeWeights[1] must not be negative, got -1"],
    [
      pair,
      pair,
      { fakeWeights: [0, 1] },
      "fakeWeights must be positive for at least 2 rows if unbiased, got fewer",
    ],
    [
      pair,
      pair,
      { kernel: { kind: "polynomial", degree: 0 } },
      "kernel.degree must be a safe integer from 1, got 0",
    ],
    [pair, pair, { kernel: { kind: "polynomial", scale: 0 } }, "kernel.scale must be positive, got 0"],
    [
      pair,
      pair,
      { kernel: { kind: "polynomial", offset: -1 } },
      "kernel.offset must not be negative, got -1",
    ],
    [pair, pair, { kernel: { kind: "gaussian", bandwidth: 0 } }, "kernel.bandwidth must be positive, got 0"],
    [
      line(0, 0, 0),
      line(0, 1),
      { kernel: { kind: "gaussian" } },
      "kernel.bandwidth must be given where half of the distances are 0, got undefined",
    ],
    [
      pair,
      pair,
      { kernel: { kind: "cosine" } as unknown as MmdKernel },
      'kernel must be a function or of kind "polynomial" or "gaussian", got {"kind":"cosine"}',
    ],
    [
      pair,
      pair,
      { kernel: () => Number.NaN },
      "kernel must give finite numbers for all pairs of rows, got the sum NaN",
    ],
    [
      pair,
      line(0, 1e120),
      {},
      "kernel must give finite numbers for all pairs of rows, got the sum -Infinity",
    ],
  ])("refuses %j, %j, %j", (real, fake, options, reason) => {
    expect(() => maximumMeanDiscrepancy(real, fake, options)).toThrow(
      new RangeError(`maximumMeanDiscrepancy: ${reason}`),
    );
  });
});

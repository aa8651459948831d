import { expect, test } from "vitest";
import { seededRandom } from "../../test/seeded-random.ts";
import { readCases } from "../golden/read-golden.ts";
import type { Features } from "./features.ts";
import { kernelInceptionDistance } from "./kernel-inception-distance.ts";
import { maximumMeanDiscrepancy } from "./maximum-mean-discrepancy.ts";

interface Case {
  readonly real: Features;
  readonly fake: Features;
  readonly expected: { readonly kid: number };
}

const draw = (rows: number, columns: number, random: () => number): Features => ({
  data: Float32Array.from({ length: rows * columns }, () => 2 * random() - 1),
  shape: [rows, columns],
});

test("of subsets that are the whole sets is NumPy's discrepancy", () => {
  const { real, fake, expected } = readCases<Case>("mmd.json")[0]!;
  const [rows, columns] = real.shape as [number, number];
  const head = { data: Array.from(fake.data).slice(0, rows * columns), shape: [rows, columns] };
  const options = { subsets: 3, subsetSize: rows, random: seededRandom(1) };
  const { mean, standardDeviation } = kernelInceptionDistance(real, head, options);
  expect(mean).toBeCloseTo(expected.kid, 12);
  expect(standardDeviation).toBeLessThan(1e-12);
});

test("averages over subsets to the discrepancy of the whole sets", () => {
  const random = seededRandom(2);
  const real = draw(60, 3, random);
  const fake = draw(90, 3, random);
  const subsets = 4000;
  const { mean, standardDeviation } = kernelInceptionDistance(real, fake, {
    subsets,
    subsetSize: 10,
    random,
  });
  // Every pair is as likely to be in a subset as any other. Four standard errors: fails for 1 seed in 16,000.
  const error = standardDeviation / Math.sqrt(subsets);
  expect(Math.abs(mean - maximumMeanDiscrepancy(real, fake))).toBeLessThan(4 * error);
});

test("takes each row at most once into a subset", () => {
  // With the rows at one point each, a row that met itself would give the kernel's largest values.
  const points = { data: [0, 0, 10, 0, 0, 10], shape: [3, 2] };
  for (const seed of [1, 2, 3]) {
    // Of rows (0,0), (10,0), (0,10), any two different ones have product 0: the kernel is 1 within; with (0, 0) also between.
    const zeros = { data: new Float32Array(6), shape: [3, 2] };
    expect(
      kernelInceptionDistance(points, zeros, { subsets: 20, subsetSize: 2, random: seededRandom(seed) }),
    ).toEqual({ mean: 0, standardDeviation: 0 });
  }
});

test("gives the same for the same random numbers, and over many subsets their standard deviation over n", () => {
  const random = seededRandom(3);
  const real = draw(30, 2, random);
  const fake = draw(30, 2, random);
  const run = (subsets: number) =>
    kernelInceptionDistance(real, fake, { subsets, subsetSize: 5, random: seededRandom(4) });
  expect(run(2)).toEqual(run(2));
  // Of two values a and b: mean (a + b) / 2, standard deviation |a − b| / 2; the first alone is a.
  const first = run(1);
  const two = run(2);
  expect(first.standardDeviation).toBe(0);
  expect(two.standardDeviation).toBeCloseTo(Math.abs(two.mean - first.mean), 13);
});

test.each([
  [{ subsets: 0 }, "subsets must be a safe integer from 1, got 0"],
  [{}, "subsetSize must be an integer from 2 to the rows of both sets, 3, got 1000"],
  [{ subsetSize: 1 }, "subsetSize must be an integer from 2 to the rows of both sets, 3, got 1"],
  [{ subsetSize: 2.5 }, "subsetSize must be an integer from 2 to the rows of both sets, 3, got 2.5"],
])("refuses %j", (options, reason) => {
  const features = { data: [1, 2, 3], shape: [3, 1] };
  expect(() => kernelInceptionDistance(features, features, { ...options, random: () => 0 })).toThrow(
    new RangeError(`kernelInceptionDistance: ${reason}`),
  );
});

test("refuses features that do not fit, and no random numbers", () => {
  const features = { data: [1, 2, 3], shape: [3, 1] };
  const one = { data: [1], shape: [1, 1] };
  const random = () => 0;
  expect(() => kernelInceptionDistance(features, one, { random })).toThrow(
    new RangeError("kernelInceptionDistance: fake must have at least 2 rows, got 1"),
  );
  expect(() =>
    kernelInceptionDistance(features, { data: [1, Infinity], shape: [2, 1] }, { subsetSize: 2, random }),
  ).toThrow(new RangeError("kernelInceptionDistance: fake.data[1] must be finite, got Infinity"));
  expect(() => kernelInceptionDistance(features, features, { subsetSize: 2 } as never)).toThrow(
    new TypeError(
      "kernelInceptionDistance: random must be a function that gives numbers in [0, 1), got undefined",
    ),
  );
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fitIsotonic } from "./fit-isotonic.ts";
import { clippedTails } from "./tails/clipped-tails.ts";
import type { Tails } from "./tails/tails.ts";

const options = { seed: 1990, numRuns: 300 };
const points = fc.array(
  fc.record({ label: fc.integer({ min: -3, max: 3 }), weight: fc.integer({ min: 1, max: 4 }) }),
  { minLength: 1, maxLength: 25 },
);

/** The closed form of isotonic regression: the largest over starts of the smallest over ends of the mean between. */
function minMax(data: { label: number; weight: number }[]): number[] {
  const mean = (from: number, to: number) => {
    const part = data.slice(from, to + 1);
    const sum = part.reduce((total, { label, weight }) => total + weight * label, 0);
    return sum / part.reduce((total, { weight }) => total + weight, 0);
  };
  return data.map((_, i) => {
    const starts = Array.from({ length: i + 1 }, (_, from) => from);
    const ends = Array.from({ length: data.length - i }, (_, k) => i + k);
    return Math.max(...starts.map((from) => Math.min(...ends.map((to) => mean(from, to)))));
  });
}

describe("fitIsotonic", () => {
  test("equals the min-max formula", () => {
    fc.assert(
      fc.property(points, (data) => {
        const scores = data.map((_, i) => i);
        const labels = data.map(({ label }) => label);
        const fit = fitIsotonic(scores, labels, { weights: data.map(({ weight }) => weight) });
        expect(Array.from(fit.predict(scores))).toEqual(minMax(data));
      }),
      options,
    );
  });

  test("falls where the mirrored labels rise", () => {
    fc.assert(
      fc.property(points, (data) => {
        const scores = data.map((_, i) => i);
        const labels = data.map(({ label }) => label);
        const falling = fitIsotonic(scores, labels, { increasing: false }).predict(scores);
        const rising = fitIsotonic(
          scores,
          labels.map((label) => -label),
        ).predict(scores);
        expect(Array.from(falling)).toEqual(Array.from(rising, (value) => 0 - value));
      }),
      options,
    );
  });

  test("is not disturbed by knots a few units in the last place apart, nor by a huge range", () => {
    const scores = [0, 1, 1 + 2 ** -49, 1e300];
    const fit = fitIsotonic(scores, [0.1, 0.2, 0.7, 0.9]);
    expect(fit.predict(scores)).toEqual(Float64Array.of(0.1, 0.2, 0.7, 0.9));
    const ladder = Float64Array.from({ length: 9 }, (_, k) => 1 + k * 2 ** -52);
    const values = fit.predict(ladder);
    expect(values).toEqual(values.slice().sort());
    expect(values.at(-1)).toBe(0.7);
  });

  test("keeps the smallest values of a rising run exact", () => {
    const calibrator = fitIsotonic([0, 1, 2], [0, 0, 1]);
    expect(calibrator.minLogOdds).toBe(Number.NEGATIVE_INFINITY);
    expect(calibrator.maxLogOdds).toBe(Number.POSITIVE_INFINITY);
    expect(Array.from(calibrator.logOdds([1, 1.5, 2]))).toEqual([-Infinity, 0, Infinity]);
  });

  test("answers out of range as asked", () => {
    const fit = (outOfBounds: "clip" | "nan" | "throw") => fitIsotonic([1, 2], [0.25, 0.5], { outOfBounds });
    expect(Array.from(fit("clip").predict([0, 3]))).toEqual([0.25, 0.5]);
    expect(Array.from(fit("nan").logOdds([0, 2]))).toEqual([Number.NaN, 0]);
    expect(() => fit("throw").predict([1.5, 3])).toThrow(
      new RangeError("predict: scores must lie within the fitted range [1, 2], got 3 at index 1"),
    );
  });

  test("fits one class alone, as scikit-learn does", () => {
    expect(Array.from(fitIsotonic([1, 2], [1, 1]).predict([0, 1.5]))).toEqual([1, 1]);
  });

  test("has no log odds when the values are no probabilities", () => {
    const fit = fitIsotonic([1, 2], [0.5, 2]);
    expect(fit.maxLogOdds).toBeNaN();
    expect(() => fit.logOdds([1])).toThrow(
      new RangeError("logOdds: fitted values must be probabilities in [0, 1], got 0.5 to 2"),
    );
  });

  const refused: [name: string, run: () => unknown, error: Error][] = [
    [
      "NaN scores",
      () => fitIsotonic([0, 1, 2, Number.NaN], [0, 1, 0, 1]),
      new RangeError("fitIsotonic: scores must be finite, got NaN at index 3"),
    ],
    [
      "text scores",
      () => fitIsotonic(["1", "2"] as unknown as number[], [0, 1]),
      new TypeError('fitIsotonic: scores must be numbers, got "1" at index 0'),
    ],
    [
      "holes",
      () => fitIsotonic(new Array(2), [0, 1]),
      new TypeError("fitIsotonic: scores must be numbers, got undefined at index 0"),
    ],
    [
      "bigint scores",
      () => fitIsotonic(BigInt64Array.of(1n) as unknown as number[], [0]),
      new TypeError("fitIsotonic: scores must be numbers, got 1 at index 0"),
    ],
    [
      "rows of rows",
      () => fitIsotonic([[1], [2]] as unknown as number[], [0, 1]),
      new TypeError("fitIsotonic: scores must be numbers, got an array at index 0"),
    ],
    [
      "a string",
      () => fitIsotonic("12" as unknown as number[], [0, 1]),
      new TypeError('fitIsotonic: scores must be an array of numbers, got "12"'),
    ],
    [
      "null",
      () => fitIsotonic([1], null as unknown as number[]),
      new TypeError("fitIsotonic: labels must be an array of numbers, got null"),
    ],
    [
      "no scores",
      () => fitIsotonic([], []),
      new RangeError("fitIsotonic: scores must not be empty, got length 0"),
    ],
    [
      "too few labels",
      () => fitIsotonic([1, 2], [1]),
      new RangeError("fitIsotonic: labels must have the length of scores (2), got 1"),
    ],
    [
      "mixed labels",
      () => fitIsotonic([1, 2], [0, true] as unknown as number[]),
      new TypeError("fitIsotonic: labels must be numbers, got true at index 1"),
    ],
    [
      "too few weights",
      () => fitIsotonic([1, 2], [0, 1], { weights: [1] }),
      new RangeError("fitIsotonic: weights must have the length of scores (2), got 1"),
    ],
    [
      "a negative weight",
      () => fitIsotonic([1, 2], [0, 1], { weights: [1, -1] }),
      new RangeError("fitIsotonic: weights must not be negative, got -1 at index 1"),
    ],
    [
      "no weight at all",
      () => fitIsotonic([1, 2], [0, 1], { weights: [0, 0] }),
      new RangeError("fitIsotonic: weights must have a positive finite sum, got 0"),
    ],
    [
      "null for weights",
      () => fitIsotonic([1], [0], { weights: null as unknown as number[] }),
      new TypeError("fitIsotonic: weights must be an array of numbers, got null"),
    ],
    [
      "weights that overflow",
      () => fitIsotonic([1, 2], [0, 1], { weights: [1e308, 1e308] }),
      new RangeError("fitIsotonic: weights must have a positive finite sum, got Infinity"),
    ],
    [
      "labels that overflow",
      () => fitIsotonic([1, 2, 3], [1e308, 1e308, -1e308]),
      new RangeError("fitIsotonic: labels must have a finite sum, got Infinity"),
    ],
    [
      "scores that overflow",
      () => fitIsotonic([-1e308, 1e308], [0, 1]),
      new RangeError("fitIsotonic: scores must span a finite range, got -1e+308 to 1e+308"),
    ],
    [
      "crossed bounds",
      () => fitIsotonic([1], [0], { lowerBound: 1, upperBound: 0 }),
      new RangeError("fitIsotonic: lowerBound and upperBound must leave a number between them, got 1 and 0"),
    ],
    [
      "a NaN bound",
      () => fitIsotonic([1], [0], { lowerBound: Number.NaN }),
      new RangeError(
        "fitIsotonic: lowerBound and upperBound must leave a number between them, got NaN and Infinity",
      ),
    ],
    [
      "bounds at one infinity",
      () => fitIsotonic([1], [0], { lowerBound: Number.POSITIVE_INFINITY }),
      new RangeError(
        "fitIsotonic: lowerBound and upperBound must leave a number between them, got Infinity and Infinity",
      ),
    ],
    [
      "a text bound",
      () => fitIsotonic([1], [0], { upperBound: "1" as unknown as number }),
      new RangeError(
        'fitIsotonic: lowerBound and upperBound must leave a number between them, got -Infinity and "1"',
      ),
    ],
    [
      "scikit-learn's raise",
      () => fitIsotonic([1], [0], { outOfBounds: "raise" as "throw" }),
      new RangeError('fitIsotonic: outOfBounds must be "clip" or "nan" or "throw", got "raise"'),
    ],
    [
      "an unknown direction",
      () => fitIsotonic([1], [0], { increasing: 1 as unknown as boolean }),
      new RangeError('fitIsotonic: increasing must be true or false or "auto", got 1'),
    ],
    [
      "tails that are no function",
      () => fitIsotonic([1, 2], [0, 1], { tails: "pooled" as unknown as Tails }),
      new TypeError("tails is not a function"),
    ],
    [
      "other labels with tails",
      () => fitIsotonic([1, 2], [0, 0.5], { tails: clippedTails() }),
      new RangeError(
        "fitIsotonic: labels must be all 0 and 1, all -1 and 1, or booleans, got 0.5 at index 1",
      ),
    ],
    [
      "falling fits with tails",
      () => fitIsotonic([1, 2], [0, 1], { tails: clippedTails(), increasing: "auto" }),
      new RangeError('fitIsotonic: increasing must be true, got "auto"'),
    ],
    [
      "infinite queries",
      () => fitIsotonic([1], [0]).predict([0, Number.POSITIVE_INFINITY]),
      new RangeError("predict: scores must be finite, got Infinity at index 1"),
    ],
  ];
  test.each(refused)("refuses %s", (_, run, error) => expect(run).toThrow(error));
});

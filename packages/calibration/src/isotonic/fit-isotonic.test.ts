import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type FitIsotonicOptions, fitIsotonic } from "./fit-isotonic.ts";

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
      new RangeError("logOdds: fitted values must be probabilities in [0, 1], got values from 0.5 to 2"),
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
      new TypeError("fitIsotonic: scores must be numbers, got 1n at index 0"),
    ],
    [
      "rows of rows",
      () => fitIsotonic([[1], [2]] as unknown as number[], [0, 1]),
      new TypeError("fitIsotonic: scores must be numbers, got an array of length 1 at index 0"),
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
      () => fitIsotonic([1, 2], [1e308, -1e308]),
      new RangeError("fitIsotonic: labels must have a finite weighted sum, got Infinity"),
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
      new TypeError('fitIsotonic: upperBound must be a number, got "1"'),
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
      "a tail count without pooled tails",
      () => fitIsotonic([1], [0], { tailCount: 5 }),
      new RangeError('fitIsotonic: tailCount must be left out unless tails is "pooled", got 5'),
    ],
    [
      "infinite queries",
      () => fitIsotonic([1], [0]).predict([0, Number.POSITIVE_INFINITY]),
      new RangeError("predict: scores must be finite, got Infinity at index 1"),
    ],
  ];
  test.each(refused)("refuses %s", (_, run, error) => expect(run).toThrow(error));
});

describe("fitIsotonic with pooled tails", () => {
  const pooled = (scores: number[], labels: number[], more: FitIsotonicOptions = {}) =>
    fitIsotonic(scores, labels, { tails: "pooled", ...more });
  const ascending = (labels: number[]) => labels.map((_, i) => i);

  test("pools each tail until it has seen both classes, and leaves the middle alone", () => {
    // Blocks: 0 0 0 | 1 0 0 0 | 1 0 | 1 1 0 | 1 1 1
    const labels = [0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 1, 0, 1, 1, 1];
    const exact = fitIsotonic(ascending(labels), labels);
    expect(Array.from(new Set(exact.values))).toEqual([0, 1 / 4, 1 / 2, 2 / 3, 1]);
    const fit = pooled(ascending(labels), labels, { tailCount: 1 });
    // Bottom: 7 rows with 1 positive. Top: 6 rows with 5 positives.
    expect(Array.from(fit.values)).toEqual([1.5 / 8, 1.5 / 8, 1 / 2, 1 / 2, 5.5 / 7, 5.5 / 7]);
    expect(Array.from(fit.thresholds)).toEqual([0, 6, 7, 8, 9, 14]);
    expect(fit.maxLogOdds).toBeCloseTo(Math.log(5.5 / 1.5), 14);
    expect(fit.minLogOdds).toBeCloseTo(-Math.log(6.5 / 1.5), 14);
  });

  test("takes a neighbour into a tail whose smoothed value would step over it", () => {
    // Blocks of means 2/3, 10/13 and 4/5: smoothing the top to 4.5/6 = 0.75 steps below 10/13.
    const labels = [...[1, 1, 0], ...Array(10).fill(1), 0, 0, 0, ...[1, 1, 1, 1, 0]];
    const exact = fitIsotonic(ascending(labels), labels);
    expect(Array.from(new Set(exact.values))).toEqual([2 / 3, 10 / 13, 4 / 5]);
    const fit = pooled(ascending(labels), labels, { tailCount: 1 });
    expect(Array.from(fit.values)).toEqual([2.5 / 4, 2.5 / 4, 14.5 / 19, 14.5 / 19]);
    expect(Array.from(fit.thresholds)).toEqual([0, 2, 3, 20]);
  });

  test("keeps perfectly separated classes separated", () => {
    const labels = [...Array(30).fill(0), ...Array(20).fill(1)];
    const fit = pooled(ascending(labels), labels);
    expect(Array.from(fit.values)).toEqual([0.5 / 31, 0.5 / 31, 20.5 / 21, 20.5 / 21]);
    expect(Array.from(fit.thresholds)).toEqual([0, 29, 30, 49]);
    expect(fit.maxLogOdds).toBeCloseTo(Math.log(41), 13);
  });

  test("cuts once, at the likeliest place, where the tails meet", () => {
    // Four rows of each class out of place: fewer than a tail needs.
    const labels = [...Array(50).fill(0), ...[1, 1, 1, 1, 0, 0, 0, 0], ...Array(40).fill(1)];
    const fit = pooled(ascending(labels), labels);
    const likelihood = (cut: number) =>
      [labels.slice(0, cut), labels.slice(cut)].reduce((sum, part) => {
        const positives = part.filter((label) => label === 1).length;
        const value = (positives + 0.5) / (part.length + 1);
        return sum + positives * Math.log(value) + (part.length - positives) * Math.log(1 - value);
      }, 0);
    const cut = likelihood(50) >= likelihood(58) ? 50 : 58;
    expect(Array.from(fit.thresholds)).toEqual([0, cut - 1, cut, 97]);
  });

  test("is constant where the scores tell nothing", () => {
    const labels = [1, 1, 1, 0, 0];
    expect(Array.from(pooled(ascending(labels), labels).values)).toEqual([3.5 / 6, 3.5 / 6]);
  });

  test("stays below 1 under weights beyond counting", () => {
    const { maxLogOdds, minLogOdds } = pooled([0, 1], [0, 1], { weights: [1e300, 1e300] });
    expect(maxLogOdds).toBeLessThan(Infinity);
    expect(minLogOdds).toBeGreaterThan(-Infinity);
  });

  test("never reaches 0 or 1, counts right, and equals the exact fit between the tails", () => {
    const rows = fc.array(
      fc.record({ score: fc.integer({ min: 0, max: 40 }), noise: fc.integer({ min: 0, max: 40 }) }),
      { minLength: 60, maxLength: 200 },
    );
    const labelled = fc
      .tuple(rows, fc.integer({ min: 1, max: 6 }))
      .map(([data, tailCount]) => ({
        scores: data.map(({ score }) => score),
        labels: data.map(({ score, noise }) => (noise < score ? 1 : 0)),
        tailCount,
      }))
      .filter(({ labels }) => labels.includes(0) && labels.includes(1));
    let withMiddle = 0;
    fc.assert(
      fc.property(labelled, ({ scores, labels, tailCount }) => {
        const { values, thresholds } = pooled(scores, labels, { tailCount });
        const n = labels.length;
        expect(Array.from(values)).toEqual(Array.from(values).sort((a, b) => a - b));
        expect(values[0]! >= 0.5 / (n + 1) && values.at(-1)! <= (n + 0.5) / (n + 1)).toBe(true);
        const levels = Array.from(new Set(values));
        if (levels.length < 3) return;
        withMiddle++;
        const topStart = thresholds[values.indexOf(values.at(-1)!)]!;
        const bottomEnd = thresholds[values.lastIndexOf(values[0]!)]!;
        const top = labels.filter((_, i) => scores[i]! >= topStart);
        const bottom = labels.filter((_, i) => scores[i]! <= bottomEnd);
        const count = (part: number[], label: number) => part.filter((other) => other === label).length;
        expect(count(top, 0)).toBeGreaterThanOrEqual(tailCount);
        expect(count(bottom, 1)).toBeGreaterThanOrEqual(tailCount);
        expect(levels.at(-1)).toBe((count(top, 1) + 0.5) / (top.length + 1));
        expect(levels[0]).toBe((count(bottom, 1) + 0.5) / (bottom.length + 1));
        const middle = scores.filter((score) => score > bottomEnd && score < topStart);
        expect(pooled(scores, labels, { tailCount }).predict(middle)).toEqual(
          fitIsotonic(scores, labels).predict(middle),
        );
      }),
      { seed: 1981, numRuns: 500 },
    );
    expect(withMiddle).toBeGreaterThan(100);
  });

  const refused: [name: string, run: () => unknown, message: string][] = [
    [
      "one class",
      () => pooled([1, 2], [1, 1]),
      "fitIsotonic: labels must contain both classes with pooled tails, got only 1",
    ],
    [
      "a class of weight 0",
      () => pooled([1, 2], [1, 0], { weights: [0, 1] }),
      "fitIsotonic: labels must contain both classes with pooled tails, got only 0",
    ],
    [
      "other labels",
      () => pooled([1, 2], [0, 0.5]),
      "fitIsotonic: labels must be 0 or 1 with pooled tails, got 0.5 at index 1",
    ],
    [
      "falling fits",
      () => pooled([1, 2], [0, 1], { increasing: "auto" }),
      'fitIsotonic: increasing must be true with pooled tails, got "auto"',
    ],
    [
      "a tail count of 0",
      () => pooled([1, 2], [0, 1], { tailCount: 0 }),
      "fitIsotonic: tailCount must be a positive finite number, got 0",
    ],
  ];
  test.each(refused)("refuses %s", (_, run, message) => expect(run).toThrow(new RangeError(message)));
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectClose, readGolden } from "../golden/read-golden.ts";
import { fitPlatt } from "./fit-platt.ts";

interface Case {
  name: string;
  scores: number[];
  y: number[];
  w: number[] | null;
  query: number[];
  expected: {
    optimum: { a?: number; b?: number; predict?: number[]; predict_at_score?: number };
  };
}

const cases = readGolden<Case>("platt.json");

describe("fitPlatt finds the exact optimum", () => {
  test.each(cases)("$name", ({ scores, y, w, query, expected: { optimum } }) => {
    const calibrator = fitPlatt(scores, y, { weights: w ?? undefined });
    if (optimum.predict_at_score !== undefined) {
      expectClose(calibrator.predict([scores[0]!]), [optimum.predict_at_score], { rel: 1e-14, abs: 0 });
      return;
    }
    expectClose([calibrator.a, calibrator.b], [optimum.a!, optimum.b!], { rel: 1e-12, abs: 1e-12 });
    expectClose(calibrator.predict(query), optimum.predict!, { rel: 1e-11, abs: 1e-13 });
  });
});

/** Of the smoothed cross-entropy, from its definition. */
function gradient(x: ArrayLike<number>, y: ArrayLike<number>, a: number, b: number): [number, number] {
  const labels = Array.from(y);
  const positives = labels.filter((label) => label === 1).length;
  const negatives = labels.length - positives;
  let slope = 0;
  let intercept = 0;
  labels.forEach((label, i) => {
    const target = label === 1 ? (positives + 1) / (positives + 2) : 1 / (negatives + 2);
    const residual = 1 / (1 + Math.exp(a * x[i]! + b)) - target;
    intercept += residual;
    slope += residual * x[i]!;
  });
  return [slope, intercept];
}

describe("fitPlatt", () => {
  const scores = [-2, -1, -0.5, 0, 1, 3];
  const labels = [0, 0, 1, 0, 1, 1];

  test("fits the same curve at any scale of the scores", () => {
    const { a, b } = fitPlatt(scores, labels);
    fc.assert(
      fc.property(fc.integer({ min: -290, max: 290 }), (exponent) => {
        const unit = 10 ** exponent;
        const scaled = fitPlatt(
          scores.map((score) => score * unit),
          labels,
        );
        expectClose([scaled.a * unit, scaled.b], [a, b], { rel: 1e-12, abs: 0 });
      }),
      { seed: 1999, numRuns: 60 },
    );
  });

  test("fits the same curve far from 0", () => {
    const near = fitPlatt(scores, labels);
    const far = fitPlatt(
      scores.map((score) => score + 2 ** 20),
      labels,
    );
    expectClose([far.a, far.b], [near.a, near.b - near.a * 2 ** 20], { rel: 1e-12, abs: 0 });
  });

  test("is a stationary point of the smoothed cross-entropy", () => {
    const rows = fc.array(fc.tuple(fc.double({ min: -9, max: 9, noNaN: true }), fc.boolean()), {
      minLength: 2,
      maxLength: 50,
    });
    fc.assert(
      fc.property(rows, (data) => {
        const x = data.map(([score]) => score);
        const y = data.map(([, label]) => label);
        const { a, b } = fitPlatt(x, y);
        const [slope, intercept] = gradient(x, y.map(Number), a, b);
        expect(Math.abs(intercept)).toBeLessThan(1e-9 * y.length);
        // With one class the slope is 0 because the targets are constant: stationary too.
        expect(Math.abs(slope)).toBeLessThan(1e-8 * y.length);
      }),
      { seed: 2007, numRuns: 500 },
    );
  });

  test("knows no direction from one class or from equal scores", () => {
    for (const calibrator of [fitPlatt([1, 2, 3], [1, 1, 1]), fitPlatt([2, 2, 2], [0, 1, 1])]) {
      expect(calibrator.a).toBe(0);
      expect(calibrator.minLogOdds).toBe(calibrator.maxLogOdds);
      expect(calibrator.logOdds([-1e300, 5])).toEqual(new Float64Array(2).fill(calibrator.maxLogOdds));
    }
    expect(fitPlatt([1, 2, 3], [1, 1, 1]).predict([0])[0]).toBeCloseTo(4 / 5, 15);
  });

  test("does not saturate in log odds", () => {
    const { a, b } = fitPlatt(scores, labels);
    const calibrator = fitPlatt(scores, labels);
    expect(calibrator.predict([1e4])).toEqual(Float64Array.of(1));
    expect(calibrator.logOdds([1e4])).toEqual(Float64Array.of(-(a * 1e4 + b)));
    expect(calibrator.logOdds([1.7e308, -1.7e308])).toEqual(
      Float64Array.of(-(a * 1.7e308 + b), -(a * -1.7e308 + b)),
    );
  });

  test("reads probabilities through the logit, and logits as they are", () => {
    const logits = [-40, -2, -1, 0.5, 1, 50];
    const probabilities = logits.map((logit) => 1 / (1 + Math.exp(-logit)));
    const clipped = logits.map((logit) => Math.min(Math.log(9), Math.max(-Math.log(9), logit)));
    const want = fitPlatt(clipped, labels);
    const got = fitPlatt(probabilities, labels, { input: "probability", clip: 0.1 });
    expectClose([got.a, got.b], [want.a, want.b], { rel: 1e-12, abs: 0 });
    expectClose(got.logOdds([0, 0.3, 1]), want.logOdds([-Math.log(9), Math.log(3 / 7), Math.log(9)]), {
      rel: 1e-12,
      abs: 1e-12,
    });
    expect(got.logOdds([0, 1])).toEqual(Float64Array.of(got.minLogOdds, got.maxLogOdds));
    expect(fitPlatt(logits, labels, { input: "logit" }).a).toBe(fitPlatt(logits, labels).a);
  });

  test("clips probabilities of 0 and 1 unless told otherwise", () => {
    const calibrator = fitPlatt([0, 0.2, 0.9, 1], [0, 1, 0, 1], { input: "probability" });
    expect(calibrator.clip).toBe(2 ** -52);
    expect(Number.isFinite(calibrator.minLogOdds) && Number.isFinite(calibrator.maxLogOdds)).toBe(true);
    expect(calibrator.logOdds([0])).toEqual(calibrator.logOdds([2 ** -60]));
  });

  test("fits many rows as it fits few, also where a part of them misleads", () => {
    const rows = 20_000;
    const many = Float64Array.from({ length: rows }, (_, i) => Math.sin(i * 1.7) * 3);
    const mixed = many.map((score, i) => (Math.sin(i * 2.9) * 2 < score ? 1 : 0));
    // Rows 0, 17, 34, … are where the search starts from.
    const onlyNegatives = mixed.map((label, i) => (i % 17 === 0 ? 0 : label));
    const separable = mixed.map((label, i) => (i % 17 === 0 ? (many[i]! > 0 ? 0 : 1) : label));
    for (const y of [mixed, onlyNegatives, separable]) {
      const { a, b } = fitPlatt(many, y);
      expect(Math.max(...gradient(many, y, a, b).map(Math.abs))).toBeLessThan(1e-9 * rows);
    }
  });

  const refused: [name: string, run: () => unknown, error: Error][] = [
    [
      "other labels",
      () => fitPlatt([1, 2], [0, 2]),
      new RangeError("fitPlatt: labels must be all 0 and 1, all -1 and 1, or booleans, got 2 at index 1"),
    ],
    [
      "two codes of the negative class",
      () => fitPlatt([1, 2, 3], [1, -1, 0]),
      new RangeError("fitPlatt: labels must be all 0 and 1, all -1 and 1, or booleans, got 0 at index 2"),
    ],
    ["no scores", () => fitPlatt([], []), new RangeError("fitPlatt: scores must not be empty, got length 0")],
    [
      "infinite scores",
      () => fitPlatt([Number.NEGATIVE_INFINITY, 0], [0, 1]),
      new RangeError("fitPlatt: scores must be finite, got -Infinity at index 0"),
    ],
    [
      "scores whose slope would overflow",
      () => fitPlatt([0, 5e-324], [0, 1]),
      new RangeError("fitPlatt: scores must differ by enough for a finite slope, got a slope of -Infinity"),
    ],
    [
      "an unknown input",
      () => fitPlatt([0, 1], [0, 1], { input: "margin" as "logit" }),
      new RangeError('fitPlatt: input must be "probability" or "logit" or "unbounded", got "margin"'),
    ],
    [
      "a clip without probabilities",
      () => fitPlatt([0, 1], [0, 1], { clip: 0.1 }),
      new RangeError('fitPlatt: clip must be left out unless input is "probability", got 0.1'),
    ],
    [
      "a clip of 0.5",
      () => fitPlatt([0, 1], [0, 1], { input: "probability", clip: 0.5 }),
      new RangeError("fitPlatt: clip must be a number in (0, 0.5), got 0.5"),
    ],
    [
      "probabilities above 1",
      () => fitPlatt([0, 1.5], [0, 1], { input: "probability" }),
      new RangeError("fitPlatt: scores must lie in [0, 1], got 1.5 at index 1"),
    ],
    [
      "NaN queries",
      () => fitPlatt([0, 1], [0, 1]).logOdds([Number.NaN]),
      new RangeError("logOdds: scores must be finite, got NaN at index 0"),
    ],
  ];
  test.each(refused)("refuses %s", (_, run, error) => expect(run).toThrow(error));
});

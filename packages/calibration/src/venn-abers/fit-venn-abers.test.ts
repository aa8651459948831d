import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectClose, readGolden } from "../golden/read-golden.ts";
import { fitIsotonic } from "../isotonic/fit-isotonic.ts";
import { fitVennAbers } from "./fit-venn-abers.ts";

interface Case {
  name: string;
  scores: number[];
  y: number[];
  test: number[];
  expected: { p0: number[]; p1: number[]; p: number[] };
}

describe("fitVennAbers equals two refits of scikit-learn's isotonic regression", () => {
  test.each(readGolden<Case>("venn-abers.json"))("$name", ({ scores, y, test: queries, expected }) => {
    const calibrator = fitVennAbers(scores, y);
    const { lower, upper } = calibrator.interval(queries);
    const tolerance = { rel: 1e-14, abs: 1e-15 };
    expectClose(lower, expected.p0, tolerance);
    expectClose(upper, expected.p1, tolerance);
    expectClose(calibrator.predict(queries), expected.p, tolerance);
  });
});

interface Row {
  score: number;
  label: number;
  weight: number;
}

/** The definition: the fit of all rows and the score itself, of weight 1, with label 0 and with label 1. */
function byDefinition(rows: Row[], score: number): [p0: number, p1: number] {
  const refit = (label: number): number => {
    const all = [...rows, { score, label, weight: 1 }];
    const weights = all.map(({ weight }) => weight);
    const scores = all.map((row) => row.score);
    return fitIsotonic(
      scores,
      all.map((row) => row.label),
      { weights },
    ).predict([score])[0]!;
  };
  return [refit(0), refit(1)];
}

function expectDefinition(rows: Row[], queries: number[]): void {
  const calibrator = fitVennAbers(
    rows.map(({ score }) => score),
    rows.map(({ label }) => label),
    { weights: rows.map(({ weight }) => weight) },
  );
  const { lower, upper } = calibrator.interval(queries);
  const p = calibrator.predict(queries);
  const logOdds = calibrator.logOdds(queries);
  const want = queries.map((score) => byDefinition(rows, score));
  const column = (of: (p0: number, p1: number) => number) => want.map(([p0, p1]) => of(p0, p1));
  const tolerance = { rel: 1e-12, abs: 1e-14 };
  expectClose(
    lower,
    column((p0) => p0),
    tolerance,
  );
  expectClose(
    upper,
    column((_, p1) => p1),
    tolerance,
  );
  expectClose(
    p,
    column((p0, p1) => p1 / (1 - p0 + p1)),
    tolerance,
  );
  expectClose(
    logOdds,
    column((p0, p1) => Math.log(p1 / (1 - p0))),
    { rel: 1e-11, abs: 1e-11 },
  );
}

const rowsOf = (score: fc.Arbitrary<number>, weight: fc.Arbitrary<number>) =>
  fc
    .array(fc.record({ score, label: fc.integer({ min: 0, max: 1 }), weight }), {
      minLength: 1,
      maxLength: 40,
    })
    .filter((rows) => rows.some((row) => row.weight > 0));
const places = Array.from({ length: 27 }, (_, i) => i / 2 - 1);

describe("fitVennAbers equals its definition", () => {
  const options = { seed: 2015, numRuns: 300 };

  test("at tied scores and between them, with weights that count", () => {
    const rows = rowsOf(fc.integer({ min: 0, max: 11 }), fc.integer({ min: 0, max: 3 }));
    fc.assert(
      fc.property(rows, (data) => expectDefinition(data, places)),
      options,
    );
  });

  test("with weights of any size, from a millionth of a row to a million rows", () => {
    const weight = fc.oneof(
      fc.constant(0),
      fc.double({ min: -6, max: 6, noNaN: true }).map((exponent) => 10 ** exponent),
    );
    fc.assert(
      fc.property(rowsOf(fc.integer({ min: 0, max: 11 }), weight), (data) => expectDefinition(data, places)),
      options,
    );
  });

  test("where scores rise with their labels, so that blocks are many", () => {
    const rows = fc.array(
      fc.record({ score: fc.integer({ min: 0, max: 60 }), noise: fc.integer({ min: 0, max: 60 }) }),
      {
        minLength: 40,
        maxLength: 120,
      },
    );
    const queries = Array.from({ length: 63 }, (_, i) => i - 1);
    fc.assert(
      fc.property(rows, (data) =>
        expectDefinition(
          data.map(({ score, noise }) => ({ score, label: noise < score ? 1 : 0, weight: 0.01 })),
          queries,
        ),
      ),
      { ...options, numRuns: 30 },
    );
  });

  test("for scores that are one point because they are closer than 1e-15", () => {
    const score = fc.integer({ min: 0, max: 8 }).map((steps) => steps * 4e-16);
    fc.assert(
      fc.property(rowsOf(score, fc.constant(1)), (data) => {
        const firsts: number[] = [];
        const firstOf = new Map<number, number>();
        for (const { score } of data.toSorted((a, b) => a.score - b.score)) {
          if (!(score - firsts.at(-1)! < 1e-15)) firsts.push(score);
          firstOf.set(score, firsts.at(-1)!);
        }
        expectDefinition(data, firsts);
        const calibrator = fitVennAbers(
          data.map((row) => row.score),
          data.map((row) => row.label),
        );
        const seen = Array.from(firstOf.keys());
        expect(calibrator.interval(seen)).toEqual(
          calibrator.interval(seen.map((score) => firstOf.get(score)!)),
        );
      }),
      options,
    );
  });
});

describe("fitVennAbers", () => {
  test("knows no certainty: one row, one class, equal scores", () => {
    const one = fitVennAbers([5], [1]);
    expect(one.predict([4, 5, 6])).toEqual(Float64Array.of(0.5, 2 / 3, 2 / 3));
    expect(fitVennAbers([5], [0]).predict([4, 5, 6])).toEqual(Float64Array.of(1 / 3, 1 / 3, 0.5));
    const positives = fitVennAbers([1, 2, 3], [1, 1, 1]);
    expectClose(positives.predict([0, 1, 9]), [1 / 2, 2 / 3, 4 / 5], { rel: 1e-15, abs: 0 });
    expect(positives.maxLogOdds).toBeCloseTo(Math.log(4), 14);
    const equal = fitVennAbers([2, 2, 2, 2], [0, 1, 1, 1]);
    const { lower, upper } = equal.interval([2]);
    expectClose([lower[0]!, upper[0]!], [3 / 5, 4 / 5], { rel: 1e-15, abs: 0 });
  });

  test("says at separated classes what their counts warrant", () => {
    const scores = Array.from({ length: 100 }, (_, i) => i);
    const calibrator = fitVennAbers(
      scores,
      scores.map((score) => score >= 40),
    );
    expect(calibrator.minLogOdds).toBeCloseTo(-Math.log(41), 14);
    expect(calibrator.maxLogOdds).toBeCloseTo(Math.log(61), 14);
    expect(Array.from(calibrator.thresholds)).toEqual(Array.from(new Set(calibrator.thresholds)));
  });

  test("keeps only the scores at which something changes", () => {
    const scores = Array.from({ length: 1000 }, (_, i) => i);
    const labels = scores.map((score) => ((score * 7919) % 1009) % 2);
    const { thresholds, lower, upper } = fitVennAbers(scores, labels);
    expect(thresholds.length).toBeLessThan(50);
    expect([lower.length, upper.length]).toEqual([thresholds.length + 1, thresholds.length + 1]);
  });

  test("has finite odds under weights beyond counting, and loses no small weight beside them", () => {
    const { minLogOdds, maxLogOdds } = fitVennAbers([0, 1], [0, 1], { weights: [1e300, 1e300] });
    expect([minLogOdds, maxLogOdds].every(Number.isFinite)).toBe(true);
    const { lower, upper } = fitVennAbers([0, 1, 2, 3], [0, 1, 0, 1], {
      weights: [1e300, 3, 2, 1e300],
    }).interval([1.5]);
    expectClose([lower[0]!, upper[0]!], [3 / 6, 4 / 6], { rel: 1e-15, abs: 0 });
  });

  test("has a calibrated probability in its interval: the label's own one", () => {
    // The probability for the label that is to come is calibrated, on average over fits: E[y − p_y] = 0. With 4000 fits the
    // mean of y − p_y has a standard error below 0.5 / √4000 = 0.008, so this fails for 1 seed in 15,000 at most.
    let state = 7;
    const random = () => {
      state = (state * 48271) % 2147483647;
      return state / 2147483647;
    };
    const draw = (): [score: number, label: number] => {
      const score = random();
      return [score, random() < score ** 3 ? 1 : 0];
    };
    let sum = 0;
    for (let fit = 0; fit < 4000; fit++) {
      const rows = Array.from({ length: 30 }, draw);
      const [score, label] = draw();
      const { lower, upper } = fitVennAbers(
        rows.map(([s]) => s),
        rows.map(([, y]) => y),
      ).interval([score]);
      sum += label - (label === 1 ? upper[0]! : lower[0]!);
    }
    expect(Math.abs(sum / 4000)).toBeLessThan(0.032);
  });

  const refused: [name: string, run: () => unknown, error: Error][] = [
    [
      "no scores",
      () => fitVennAbers([], []),
      new RangeError("fitVennAbers: scores must not be empty, got length 0"),
    ],
    [
      "NaN scores",
      () => fitVennAbers([0, Number.NaN], [0, 1]),
      new RangeError("fitVennAbers: scores must be finite, got NaN at index 1"),
    ],
    [
      "labels of a regression",
      () => fitVennAbers([0, 1], [0, 0.5]),
      new RangeError(
        "fitVennAbers: labels must be all 0 and 1, all -1 and 1, or booleans, got 0.5 at index 1",
      ),
    ],
    [
      "no weight",
      () => fitVennAbers([0, 1], [0, 1], { weights: [0, 0] }),
      new RangeError("fitVennAbers: weights must have a positive finite sum, got 0"),
    ],
    [
      "infinite queries of an interval",
      () => fitVennAbers([0, 1], [0, 1]).interval([0, Number.POSITIVE_INFINITY]),
      new RangeError("interval: scores must be finite, got Infinity at index 1"),
    ],
    [
      "queries that are no numbers",
      () => fitVennAbers([0, 1], [0, 1]).predict(["0"] as unknown as number[]),
      new TypeError('predict: scores must be numbers, got "0" at index 0'),
    ],
  ];
  test.each(refused)("refuses %s", (_, run, error) => expect(run).toThrow(error));
});

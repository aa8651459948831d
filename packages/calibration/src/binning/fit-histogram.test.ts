import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectClose, readGolden } from "../golden/read-golden.ts";
import { fitHistogram } from "./fit-histogram.ts";

const strategies = ["uniform", "quantile", "equal-mass"] as const;

interface Curve {
  edges: number[];
  prob_true: number[];
  count: number[];
}

interface Case {
  name: string;
  p: number[];
  y: number[];
  expected: { calibration_curve: Record<string, Curve> };
}

const cases = readGolden<Case>("metrics.json").flatMap(({ name, p, y, expected }) =>
  Object.entries(expected.calibration_curve).map(([variant, want]) => {
    const [strategy, bins] = variant.split("_") as ["uniform" | "quantile", string];
    return { name: `${name}, ${variant}`, p, y, strategy, bins: Number(bins), want };
  }),
);

describe("fitHistogram takes the observed shares of scikit-learn's calibration_curve for values", () => {
  test.each(cases)("$name", ({ p, y, strategy, bins, want }) => {
    const { edges, values } = fitHistogram(p, y, { strategy, bins, input: "probability" });
    const [lowest, highest] = strategy === "uniform" ? [0, 1] : [Math.min(...p), Math.max(...p)];
    const inner = want.edges.slice(1, -1).filter((edge) => edge >= lowest && edge < highest);
    expect(Array.from(edges)).toEqual(Array.from(new Set(inner)));
    const occupied = values.filter((_, bin) =>
      p.some((score) => score > (edges[bin - 1] ?? -1) && score <= (edges[bin] ?? 1)),
    );
    expectClose(occupied, want.prob_true, { rel: 1e-14, abs: 0 });
  });
});

describe("fitHistogram", () => {
  const scores = [-2, -1, -0.5, 0, 0.5, 2];
  const labels = [0, 0, 1, 0, 1, 1];

  test("divides [0, 1] for probabilities, and else the range of the scores", () => {
    const p = [0.1, 0.2, 0.9];
    expect(fitHistogram(p, [0, 0, 1], { bins: 4, input: "probability" }).edges).toEqual(
      Float64Array.of(0.25, 0.5, 0.75),
    );
    expect(fitHistogram(scores, labels, { bins: 4 }).edges).toEqual(Float64Array.of(-1, 0, 1));
    expect(fitHistogram(scores, labels, { weights: [0, 1, 1, 1, 1, 0], bins: 3 }).edges).toEqual(
      Float64Array.of(-0.5, 0),
    );
  });

  test("closes bins on the right, and goes on beyond the scores", () => {
    const calibrator = fitHistogram(scores, labels, { bins: 2 });
    expect(Array.from(calibrator.edges)).toEqual([0]);
    expect(calibrator.predict([-1e300, 0, Number.MIN_VALUE, 1e300])).toEqual(
      Float64Array.of(0.25, 0.25, 1, 1),
    );
    expect([calibrator.minLogOdds, calibrator.maxLogOdds]).toEqual([
      Math.log(0.25) - Math.log1p(-0.25),
      Infinity,
    ]);
  });

  test("gives bins without rows their midpoint, or what lies between their neighbours", () => {
    const p = fitHistogram([0.1, 0.9], [1, 0], { bins: 5, input: "probability" });
    expectClose(p.values, [1, 0.3, 0.5, 0.7, 0], { rel: 1e-15, abs: 0 });
    expect(fitHistogram([0, 1], [1, 0], { bins: 5 }).values).toEqual(Float64Array.of(1, 0.75, 0.5, 0.25, 0));
    const quantiles = fitHistogram([0, 1, 2], [0, 1, 0], { bins: 4, strategy: "quantile" });
    expect(Array.from(quantiles.edges)).toEqual([0.5, 1, 1.5]);
    expect(Array.from(quantiles.values)).toEqual([0, 1, 0.5, 0]);
  });

  test("need not rise with the scores", () => {
    const { values } = fitHistogram([1, 2, 3], [1, 0, 1], { bins: 3 });
    expect(Array.from(values)).toEqual([1, 0, 1]);
  });

  test("keeps odds finite by smoothing, whatever the counts", () => {
    const { values } = fitHistogram(scores, labels, { bins: 2, smoothing: 1 });
    expect(values).toEqual(Float64Array.of(2 / 6, 3 / 4));
    const huge = fitHistogram([0, 1], [0, 1], { bins: 2, smoothing: 1, weights: [1e300, 1e300] });
    expect(huge.minLogOdds).toBeGreaterThan(-Infinity);
    expect(huge.maxLogOdds).toBeLessThan(Infinity);
  });

  test("fits one row, equal scores, and scores next to each other among float64", () => {
    for (const strategy of strategies) {
      expect(fitHistogram([3], [1], { strategy }).predict([2, 4])).toEqual(Float64Array.of(1, 1));
      expect(Array.from(fitHistogram([3, 3, 3], [0, 1, 0], { strategy }).values)).toEqual([1 / 3]);
      const next = 1 + Number.EPSILON;
      const pair = fitHistogram([1, next], [0, 1], { strategy, bins: 2 });
      expect(pair.predict([1, next])).toEqual(Float64Array.of(0, 1));
    }
  });

  test("cuts bins of equal mass like array_split, where rows can be split evenly", () => {
    const rows = fc
      .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }))
      .chain(([bins, size]) =>
        fc.tuple(
          fc.constant({ bins, size }),
          fc.uniqueArray(fc.double({ min: -9, max: 9, noNaN: true }), {
            minLength: bins * size,
            maxLength: bins * size,
            selector: (score) => score + 0,
          }),
        ),
      );
    fc.assert(
      fc.property(rows, ([{ bins, size }, data]) => {
        const sorted = Float64Array.from(data).sort();
        const cuts = Array.from({ length: bins - 1 }, (_, k) => (k + 1) * size);
        const { edges } = fitHistogram(
          data,
          data.map(() => 0),
          { bins, strategy: "equal-mass" },
        );
        expectClose(
          edges,
          cuts.map((cut) => (sorted[cut - 1]! + sorted[cut]!) / 2),
          { rel: 1e-15, abs: 5e-324 },
        );
      }),
      { seed: 2001, numRuns: 300 },
    );
  });

  test("cuts bins of equal mass where the weight reaches its share, and gives each one rows", () => {
    const rows = fc.array(
      fc.record({ score: fc.integer({ min: 0, max: 9 }), weight: fc.integer({ min: 0, max: 3 }) }),
      { minLength: 1, maxLength: 30 },
    );
    fc.assert(
      fc.property(
        rows.filter((data) => data.some(({ weight }) => weight > 0)),
        fc.integer({ min: 1, max: 12 }),
        (data, bins) => {
          const repeated = data.flatMap(({ score, weight }) => Array.from({ length: weight }, () => score));
          const ascending = repeated.sort((a, b) => a - b);
          // By definition: behind the first score up to which there are k / bins of all rows, or more, for every k.
          const lasts = new Set<number>();
          for (let k = 1; k < bins; k++) lasts.add(ascending[Math.ceil((k * ascending.length) / bins) - 1]!);
          const distinct = Array.from(new Set(ascending));
          const want = distinct.flatMap((score, i) =>
            lasts.has(score) && i + 1 < distinct.length ? [(score + distinct[i + 1]!) / 2] : [],
          );
          const { edges } = fitHistogram(
            data.map(({ score }) => score),
            data.map(() => 1),
            { bins, strategy: "equal-mass", weights: data.map(({ weight }) => weight * 0.125) },
          );
          expect(Array.from(edges)).toEqual(want);
        },
      ),
      { seed: 2001, numRuns: 500 },
    );
  });

  test("has ten uniform bins for any scores unless told", () => {
    const options = { bins: 10, strategy: "uniform", input: "unbounded", smoothing: 0 } as const;
    expect(fitHistogram(scores, labels)).toEqual(fitHistogram(scores, labels, options));
  });

  const refused: [name: string, run: () => unknown, error: Error][] = [
    [
      "no bins",
      () => fitHistogram([1], [1], { bins: 0 }),
      new RangeError("fitHistogram: bins must be an integer of at least 1, got 0"),
    ],
    [
      "another strategy",
      () => fitHistogram([1], [1], { strategy: "kmeans" as "uniform" }),
      new RangeError('fitHistogram: strategy must be "uniform" or "quantile" or "equal-mass", got "kmeans"'),
    ],
    [
      "another input",
      () => fitHistogram([1], [1], { input: "score" as "logit" }),
      new RangeError('fitHistogram: input must be "probability" or "logit" or "unbounded", got "score"'),
    ],
    [
      "probabilities above 1",
      () => fitHistogram([0.5, 1.5], [0, 1], { input: "probability" }),
      new RangeError("fitHistogram: scores must lie in [0, 1], got 1.5 at index 1"),
    ],
    [
      "negative smoothing",
      () => fitHistogram([1], [1], { smoothing: -1 }),
      new RangeError("fitHistogram: smoothing must be a number from 0 to 9007199254740991, got -1"),
    ],
    [
      "text for smoothing",
      () => fitHistogram([1], [1], { smoothing: "1" as unknown as number }),
      new RangeError('fitHistogram: smoothing must be a number from 0 to 9007199254740991, got "1"'),
    ],
    [
      "an endless range",
      () => fitHistogram([-1e308, 1e308], [0, 1]),
      new RangeError("fitHistogram: scores must span a finite range, got -1e+308 to 1e+308"),
    ],
    [
      "no scores",
      () => fitHistogram([], []),
      new RangeError("fitHistogram: scores must not be empty, got length 0"),
    ],
    [
      "a third class",
      () => fitHistogram([1, 2], [1, 2]),
      new RangeError("fitHistogram: labels must be all 0 and 1, all -1 and 1, or booleans, got 2 at index 1"),
    ],
    [
      "a negative weight",
      () => fitHistogram([1, 2], [1, 0], { weights: [1, -1] }),
      new RangeError("fitHistogram: weights must not be negative, got -1 at index 1"),
    ],
    [
      "queries that are no probabilities",
      () => fitHistogram([0.5], [1], { input: "probability" }).logOdds([0.5, -0.1]),
      new RangeError("logOdds: scores must lie in [0, 1], got -0.1 at index 1"),
    ],
    [
      "infinite queries",
      () => fitHistogram([0.5], [1]).predict([Number.NEGATIVE_INFINITY]),
      new RangeError("predict: scores must be finite, got -Infinity at index 0"),
    ],
  ];
  test.each(refused)("refuses %s", (_, run, error) => expect(run).toThrow(error));
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectClose } from "../golden/read-golden.ts";
import { METRICS_TOLERANCE, readCurves, readMetrics } from "../golden/read-metrics.ts";
import { fitIsotonic } from "../isotonic/fit-isotonic.ts";
import { expectedCalibrationError } from "./expected-calibration-error.ts";
import { maximumCalibrationError } from "./maximum-calibration-error.ts";
import { type ReliabilityCurveOptions, reliabilityCurve } from "./reliability-curve.ts";

describe("reliabilityCurve equals scikit-learn's calibration_curve", () => {
  test.each(readCurves())("$name", ({ p, y, options, want }) => {
    const curve = reliabilityCurve(p, y, options);
    expect(Array.from(curve.edges)).toEqual(want.edges);
    expect(Array.from(curve.counts)).toEqual(want.count);
    expectClose(curve.observed, want.prob_true, METRICS_TOLERANCE);
    expectClose(curve.predicted, want.prob_pred, METRICS_TOLERANCE);
    expectClose([expectedCalibrationError(curve)], [want.ece], METRICS_TOLERANCE);
    expectClose([maximumCalibrationError(curve)], [want.mce], METRICS_TOLERANCE);
  });
});

describe("reliabilityCurve, bins of other programs", () => {
  test.each(readMetrics())("$name: equal masses as in Kumar et al.", ({ p, y, expected }) => {
    const curve = reliabilityCurve(p, y, { strategy: "equal-mass", bins: 15 });
    expect(Array.from(curve.edges)).toEqual([0, ...expected.equal_mass_15.edges]);
    expectClose([expectedCalibrationError(curve)], [expected.equal_mass_15.l1], METRICS_TOLERANCE);
  });

  test.each(readMetrics())("$name: closed on the left, as netcal's", ({ p, y, expected }) => {
    const curve = reliabilityCurve(p, y, { closed: "left" });
    expectClose([expectedCalibrationError(curve)], [expected.left_closed_ece_10], METRICS_TOLERANCE);
  });
});

/** Rows on a grid, so that ties and probabilities on edges are common, and some that are not. */
const rows = fc.array(
  fc.record({
    p: fc.oneof(
      fc.integer({ min: 0, max: 20 }).map((k) => k / 20),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.constantFrom(0, 1, 0.1 + 0.2, 1 / 3),
    ),
    y: fc.integer({ min: 0, max: 1 }),
    w: fc.integer({ min: 0, max: 3 }),
  }),
  { minLength: 1, maxLength: 40 },
);
const weighted = rows.filter((data) => data.some(({ w }) => w > 0));
const columns = (data: { p: number; y: number; w: number }[]) => ({
  p: data.map(({ p }) => p),
  y: data.map(({ y }) => y),
  weights: data.map(({ w }) => w),
});

describe("reliabilityCurve", () => {
  test("puts every row where the edges say, whatever the bins", () => {
    const choice = fc.record({
      strategy: fc.constantFrom("uniform" as const, "quantile" as const, "equal-mass" as const),
      closed: fc.constantFrom("right" as const, "left" as const),
      bins: fc.integer({ min: 1, max: 23 }),
    });
    fc.assert(
      fc.property(weighted, choice, (data, options) => {
        const { p, y, weights } = columns(data);
        const curve = reliabilityCurve(p, y, { ...options, weights });
        const inner = Array.from(curve.edges).slice(1, -1);
        const isBelow = (edge: number, probability: number) =>
          options.closed === "right" ? edge < probability : edge <= probability;
        const groups = new Map<number, { p: number; y: number; w: number }[]>();
        for (const row of data) {
          const bin = inner.filter((edge) => isBelow(edge, row.p)).length;
          groups.set(bin, [...(groups.get(bin) ?? []), row]);
        }
        const want = [...groups]
          .map(([bin, group]) => {
            const count = group.reduce((sum, { w }) => sum + w, 0);
            const predicted = group.reduce((sum, row) => sum + row.w * row.p, 0) / count;
            return {
              bin,
              count,
              predicted,
              observed: group.reduce((sum, { w, y }) => sum + w * y, 0) / count,
            };
          })
          .filter(({ count }) => count > 0)
          .sort((one, other) => one.bin - other.bin);
        expect(Array.from(curve.bins)).toEqual(want.map(({ bin }) => bin));
        expect(Array.from(curve.counts)).toEqual(want.map(({ count }) => count));
        expect(Array.from(curve.predicted)).toEqual(want.map(({ predicted }) => predicted));
        expect(Array.from(curve.observed)).toEqual(want.map(({ observed }) => observed));
      }),
      { seed: 1950, numRuns: 1000 },
    );
  });

  test("has isotonic bins that are the flat pieces of the isotonic fit", () => {
    fc.assert(
      fc.property(weighted, fc.constantFrom("right" as const, "left" as const), (data, closed) => {
        // The calibrator takes scores closer than 1e-15 for one; the curve does not.
        const apart = data.map((row) => ({ ...row, p: Math.round(row.p * 1e6) / 1e6 }));
        const { p, y, weights } = columns(apart);
        const curve = reliabilityCurve(p, y, { strategy: "isotonic", closed, weights });
        const fitted = fitIsotonic(p, y, { weights }).predict(p);
        const values = [...new Set(fitted.filter((_, i) => weights[i]! > 0))].sort((a, b) => a - b);
        expect(Array.from(curve.observed)).toEqual(values);
        const countOf = (value: number) =>
          weights.reduce((sum, w, i) => (fitted[i] === value ? sum + w : sum), 0);
        expect(Array.from(curve.counts)).toEqual(values.map(countOf));
      }),
      { seed: 2021, numRuns: 500 },
    );
  });

  test("gives rows their weight", () => {
    const p = [0.1, 0.3, 0.3, 0.9];
    const y = [0, 1, 0, 1];
    const weighted = reliabilityCurve(p, y, { bins: 2, weights: [2, 1, 3, 0] });
    const repeated = reliabilityCurve([0.1, 0.1, 0.3, 0.3, 0.3, 0.3], [0, 0, 1, 0, 0, 0], { bins: 2 });
    expect(Array.from(weighted.counts)).toEqual([6]);
    expectClose(weighted.predicted, repeated.predicted, { rel: 1e-15, abs: 0 });
    expectClose(weighted.observed, repeated.observed, { rel: 1e-15, abs: 0 });
  });

  test("names the bins that are left", () => {
    const { bins, counts } = reliabilityCurve([0, 0.25, 0.26, 1], [0, 0, 1, 1], { bins: 4 });
    expect(Array.from(bins)).toEqual([0, 1, 3]);
    expect(Array.from(counts)).toEqual([2, 1, 1]);
  });

  test("has ten uniform bins, closed on the right, unless told", () => {
    const p = [0.5, 0.1];
    const told = reliabilityCurve(p, [1, 0], { bins: 10, strategy: "uniform", closed: "right" });
    expect(reliabilityCurve(p, [1, 0])).toEqual(told);
  });

  test("has no more bins of equal mass than rows", () => {
    const { edges, counts } = reliabilityCurve([0.5, 0.25, 1], [0, 0, 1], { strategy: "equal-mass" });
    expect(Array.from(edges)).toEqual([0, 0.375, 0.75, 1]);
    expect(Array.from(counts)).toEqual([1, 1, 1]);
  });

  test("takes labels of -1 and 1, and booleans", () => {
    const p = [0.2, 0.8, 0.9];
    const want = reliabilityCurve(p, [0, 1, 0]);
    expect(reliabilityCurve(p, [-1, 1, -1])).toEqual(want);
    expect(reliabilityCurve(p, [false, true, false])).toEqual(want);
  });

  test("leaves its inputs alone", () => {
    const inputs = [
      Float64Array.of(0.7, -0, 0.2),
      Float64Array.of(1, 0, 0),
      Float64Array.of(1, 2, 0),
    ] as const;
    for (const strategy of ["uniform", "quantile", "equal-mass", "isotonic"] as const) {
      reliabilityCurve(inputs[0], inputs[1], { strategy, weights: inputs[2] });
      expect(inputs).toEqual([
        Float64Array.of(0.7, -0, 0.2),
        Float64Array.of(1, 0, 0),
        Float64Array.of(1, 2, 0),
      ]);
    }
  });

  const curve = (options: object) => () => reliabilityCurve([0.5], [1], options as ReliabilityCurveOptions);
  const refused: [name: string, run: () => unknown, message: string][] = [
    ["no rows", () => reliabilityCurve([], []), "probabilities must not be empty, got length 0"],
    [
      "a probability above 1",
      () => reliabilityCurve([0.5, 1.5], [0, 1]),
      "probabilities must lie in [0, 1], got 1.5 at index 1",
    ],
    ["half a bin", curve({ bins: 0.5 }), "bins must be an integer of at least 1, got 0.5"],
    [
      "another strategy",
      curve({ strategy: "kmeans" }),
      'strategy must be "uniform" or "quantile" or "equal-mass" or "isotonic", got "kmeans"',
    ],
    ["another side", curve({ closed: "both" }), 'closed must be "right" or "left", got "both"'],
    [
      "a number of isotonic bins",
      curve({ strategy: "isotonic", bins: 10 }),
      'bins must be left out if strategy is "isotonic", got 10',
    ],
    ["a negative weight", curve({ weights: [-1] }), "weights must not be negative, got -1 at index 0"],
    [
      "too many labels",
      () => reliabilityCurve([0.5], [1, 0]),
      "labels must have the length of probabilities (1), got 2",
    ],
  ];
  test.each(refused)("refuses %s", (_, run, message) =>
    expect(run).toThrow(new RangeError(`reliabilityCurve: ${message}`)),
  );
});

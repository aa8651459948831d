import { describe, expect, test } from "vitest";
import { expectClose, readGolden } from "../golden/read-golden.ts";
import { expectedCalibrationError } from "./expected-calibration-error.ts";
import { maximumCalibrationError } from "./maximum-calibration-error.ts";
import { reliabilityCurve } from "./reliability-curve.ts";

interface Curve {
  edges: number[];
  prob_true: number[];
  prob_pred: number[];
  count: number[];
  ece: number;
  mce: number;
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

describe("reliabilityCurve equals scikit-learn's calibration_curve", () => {
  test.each(cases)("$name", ({ p, y, strategy, bins, want }) => {
    const curve = reliabilityCurve(p, y, { strategy, bins });
    const tolerance = { rel: 1e-12, abs: 1e-14 };
    expect(Array.from(curve.edges)).toEqual(want.edges);
    expect(Array.from(curve.counts)).toEqual(want.count);
    expectClose(curve.observed, want.prob_true, tolerance);
    expectClose(curve.predicted, want.prob_pred, tolerance);
    expectClose([expectedCalibrationError(curve)], [want.ece], tolerance);
    expectClose([maximumCalibrationError(curve)], [want.mce], tolerance);
  });
});

describe("reliabilityCurve", () => {
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

  test("has ten uniform bins unless told", () => {
    expect(reliabilityCurve([0.5], [1]).edges).toEqual(reliabilityCurve([0.5], [1], { bins: 10 }).edges);
  });

  test("takes labels of -1 and 1, and booleans", () => {
    const p = [0.2, 0.8, 0.9];
    const want = reliabilityCurve(p, [0, 1, 0]);
    expect(reliabilityCurve(p, [-1, 1, -1])).toEqual(want);
    expect(reliabilityCurve(p, [false, true, false])).toEqual(want);
  });

  const refused: [name: string, run: () => unknown, message: string][] = [
    [
      "a probability above 1",
      () => reliabilityCurve([0.5, 1.5], [0, 1]),
      "reliabilityCurve: probabilities must lie in [0, 1], got 1.5 at index 1",
    ],
    [
      "half a bin",
      () => reliabilityCurve([0.5], [1], { bins: 0.5 }),
      "reliabilityCurve: bins must be an integer of at least 1, got 0.5",
    ],
    [
      "another strategy",
      () => reliabilityCurve([0.5], [1], { strategy: "isotonic" as "uniform" }),
      'reliabilityCurve: strategy must be "uniform" or "quantile", got "isotonic"',
    ],
    [
      "too many labels",
      () => reliabilityCurve([0.5], [1, 0]),
      "reliabilityCurve: labels must have the length of probabilities (1), got 2",
    ],
  ];
  test.each(refused)("refuses %s", (_, run, message) => expect(run).toThrow(new RangeError(message)));
});

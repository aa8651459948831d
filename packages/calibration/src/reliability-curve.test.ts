import { describe, expect, test } from "vitest";
import { expectedCalibrationError } from "./expected-calibration-error.ts";
import { expectClose, readGolden } from "./golden/read-golden.ts";
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

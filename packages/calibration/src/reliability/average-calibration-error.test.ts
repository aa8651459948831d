import { expect, test } from "vitest";
import { expectClose } from "../golden/read-golden.ts";
import { METRICS_TOLERANCE, readCurves } from "../golden/read-metrics.ts";
import { averageCalibrationError } from "./average-calibration-error.ts";
import { reliabilityCurve } from "./reliability-curve.ts";

test.each(readCurves())("averageCalibrationError: $name", ({ p, y, options, want }) => {
  const got = averageCalibrationError(reliabilityCurve(p, y, options));
  expectClose([got], [want.ace], METRICS_TOLERANCE);
});

test("averageCalibrationError does not see how many rows a bin has", () => {
  const { predicted, observed, ...rest } = reliabilityCurve([0.25, 0.25, 0.25, 1], [0, 0, 0, 0], { bins: 2 });
  expect(averageCalibrationError({ predicted, observed, ...rest })).toBe((0.25 + 1) / 2);
});

import { test } from "vitest";
import { expectClose } from "../golden/read-golden.ts";
import { METRICS_TOLERANCE, readCurves, readMetrics } from "../golden/read-metrics.ts";
import { reliabilityCurve } from "./reliability-curve.ts";
import { rootMeanSquaredCalibrationError } from "./root-mean-squared-calibration-error.ts";

test.each(readCurves())("rootMeanSquaredCalibrationError: $name", ({ p, y, options, want }) => {
  const got = rootMeanSquaredCalibrationError(reliabilityCurve(p, y, options));
  expectClose([got], [want.rmsce], METRICS_TOLERANCE);
});

test.each(readMetrics())("rootMeanSquaredCalibrationError: $name, equal masses", ({ p, y, expected }) => {
  const got = rootMeanSquaredCalibrationError(reliabilityCurve(p, y, { strategy: "equal-mass", bins: 15 }));
  expectClose([got], [expected.equal_mass_15.l2], METRICS_TOLERANCE);
});

import { expect, test } from "vitest";
import { expectClose } from "../golden/read-golden.ts";
import { METRICS_TOLERANCE, readMetrics } from "../golden/read-metrics.ts";
import { debiasedCalibrationError } from "./debiased-calibration-error.ts";
import { reliabilityCurve } from "./reliability-curve.ts";
import { rootMeanSquaredCalibrationError } from "./root-mean-squared-calibration-error.ts";

test.each(readMetrics())("debiasedCalibrationError: $name", ({ p, y, expected }) => {
  const got = debiasedCalibrationError(reliabilityCurve(p, y, { strategy: "equal-mass", bins: 15 }));
  expectClose([got], [expected.equal_mass_15.l2_debiased], METRICS_TOLERANCE);
});

test("debiasedCalibrationError has, squared, the true squared error for its mean", () => {
  // n rows of probability 1 that come true with chance c: whatever comes, nothing falls below 0 and is floored.
  const n = 12;
  const c = 0.3;
  let chance = (1 - c) ** n;
  let mean = 0;
  let plain = 0;
  for (let positives = 0; positives <= n; positives++) {
    const labels = Array.from({ length: n }, (_, i) => i < positives);
    const curve = reliabilityCurve(new Float64Array(n).fill(1), labels);
    mean += chance * debiasedCalibrationError(curve) ** 2;
    plain += chance * rootMeanSquaredCalibrationError(curve) ** 2;
    chance *= ((n - positives) / (positives + 1)) * (c / (1 - c));
  }
  expect(mean).toBeCloseTo((1 - c) ** 2, 13);
  expect(plain).toBeCloseTo((1 - c) ** 2 + (c * (1 - c)) / n, 13);
});

test("debiasedCalibrationError takes weights for repetitions", () => {
  const weighted = reliabilityCurve([0.9, 0.9], [0, 1], { weights: [3, 1] });
  const repeated = reliabilityCurve([0.9, 0.9, 0.9, 0.9], [0, 0, 0, 1]);
  expect(debiasedCalibrationError(weighted)).toBe(debiasedCalibrationError(repeated));
});

test("debiasedCalibrationError lets a bin of one row add nothing but its count", () => {
  const curve = reliabilityCurve([0.1, 0.9, 0.9, 0.9], [1, 0, 0, 0], { bins: 2 });
  expect(debiasedCalibrationError(curve)).toBeCloseTo(Math.sqrt((3 / 4) * 0.81), 14);
});

test("debiasedCalibrationError refuses curves without counts, or with too small ones", () => {
  expect(() => debiasedCalibrationError(reliabilityCurve([0.1, 0.9], [0, 1], { weights: [2, 0.5] }))).toThrow(
    new RangeError("debiasedCalibrationError: curve must count whole rows, got a count of 0.5 at index 1"),
  );
  expect(() => debiasedCalibrationError(reliabilityCurve([0.1, 0.9], [0, 1]))).toThrow(
    new RangeError("debiasedCalibrationError: curve must have a bin of at least 2 rows, got at most 1"),
  );
});

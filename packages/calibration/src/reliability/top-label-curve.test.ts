import fc from "fast-check";
import { expect, test } from "vitest";
import { expectClose } from "../golden/read-golden.ts";
import { METRICS_TOLERANCE, readMetrics } from "../golden/read-metrics.ts";
import { expectedCalibrationError } from "./expected-calibration-error.ts";
import { topLabelCurve } from "./top-label-curve.ts";

test.each(readMetrics())("topLabelCurve gives the ECE of Guo et al.: $name", ({ p, y, expected }) => {
  const got = expectedCalibrationError(topLabelCurve(p, y));
  expectClose([got], [expected.top_label_ece_15], METRICS_TOLERANCE);
});

test("topLabelCurve does not care which class is called 1", () => {
  const row = fc.record({
    // On a grid where 1 − p is exact; at ½ the label predicted is 0 either way.
    p: fc.integer({ min: 0, max: 64 }).filter((k) => k !== 32),
    y: fc.boolean(),
    w: fc.integer({ min: 1, max: 3 }),
  });
  fc.assert(
    fc.property(
      fc.array(row, { minLength: 1 }),
      fc.constantFrom("uniform" as const, "isotonic" as const),
      (data, strategy) => {
        const options = { strategy, weights: data.map(({ w }) => w) };
        const p = data.map((row) => row.p / 64);
        const y = data.map((row) => row.y);
        const curve = topLabelCurve(p, y, options);
        const mirrored = topLabelCurve(
          p.map((value) => 1 - value),
          y.map((label) => !label),
          options,
        );
        expect(curve).toEqual(mirrored);
      },
    ),
    { seed: 2017, numRuns: 300 },
  );
});

test("topLabelCurve predicts 0 at ½", () => {
  expect(Array.from(topLabelCurve([0.5, 0.5, 0.5], [0, 0, 1]).observed)).toEqual([2 / 3]);
});

test("topLabelCurve refuses under its own name", () => {
  expect(() => topLabelCurve([2], [1])).toThrow(
    new RangeError("topLabelCurve: probabilities must lie in [0, 1], got 2 at index 0"),
  );
  expect(() => topLabelCurve([0.5], [1], { bins: 0 })).toThrow(
    new RangeError("topLabelCurve: bins must be an integer of at least 1, got 0"),
  );
});

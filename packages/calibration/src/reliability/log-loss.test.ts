import { expect, test } from "vitest";
import { expectClose } from "../golden/read-golden.ts";
import { METRICS_TOLERANCE, readMetrics } from "../golden/read-metrics.ts";
import { logLoss } from "./log-loss.ts";

test.each(readMetrics())("logLoss: $name", ({ p, y, expected }) => {
  expectClose([logLoss(p, y)], [expected.log_loss_unclipped], METRICS_TOLERANCE);
  expectClose([logLoss(p, y, { clip: Number.EPSILON })], [expected.log_loss_clip_eps], METRICS_TOLERANCE);
});

test("logLoss is exactly 0 for certainty that was right, and sees probabilities that hardly differ from 0", () => {
  expect(logLoss([0, 1], [0, 1])).toBe(0);
  expect(logLoss([1e-300], [1])).toBeCloseTo(300 * Math.LN10, 11);
  expect(logLoss([1e-20], [0])).toBe(1e-20);
});

test("logLoss leaves rows of weight 0 out, whatever they cost", () => {
  expect(logLoss([0.5, 1], [1, 0], { weights: [2, 0] })).toBe(Math.LN2);
  expect(logLoss([0.25, 0.5], [1, 1], { weights: [1, 2] })).toBeCloseTo((4 / 3) * Math.LN2, 14);
});

test.each([
  [-0.1, "-0.1"],
  [0.5, "0.5"],
  [Number.NaN, "NaN"],
  ["0.1", '"0.1"'],
])("logLoss refuses to clip at %j", (clip, shown) => {
  expect(() => logLoss([0.5], [1], { clip: clip as number })).toThrow(
    new RangeError(`logLoss: clip must be a number in [0, 0.5), got ${shown}`),
  );
});

test("logLoss refuses what are not probabilities and labels", () => {
  expect(() => logLoss([], [])).toThrow(
    new RangeError("logLoss: probabilities must not be empty, got length 0"),
  );
  expect(() => logLoss([0.5, Number.NaN], [1, 0])).toThrow(
    new RangeError("logLoss: probabilities must be finite, got NaN at index 1"),
  );
  expect(() => logLoss([0.5], [2])).toThrow(
    new RangeError("logLoss: labels must be all 0 and 1, all -1 and 1, or booleans, got 2 at index 0"),
  );
});

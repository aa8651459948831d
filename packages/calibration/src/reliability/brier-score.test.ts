import { expect, test } from "vitest";
import { expectClose } from "../golden/read-golden.ts";
import { METRICS_TOLERANCE, readMetrics } from "../golden/read-metrics.ts";
import { brierScore } from "./brier-score.ts";

test.each(readMetrics())("brierScore: $name", ({ p, y, expected }) => {
  expectClose([brierScore(p, y)], [expected.brier], METRICS_TOLERANCE);
});

test("brierScore gives rows their weight", () => {
  expect(brierScore([0.5, 0.75, 0], [1, 1, 1], { weights: [1, 3, 0] })).toBe((0.25 + 3 * 0.0625) / 4);
});

test("brierScore refuses what are not probabilities and labels", () => {
  expect(() => brierScore([], [])).toThrow(
    new RangeError("brierScore: probabilities must not be empty, got length 0"),
  );
  expect(() => brierScore([1.5], [1])).toThrow(
    new RangeError("brierScore: probabilities must lie in [0, 1], got 1.5 at index 0"),
  );
  expect(() => brierScore([0.5, 0.5], [1])).toThrow(
    new RangeError("brierScore: labels must have the length of probabilities (2), got 1"),
  );
  expect(() => brierScore([0.5], [1], { weights: [0] })).toThrow(
    new RangeError("brierScore: weights must have a positive finite sum, got 0"),
  );
});

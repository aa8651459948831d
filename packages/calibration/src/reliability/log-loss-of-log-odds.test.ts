import { expect, test } from "vitest";
import { expectClose } from "../golden/read-golden.ts";
import { METRICS_TOLERANCE, readMetrics } from "../golden/read-metrics.ts";
import { logit } from "../numerics/log-odds.ts";
import { logLossOfLogOdds } from "./log-loss-of-log-odds.ts";

test.each(readMetrics())("logLossOfLogOdds: $name", ({ p, y, expected }) => {
  expectClose([logLossOfLogOdds(p.map(logit), y)], [expected.log_loss_unclipped], METRICS_TOLERANCE);
});

test("logLossOfLogOdds never saturates", () => {
  expect(logLossOfLogOdds([1000], [0])).toBe(1000);
  expect(logLossOfLogOdds([-800, 800], [1, 0])).toBe(800);
  expectClose([logLossOfLogOdds([50], [1])], [Math.exp(-50)], { rel: 1e-14, abs: 0 });
});

test("logLossOfLogOdds takes certainty at its word", () => {
  expect(logLossOfLogOdds([Infinity, -Infinity], [1, 0])).toBe(0);
  expect(logLossOfLogOdds([Infinity, 0], [0, 1])).toBe(Infinity);
  expect(logLossOfLogOdds([Infinity, 0], [0, 1], { weights: [0, 1] })).toBe(Math.LN2);
  expect(logLossOfLogOdds(Float32Array.of(-Infinity, 0), [1, 0])).toBe(Infinity);
});

test("logLossOfLogOdds refuses what are not log odds and labels", () => {
  expect(() => logLossOfLogOdds([], [])).toThrow(
    new RangeError("logLossOfLogOdds: logOdds must not be empty, got length 0"),
  );
  expect(() => logLossOfLogOdds([0, Number.NaN], [0, 1])).toThrow(
    new RangeError("logLossOfLogOdds: logOdds must be numbers, finite or not, got NaN at index 1"),
  );
  expect(() => logLossOfLogOdds(["0"] as unknown as number[], [0])).toThrow(
    new TypeError('logLossOfLogOdds: logOdds must be numbers, got "0" at index 0'),
  );
  for (const nothing of [null, undefined, 7, { length: 1.5 }]) {
    expect(() => logLossOfLogOdds(nothing as unknown as number[], [0])).toThrow(
      /^logLossOfLogOdds: logOdds must be an array of numbers, got/,
    );
  }
  expect(() => logLossOfLogOdds([0], [0, 1])).toThrow(
    new RangeError("logLossOfLogOdds: labels must have the length of logOdds (1), got 2"),
  );
});

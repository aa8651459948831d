import { describe, expect, test } from "vitest";
import { logit, sigmoid, softplus } from "./log-odds.ts";

describe("logit and sigmoid", () => {
  test("are each other's inverse, to the last digits at either end", () => {
    for (const logOdds of [-700, -40, -1, 0, 0.5, 30]) {
      expect(logit(sigmoid(logOdds)) / (logOdds || 1)).toBeCloseTo(
        logOdds === 0 ? 0 : 1,
        logOdds > 20 ? 4 : 12,
      );
    }
    for (const p of [1e-300, 0.25, 0.5]) expect(sigmoid(logit(p)) / p).toBeCloseTo(1, 12);
  });

  test("go to the ends", () => {
    expect([logit(0), logit(1), sigmoid(-Infinity), sigmoid(Infinity)]).toEqual([-Infinity, Infinity, 0, 1]);
    expect(logit(1.5)).toBeNaN();
  });
});

test("softplus is ln(1 + exp(x)) everywhere", () => {
  expect(softplus(0)).toBeCloseTo(Math.LN2, 15);
  expect(softplus(1000)).toBe(1000);
  expect(softplus(-40) / Math.exp(-40)).toBeCloseTo(1, 12);
  expect(softplus(-Infinity)).toBe(0);
});

test("softplus never falls, not even by rounding", () => {
  for (const [center, step] of [
    [0, 1e-17],
    [1, 2 ** -52],
    [40, 2 ** -47],
  ] as const) {
    for (let i = -2000; i < 2000; i++) {
      expect(softplus(center + (i + 1) * step)).toBeGreaterThanOrEqual(softplus(center + i * step));
    }
  }
});

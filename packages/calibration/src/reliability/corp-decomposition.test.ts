import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectClose } from "../golden/read-golden.ts";
import { METRICS_TOLERANCE, readMetrics } from "../golden/read-metrics.ts";
import { fitIsotonic } from "../isotonic/fit-isotonic.ts";
import { brierScore } from "./brier-score.ts";
import { corpDecomposition } from "./corp-decomposition.ts";
import { logLoss } from "./log-loss.ts";

describe("corpDecomposition", () => {
  test.each(readMetrics())("$name", ({ p, y, expected }) => {
    for (const [score, want] of [
      ["brier", expected.corp_brier],
      ["log", expected.corp_log],
    ] as const) {
      const { score: mean, miscalibration, discrimination, uncertainty } = corpDecomposition(p, y, { score });
      expectClose(
        [mean, miscalibration, discrimination, uncertainty],
        [want.score, want.miscalibration, want.discrimination, want.uncertainty],
        METRICS_TOLERANCE,
      );
    }
  });

  test("is what refitting and scoring again gives, and adds up", () => {
    const row = fc.record({
      p: fc.integer({ min: 1, max: 19 }).map((k) => k / 20),
      y: fc.integer({ min: 0, max: 1 }),
      w: fc.integer({ min: 0, max: 3 }),
    });
    const rows = fc.array(row, { minLength: 1, maxLength: 40 }).filter((data) => data.some(({ w }) => w > 0));
    fc.assert(
      fc.property(rows, fc.constantFrom("brier" as const, "log" as const), (data, score) => {
        const p = data.map((row) => row.p);
        const y = data.map((row) => row.y);
        const weights = data.map((row) => row.w);
        const mean = score === "brier" ? brierScore : logLoss;
        const total = weights.reduce((sum, w) => sum + w, 0);
        const prevalence = data.reduce((sum, { w, y }) => sum + w * y, 0) / total;
        const whole = mean(p, y, { weights });
        const recalibrated = mean(fitIsotonic(p, y, { weights }).predict(p), y, { weights });
        const unknowing = mean(new Float64Array(p.length).fill(prevalence), y, { weights });
        const got = corpDecomposition(p, y, { score, weights });
        const tolerance = { rel: 0, abs: 1e-14 };
        expectClose([got.miscalibration], [whole - recalibrated], tolerance);
        expectClose([got.discrimination], [unknowing - recalibrated], tolerance);
        expectClose([got.miscalibration - got.discrimination + got.uncertainty], [got.score], tolerance);
        expect(Math.min(got.miscalibration, got.discrimination, got.uncertainty)).toBeGreaterThanOrEqual(0);
      }),
      { seed: 2021, numRuns: 500 },
    );
  });

  test("takes the Brier score apart unless told", () => {
    const p = [0.2, 0.4, 0.6, 0.9];
    expect(corpDecomposition(p, [0, 1, 0, 1])).toEqual(
      corpDecomposition(p, [0, 1, 0, 1], { score: "brier" }),
    );
  });

  test("keeps an infinite log loss in the miscalibration alone", () => {
    const parts = corpDecomposition([0, 0.5, 1, 1], [1, 0, 1, 0], { score: "log" });
    expect(parts).toEqual({
      score: Infinity,
      miscalibration: Infinity,
      discrimination: 0,
      uncertainty: Math.LN2,
    });
  });

  test("refuses another score, and what are not probabilities", () => {
    expect(() => corpDecomposition([0.5], [1], { score: "crps" as "log" })).toThrow(
      new RangeError('corpDecomposition: score must be "brier" or "log", got "crps"'),
    );
    expect(() => corpDecomposition([-1], [1])).toThrow(
      new RangeError("corpDecomposition: probabilities must lie in [0, 1], got -1 at index 0"),
    );
  });
});

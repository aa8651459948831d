import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectClose, readGolden } from "../golden/read-golden.ts";
import { logit, softplus } from "../numerics/log-odds.ts";
import type { BetaCalibrator } from "./beta-calibrator.ts";
import { betaFromJSON } from "./beta-from-json.ts";
import { type BetaFamily, fitBeta } from "./fit-beta.ts";

interface Fit {
  a: number;
  b: number;
  c: number;
  m?: number | null;
  nll: number;
  predict: number[];
}

interface Case {
  name: string;
  kind: string;
  p: number[];
  y: number[];
  w: number[] | null;
  clip_eps: number;
  query: number[];
  expected: {
    abm: Fit & { unconstrained: { a: number; b: number } };
    abm_constrained_mle: Fit;
    am: Fit;
    ab: Fit;
    a: Fit;
  };
}

const cases = readGolden<Case>("beta_temperature.json").filter(({ kind }) => kind === "beta");

/** The log loss of any calibrator, from its log odds. */
function logLoss(calibrator: BetaCalibrator, p: number[], y: number[], w: number[] | null): number {
  return calibrator
    .logOdds(p)
    .reduce((sum, logOdds, i) => sum + (w?.[i] ?? 1) * softplus(y[i] === 1 ? -logOdds : logOdds), 0);
}

function expectFit(golden: Case, family: BetaFamily, want: Fit, monotone = true): void {
  const { p, y, w, clip_eps: clip, query } = golden;
  const got = fitBeta(p, y, { input: "probability", family, clip, monotone, weights: w ?? undefined });
  expectClose([got.a, got.b, got.c], [want.a, want.b, want.c], { rel: 1e-9, abs: 1e-10 });
  expectClose(got.predict(query), want.predict, { rel: 1e-9, abs: 1e-12 });
  expectClose([logLoss(got, p, y, w)], [want.nll], { rel: 1e-12, abs: 0 });
  if (want.m === undefined) return;
  if (got.a < 0 || got.b < 0) {
    // A curve that turns round may cross ½ twice; m is one of the places.
    expect(got.midpoint).toBeUndefined();
    expect(Math.abs(got.logOdds([want.m!])[0]!)).toBeLessThan(1e-9);
    return;
  }
  expectClose([got.midpoint ?? Number.NaN], [want.m ?? Number.NaN], { rel: 1e-9, abs: 1e-12 });
}

describe("fitBeta finds the exact optimum under a ≥ 0 and b ≥ 0", () => {
  test("all cases are here", () => expect(cases.length).toBe(8));

  test.each(cases)("$name: abm", (golden) => {
    const { abm, abm_constrained_mle: optimum } = golden.expected;
    expectFit(golden, "abm", optimum);
    // Where the first fit has one bad sign at most, and the second none, the rule of betacal is the optimum.
    if (abm.a === optimum.a && abm.b === optimum.b) expectFit(golden, "abm", abm);
  });

  test.each(cases)("$name: am and a", (golden) => {
    expectFit(golden, "am", golden.expected.am);
    expectFit(golden, "a", golden.expected.a);
  });

  test.each(cases)("$name: am, ab and a, free in sign", (golden) => {
    for (const family of ["am", "ab", "a"] as const)
      expectFit(golden, family, golden.expected[family], false);
  });

  test.each(cases)("$name: abm, free in sign", (golden) => {
    const { p, y, w, clip_eps: clip, expected } = golden;
    const free = fitBeta(p, y, { input: "probability", clip, monotone: false, weights: w ?? undefined });
    const { a, b } = expected.abm.unconstrained;
    expectClose([free.a, free.b], [a, b], { rel: 1e-8, abs: 1e-9 });
  });

  test.each(cases)("$name: ab", (golden) => {
    const { ab } = golden.expected;
    if (ab.a >= 0 && ab.b >= 0) {
      expectFit(golden, "ab", ab);
      return;
    }
    // The golden fit falls somewhere; ours must not. Its free slope is stationary.
    const { p, y, clip_eps: clip } = golden;
    const got = fitBeta(p, y, { input: "probability", family: "ab", clip });
    expect([got.a, got.b].filter((slope) => slope === 0).length).toBe(1);
    expect(got.midpoint).toBeCloseTo(0.5, 14);
    const loss = logLoss(got, p, y, null);
    expect(loss).toBeGreaterThan(ab.nll);
    for (const factor of [1 - 1e-4, 1 + 1e-4]) {
      const moved = { ...got.toJSON(), a: got.a * factor, b: got.b * factor, c: got.c * factor };
      expect(logLoss(betaFromJSON(moved), p, y, null)).toBeGreaterThan(loss);
    }
  });
});

describe("fitBeta", () => {
  const scores = [0.05, 0.2, 0.3, 0.4, 0.6, 0.7, 0.8, 0.95];
  const labels = [0, 0, 1, 0, 1, 0, 1, 1];
  const input = "probability";

  test("no other curve that never falls is likelier, in any family", () => {
    const rows = fc
      .array(fc.tuple(fc.double({ min: -6, max: 6, noNaN: true }), fc.integer({ min: 0, max: 1 })), {
        minLength: 2,
        maxLength: 40,
      })
      .filter((data) => data.some(([, label]) => label === 0) && data.some(([, label]) => label === 1));
    const move = fc.tuple(
      fc.double({ min: -2, max: 2, noNaN: true }),
      fc.double({ min: -2, max: 2, noNaN: true }),
      fc.double({ min: -2, max: 2, noNaN: true }),
      fc.constantFrom(1e-3, 0.1, 1),
    );
    const families = fc.constantFrom<BetaFamily>("abm", "am", "ab", "a");
    fc.assert(
      fc.property(rows, families, move, (data, family, [da, db, dc, size]) => {
        const x = data.map(([score]) => score);
        const y = data.map(([, label]) => label);
        const { a, b, c } = fitBeta(x, y, { input: "logit", family });
        const single = family === "am" || family === "a";
        const loss = (slopes: { a: number; b: number; c: number }): number => {
          const json = { version: 1, kind: "beta", input: "logit", ...slopes };
          return (
            logLoss(betaFromJSON(json), x, y, null) + 0.5e-11 * (slopes.a ** 2 + (single ? 0 : slopes.b ** 2))
          );
        };
        const otherA = Math.max(0, a + size * da);
        const otherB = single ? otherA : Math.max(0, b + size * db);
        const otherC = family.endsWith("m") ? c + size * dc : (otherA - otherB) * Math.LN2;
        expect(loss({ a, b, c })).toBeLessThanOrEqual(
          loss({ a: otherA, b: otherB, c: otherC }) + 1e-10 * data.length,
        );
      }),
      { seed: 2017, numRuns: 1000 },
    );
  });

  test("finds the right edge where both slopes want to be negative", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(fc.double({ min: -5, max: 5, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })),
          {
            minLength: 30,
            maxLength: 60,
          },
        ),
        (data) => {
          // Scores that are mostly wrong, more so at the low end.
          const x = data.map(([score]) => score);
          const y = data.map(([score, u]) => (u < 1 / (1 + Math.exp(score < 0 ? 2 * score : score)) ? 1 : 0));
          fc.pre(y.includes(0) && y.includes(1));
          const { a, b, c } = fitBeta(x, y, { input: "logit" });
          const gradient = [1e-11 * a, 1e-11 * b, 0];
          x.forEach((score, i) => {
            const eta = -a * softplus(-score) + b * softplus(score) + c;
            const residual = 1 / (1 + Math.exp(-eta)) - y[i]!;
            gradient[0]! -= residual * softplus(-score);
            gradient[1]! += residual * softplus(score);
            gradient[2]! += residual;
          });
          // The conditions of Karush, Kuhn and Tucker: stationary where free, uphill where held.
          expect(Math.abs(gradient[2]!)).toBeLessThan(1e-7);
          [a, b].forEach((slope, k) => {
            if (slope > 0) expect(Math.abs(gradient[k]!)).toBeLessThan(1e-7);
            else expect(gradient[k]!).toBeGreaterThan(-1e-7);
          });
        },
      ),
      { seed: 2018, numRuns: 200 },
    );
  });

  test("takes logits for what their probabilities are", () => {
    const want = fitBeta(scores, labels, { input });
    const got = fitBeta(scores.map(logit), labels, { input: "logit" });
    expectClose([got.a, got.b, got.c], [want.a, want.b, want.c], { rel: 1e-12, abs: 1e-12 });
    expect(got.minLogOdds).toBe(Number.NEGATIVE_INFINITY);
    expect(got.maxLogOdds).toBe(Number.POSITIVE_INFINITY);
    expect(want.logOdds([0, 1])).toEqual(Float64Array.of(want.minLogOdds, want.maxLogOdds));
  });

  test("gives separable classes a steep curve between them", () => {
    for (const family of ["abm", "am", "ab", "a"] as const) {
      const calibrator = fitBeta([0.1, 0.2, 0.4, 0.7, 0.9], [0, 0, 0, 1, 1], { input, family });
      const [low, high] = calibrator.predict([0.4, 0.7]);
      expect(low).toBeLessThan(1e-6);
      expect(high).toBeGreaterThan(1 - 1e-6);
      for (const value of [calibrator.a, calibrator.b, calibrator.c])
        expect(Number.isFinite(value)).toBe(true);
      expect(calibrator.midpoint).toBeGreaterThan(0.4);
      expect(calibrator.midpoint).toBeLessThan(0.7);
    }
  });

  test("predicts the share of positives where scores tell nothing, or the opposite", () => {
    for (const x of [
      [0.3, 0.3, 0.3],
      [0.9, 0.2, 0.1],
    ]) {
      for (const family of ["abm", "am"] as const) {
        const flat = fitBeta(x, [0, 1, 1], { input, family });
        expect([flat.a, flat.b]).toEqual([0, 0]);
        expect(flat.minLogOdds).toBe(flat.maxLogOdds);
        expect(flat.predict([0.5])[0]).toBeCloseTo(2 / 3, 14);
        expect(flat.midpoint).toBeUndefined();
      }
    }
    expect(fitBeta([0.9, 0.2, 0.1], [0, 1, 1], { input, family: "ab" }).predict([0, 0.4, 1])).toEqual(
      Float64Array.of(0.5, 0.5, 0.5),
    );
  });

  test("stays finite for scores that are huge, or hardly differ", () => {
    for (const unit of [1e-310, 1e-150, 1e-8, 1e8, 1e150, 1e308]) {
      for (const family of ["abm", "am", "ab", "a"] as const) {
        const x = [-1.5, -1, 0.2, -0.5, 1, 1.7].map((score) => score * unit);
        const calibrator = fitBeta(x, [0, 1, 0, 0, 1, 1], { input: "logit", family });
        for (const value of [calibrator.a, calibrator.b, calibrator.c])
          expect(Number.isFinite(value)).toBe(true);
        for (const p of calibrator.predict([...x, 0, -1.7e308, 1.7e308])) expect(p >= 0 && p <= 1).toBe(true);
      }
    }
  });

  test("knows the midpoint of every curve", () => {
    const curve = fc.tuple(
      fc.oneof(fc.constant(0), fc.double({ min: 1e-9, max: 20, noNaN: true })),
      fc.oneof(fc.constant(0), fc.double({ min: 1e-9, max: 20, noNaN: true })),
      fc.integer({ min: -3000, max: 3000 }).map((hundredths) => hundredths / 100),
    );
    fc.assert(
      fc.property(curve, ([a, b, c]) => {
        const calibrator = betaFromJSON({ version: 1, kind: "beta", input: "logit", a, b, c });
        const { midpoint, minLogOdds, maxLogOdds } = calibrator;
        expect(midpoint !== undefined).toBe(minLogOdds < 0 && maxLogOdds > 0);
        if (midpoint === undefined || midpoint < 1e-300 || midpoint > 1 - 1e-3) return;
        expect(Math.abs(calibrator.logOdds([logit(midpoint)])[0]!)).toBeLessThan(1e-8);
      }),
      { seed: 2019, numRuns: 500 },
    );
  });

  const refused: [name: string, run: () => unknown, error: Error][] = [
    [
      "no options",
      () => fitBeta(scores, labels, undefined as never),
      new RangeError('fitBeta: input must be "probability" or "logit", got undefined'),
    ],
    [
      "an unknown family",
      () => fitBeta(scores, labels, { input, family: "bm" as "am" }),
      new RangeError('fitBeta: family must be "abm" or "am" or "ab" or "a", got "bm"'),
    ],
    [
      "an unknown course",
      () => fitBeta(scores, labels, { input, monotone: 1 as unknown as boolean }),
      new RangeError("fitBeta: monotone must be true or false, got 1"),
    ],
    [
      "one class",
      () => fitBeta(scores, Array(8).fill(true), { input }),
      new RangeError("fitBeta: labels must contain both classes, got only 1"),
    ],
    [
      "one class by weight",
      () => fitBeta([0.2, 0.3], [0, 1], { input, weights: [1, 0] }),
      new RangeError("fitBeta: labels must contain both classes, got only 0"),
    ],
    [
      "scores that are no probabilities",
      () => fitBeta([0.2, 3], [0, 1], { input }),
      new RangeError("fitBeta: scores must lie in [0, 1], got 3 at index 1"),
    ],
    [
      "infinite logits",
      () => fitBeta([0.2, Number.POSITIVE_INFINITY], [0, 1], { input: "logit" }),
      new RangeError("fitBeta: scores must be finite, got Infinity at index 1"),
    ],
  ];
  test.each(refused)("refuses %s", (_, run, error) => expect(run).toThrow(error));
});

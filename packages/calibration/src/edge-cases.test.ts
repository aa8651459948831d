import { describe, expect, test } from "vitest";
import { fitHistogram } from "./binning/fit-histogram.ts";
import { fitScalingBinning } from "./binning/fit-scaling-binning.ts";
import type { Calibrator } from "./calibrator.ts";
import { averageCalibrators } from "./combining/average-calibrator.ts";
import { fitCentredIsotonic } from "./isotonic/fit-centred-isotonic.ts";
import { fitIsotonic } from "./isotonic/fit-isotonic.ts";
import { clippedTails } from "./isotonic/tails/clipped-tails.ts";
import { pooledTails } from "./isotonic/tails/pooled-tails.ts";
import { smoothedTails } from "./isotonic/tails/smoothed-tails.ts";
import { randomSource } from "./numerics/random-source.ts";
import { fitBeta } from "./parametric/fit-beta.ts";
import { fitLogistic } from "./parametric/fit-logistic.ts";
import { fitPlatt } from "./parametric/fit-platt.ts";
import { fitTemperature } from "./parametric/fit-temperature.ts";
import { fitVennAbers } from "./venn-abers/fit-venn-abers.ts";

type Fit = (scores: number[], labels: number[]) => Calibrator;

interface Method {
  readonly name: string;
  readonly fit: Fit;
  /** Whether separated classes get finite odds. */
  readonly finite: boolean;
  /** What rows of class 1 alone are given; nothing if one class is refused. */
  readonly onOneClass?: (n: number) => number;
}

/** The documented answer of every method to what data should not be like. */
const methods: Method[] = [
  { name: "isotonic", fit: (s, y) => fitIsotonic(s, y), finite: false, onOneClass: () => 1 },
  { name: "centred isotonic", fit: (s, y) => fitCentredIsotonic(s, y), finite: false, onOneClass: () => 1 },
  {
    name: "isotonic, pooled tails",
    fit: (s, y) => fitIsotonic(s, y, { tails: pooledTails() }),
    finite: true,
    onOneClass: (n) => (n + 0.5) / (n + 1),
  },
  {
    name: "isotonic, clipped tails",
    fit: (s, y) => fitIsotonic(s, y, { tails: clippedTails() }),
    finite: true,
    onOneClass: (n) => 1 - 1 / (2 * n),
  },
  {
    name: "isotonic, smoothed tails",
    fit: (s, y) => fitIsotonic(s, y, { tails: smoothedTails({ pseudoCount: 1 }) }),
    finite: true,
    onOneClass: (n) => (n + 1) / (n + 2),
  },
  { name: "Platt", fit: (s, y) => fitPlatt(s, y), finite: true, onOneClass: (n) => (n + 1) / (n + 2) },
  {
    name: "Venn-ABERS",
    fit: (s, y) => fitVennAbers(s, y),
    finite: true,
    // At the one score where all rows are: p0 = n/(n + 1), p1 = 1.
    onOneClass: (n) => 1 / (1 - n / (n + 1) + 1),
  },
  { name: "histogram", fit: (s, y) => fitHistogram(s, y), finite: false, onOneClass: () => 1 },
  {
    name: "scaling-binning",
    fit: (s, y) => fitScalingBinning(s, y),
    finite: true,
    onOneClass: (n) => (n + 1) / (n + 2),
  },
  { name: "temperature", fit: (s, y) => fitTemperature(s, y, { input: "logit" }), finite: true },
  { name: "beta", fit: (s, y) => fitBeta(s, y, { input: "logit" }), finite: true },
  { name: "logistic", fit: (s, y) => fitLogistic(s, y, { input: "logit", features: "beta1" }), finite: true },
  {
    name: "average",
    fit: (s, y) => averageCalibrators([fitPlatt(s, y), fitVennAbers(s, y)]),
    finite: true,
  },
];

describe.each(methods)("$name", ({ name, fit, finite, onOneClass }) => {
  test("separates classes that a perfect discriminator separates, and says what odds that warrants", () => {
    const scores = Array.from({ length: 40 }, (_, i) => i - 19.5);
    const calibrator = fit(
      scores,
      scores.map((score) => (score > 0 ? 1 : 0)),
    );
    const [low, high] = calibrator.predict([-15, 15]);
    expect(low).toBeLessThan(0.06);
    expect(high).toBeGreaterThan(0.94);
    for (const logOdds of calibrator.logOdds([-15, 15])) expect(Number.isFinite(logOdds)).toBe(finite);
  });

  test("gives rows of one class their own, or refuses them by name", () => {
    if (onOneClass !== undefined) {
      for (const n of [1, 7]) {
        const calibrator = fit(Array(n).fill(2.5), Array(n).fill(1));
        expect(calibrator.predict([2.5])[0]).toBeCloseTo(onOneClass(n), 14);
        expect(calibrator.logOdds([2.5])[0]).not.toBeNaN();
      }
    } else if (name === "beta" || name === "logistic") {
      expect(() => fit([1, 2, 3], [1, 1, 1])).toThrow(/labels must contain both classes, got only 1$/);
    } else {
      for (const p of fit([1, 2, 3], [1, 1, 1]).predict([1, 2, 3])) expect(p).toBeGreaterThan(0.5);
    }
  });

  test("gives equal scores the share of positives, as far as it smooths nothing", () => {
    const n = 4000;
    const calibrator = fit(
      Array(n).fill(0.25),
      Array.from({ length: n }, (_, i) => (i % 4 === 0 ? 0 : 1)),
    );
    const p = calibrator.predict([0.25])[0]!;
    // Temperature cannot: it moves 0.25 as far as a logit of that size lets it, to the other end of its range.
    if (name === "temperature") expect(p).toBeGreaterThan(0.5);
    else expect(Math.abs(p - 0.75)).toBeLessThan(1e-3);
    expect(Number.isFinite(calibrator.logOdds([-1e6, 0.25, 1e6])[1]!)).toBe(true);
  });

  test("never answers with NaN, however far the scores", () => {
    const scores = [-1e300, -2, 0, 1e-300, 2, 1e300];
    const calibrator = fit(scores, [0, 1, 0, 1, 0, 1]);
    const queries = [-1.7e308, ...scores, 1.7e308];
    for (const p of calibrator.predict(queries)) expect(p >= 0 && p <= 1).toBe(true);
    for (const logOdds of calibrator.logOdds(queries)) expect(logOdds).not.toBeNaN();
  });

  test.each([Number.NaN, Infinity, -Infinity])("refuses the score %s, in fitting and in use", (score) => {
    expect(() => fit([1, 2, score], [0, 1, 1])).toThrow(
      /: scores must be finite, got -?(NaN|Infinity) at index 2$/,
    );
    expect(() => fit([1, 2, 3, 4], [0, 1, 0, 1]).predict([0, score])).toThrow(
      /^predict: scores must be finite, got -?(NaN|Infinity) at index 1$/,
    );
    expect(() => fit([1, 2, 3, 4], [0, 1, 0, 1]).logOdds([score])).toThrow(/must be finite/);
  });

  test("refuses no rows", () => {
    expect(() => fit([], [])).toThrow(/: scores must not be empty, got length 0$/);
  });
});

test("ten million float32 scores are fitted and answered", () => {
  const n = 10_000_000;
  const random = randomSource("test", 1);
  const scores = new Float32Array(n);
  const labels = new Uint8Array(n);
  for (let i = 0; i < n; i++) {
    scores[i] = random();
    labels[i] = random() < scores[i]! ? 1 : 0;
  }
  const calibrator = fitIsotonic(scores, labels, { tails: pooledTails() });
  // The fit's error is of the order n^(-1/3) = .005.
  calibrator.predict([0.1, 0.5, 0.9]).forEach((p, i) => {
    expect(Math.abs(p - [0.1, 0.5, 0.9][i]!)).toBeLessThan(0.03);
  });
  expect(calibrator.predict(scores).length).toBe(n);
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fitIsotonic } from "../isotonic/fit-isotonic.ts";
import { randomInteger, randomSource } from "../numerics/random-source.ts";
import { type ReliabilityBandsOptions, reliabilityBands } from "./reliability-bands.ts";
import { reliabilityCurve } from "./reliability-curve.ts";

/** The smallest count that a binomial stays at or below with at least the given chance. */
function binomialQuantile(n: number, p: number, chance: number): number {
  let term = (1 - p) ** n;
  let sum = term;
  let k = 0;
  for (; sum < chance; k++) {
    term *= ((n - k) / (k + 1)) * (p / (1 - p));
    sum += term;
  }
  return k;
}

function calibratedRows(random: () => number, n: number) {
  const p = Float64Array.from({ length: n }, random);
  return { p, y: p.map((probability) => (random() < probability ? 1 : 0)) };
}

describe("reliabilityBands", () => {
  // One bin of n equal predictions: shares are binomial counts over n. In all cases the cumulative chances of the neighbours
  // of the quantiles are 0.0179 or more away from 0.05 and 0.95: 5 standard errors of 4000 replicates, so with 12
  // quantiles 1 seed in 100,000 fails.
  test.each([
    { n: 23, p: 0.9, positives: 12 },
    { n: 23, p: 0.1, positives: 11 },
    { n: 24, p: 0.1, positives: 14 },
  ])("of one bin are binomial: $n rows of $p, $positives positives", ({ n, p, positives }) => {
    const probabilities = new Float64Array(n).fill(p);
    const labels = probabilities.map((_, i) => (i < positives ? 1 : 0));
    for (const kind of ["consistency", "confidence"] as const) {
      const center = kind === "consistency" ? p : positives / n;
      const bands = reliabilityBands(probabilities, labels, { kind, replicates: 4000, seed: 7, bins: 1 });
      expect(bands.at[0]).toBeCloseTo(p, 14);
      expect(bands.lower[0]).toBeCloseTo(binomialQuantile(n, center, 0.05) / n, 12);
      expect(bands.upper[0]).toBeCloseTo(binomialQuantile(n, center, 0.95) / n, 12);
    }
  });

  test("of consistency hold the curve as often as they say, where the probabilities are right", () => {
    const random = randomSource("test", 2007);
    let inside = 0;
    let points = 0;
    for (let run = 0; run < 300; run++) {
      const { p, y } = calibratedRows(random, 400);
      const options = { kind: "consistency", replicates: 200, seed: random, bins: 5 } as const;
      const { curve, lower, upper } = reliabilityBands(p, y, options);
      inside += curve.observed.filter((share, k) => share >= lower[k]! && share <= upper[k]!).length;
      points += lower.length;
    }
    // Shares are discrete: a long run holds 0.918. 1500 points, nearly independent, have a standard error of 0.0071: 4 of them
    // are left by 1 seed in 16,000.
    expect(Math.abs(inside / points - 0.918)).toBeLessThan(4 * 0.0071);
  });

  test("of confidence hold the truth about as often as they say", () => {
    const random = randomSource("test", 1979);
    let inside = 0;
    let points = 0;
    for (let run = 0; run < 300; run++) {
      const { p, y } = calibratedRows(random, 400);
      const options = { kind: "confidence", replicates: 200, seed: random, bins: 5 } as const;
      const { lower, upper } = reliabilityBands(p, y, options);
      // The true share of a bin is its middle.
      inside += lower.filter((low, k) => low <= 0.1 + 0.2 * k && 0.1 + 0.2 * k <= upper[k]!).length;
      points += lower.length;
    }
    // The percentile bootstrap of 80 rows falls a little short: a long run holds 0.890. Standard error and chance as above, 0.0081.
    expect(Math.abs(inside / points - 0.89)).toBeLessThan(4 * 0.0081);
  });

  test("speak against probabilities that are too bold, and not against right ones", () => {
    // 1000 rows at 0.2 and as many at 0.8. Bands are 0.021 to either side; what is told apart lies 10 standard errors off.
    const p = Float64Array.from({ length: 2000 }, (_, i) => (i < 1000 ? 0.2 : 0.8));
    const labels = (low: number, high: number) =>
      p.map((_, i) => (i % 1000 < (i < 1000 ? low : high) ? 1 : 0));
    for (const strategy of ["uniform", "isotonic"] as const) {
      const options = { kind: "consistency", strategy, seed: 1 } as const;
      const bold = reliabilityBands(p, labels(333, 667), options);
      expect(bold.curve.observed[0]).toBeGreaterThan(bold.upper[0]!);
      expect(bold.curve.observed[1]).toBeLessThan(bold.lower[1]!);
      const right = reliabilityBands(p, labels(200, 800), options);
      for (const k of [0, 1]) {
        expect(right.curve.observed[k]).toBeGreaterThan(right.lower[k]!);
        expect(right.curve.observed[k]).toBeLessThan(right.upper[k]!);
      }
    }
  });

  test("of isotonic curves are what refitting a calibrator to every replicate gives", () => {
    const row = fc.record({
      p: fc.integer({ min: 0, max: 30 }).map((k) => k / 30),
      y: fc.integer({ min: 0, max: 1 }),
      w: fc.integer({ min: 1, max: 3 }),
    });
    const kinds = fc.constantFrom("confidence" as const, "consistency" as const);
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 30 }), kinds, fc.nat(), (data, kind, seed) => {
        const p = data.map((r) => r.p);
        const y = data.map((r) => r.y);
        const weights = data.map((r) => r.w);
        const options = { kind, seed, weights, strategy: "isotonic", replicates: 3, level: 0.5 } as const;
        const { curve, at, lower, upper } = reliabilityBands(p, y, options);
        expect(curve).toEqual(reliabilityCurve(p, y, { strategy: "isotonic", weights }));

        const fitted = fitIsotonic(p, y, { weights });
        expect(at).toEqual(fitted.thresholds);
        const random = randomSource("test", seed);
        const refits = Array.from({ length: 3 }, () => {
          const drawn = p.map((_, i) => (kind === "confidence" ? randomInteger(random, p.length) : i));
          const labels = drawn.map((i) => (kind === "confidence" ? y[i]! : random() < p[i]! ? 1 : 0));
          const refit = fitIsotonic(
            drawn.map((i) => p[i]!),
            labels,
            { weights: drawn.map((i) => weights[i]!) },
          );
          return refit.predict(at);
        });
        // Of three values, the quantiles 0.25 and 0.75 lie halfway between neighbours.
        for (let k = 0; k < at.length; k++) {
          const [low, middle, high] = refits.map((values) => values[k]!).sort((a, b) => a - b);
          expect(lower[k]).toBeCloseTo((low! + middle!) / 2, 12);
          expect(upper[k]).toBeCloseTo((middle! + high!) / 2, 12);
        }
      }),
      { seed: 2021, numRuns: 300 },
    );
  });

  test("are the same bits for the same seed, and leave the inputs alone", () => {
    const { p, y } = calibratedRows(randomSource("test", 1), 50);
    const [pCopy, yCopy] = [p.slice(), y.slice()];
    for (const kind of ["confidence", "consistency"] as const) {
      for (const strategy of ["uniform", "quantile", "equal-mass", "isotonic"] as const) {
        const options = { kind, strategy, replicates: 50 };
        const first = reliabilityBands(p, y, { ...options, seed: 1 });
        expect(reliabilityBands(p, y, { ...options, seed: 1 })).toEqual(first);
        expect(reliabilityBands(p, y, { ...options, seed: randomSource("test", 1) })).toEqual(first);
        expect(reliabilityBands(p, y, { ...options, seed: 2 })).not.toEqual(first);
      }
    }
    expect([p, y]).toEqual([pCopy, yCopy]);
  });

  test("count a row of weight 0 as left out", () => {
    const p = [0.1, 0.3, 0.35, 0.8, 0.9];
    const y = [0, 1, 0, 0, 1];
    for (const kind of ["confidence", "consistency"] as const) {
      for (const strategy of ["uniform", "isotonic"] as const) {
        const options = { kind, strategy, seed: 4, replicates: 20 };
        const without = reliabilityBands(p, y, options);
        const withIt = reliabilityBands([...p, 0.05, 0.85], [...y, 1, 0], {
          ...options,
          weights: [1, 1, 1, 1, 1, 0, 0],
        });
        expect(withIt.at).toEqual(without.at);
        expect(withIt.lower).toEqual(without.lower);
        expect(withIt.upper).toEqual(without.upper);
      }
    }
  });

  test("let a replicate without rows in a bin say nothing there", () => {
    // The only source draws row 0 for ever, so the bin of row 1 is always empty.
    const { at, lower, upper } = reliabilityBands([0.1, 0.9], [0, 1], { kind: "confidence", seed: () => 0 });
    expect(Array.from(at)).toEqual([0.1, 0.9]);
    expect(Array.from(lower)).toEqual([0, Number.NaN]);
    expect(Array.from(upper)).toEqual([0, Number.NaN]);
  });

  test("are 0 and 1 where the probabilities are", () => {
    const { lower, upper } = reliabilityBands([0, 1], [1, 0], { kind: "consistency", seed: 1 });
    expect([Array.from(lower), Array.from(upper)]).toEqual([
      [0, 1],
      [0, 1],
    ]);
  });

  const bands = (options: object) => () =>
    reliabilityBands([0.5], [1], { kind: "confidence", seed: 1, ...options } as ReliabilityBandsOptions);
  const refused: [name: string, run: () => unknown, message: string][] = [
    [
      "a probability below 0",
      () => reliabilityBands([-1], [1], { kind: "confidence", seed: 1 }),
      "probabilities must lie in [0, 1], got -1 at index 0",
    ],
    [
      "another kind",
      bands({ kind: "credible" }),
      'kind must be "confidence" or "consistency", got "credible"',
    ],
    [
      "no seed",
      bands({ seed: undefined }),
      "seed must be a safe integer from 0, or a function, got undefined",
    ],
    ["a level of 1", bands({ level: 1 }), "level must be a number in (0, 1), got 1"],
    ["a level that is none", bands({ level: "0.9" }), 'level must be a number in (0, 1), got "0.9"'],
    ["no replicates", bands({ replicates: 0 }), "replicates must be an integer of at least 1, got 0"],
    ["half a bin", bands({ bins: 0.5 }), "bins must be an integer of at least 1, got 0.5"],
    ["a weight of NaN", bands({ weights: [Number.NaN] }), "weights must be finite, got NaN at index 0"],
  ];
  test.each(refused)("refuse %s", (_, run, message) =>
    expect(run).toThrow(new RangeError(`reliabilityBands: ${message}`)),
  );
});

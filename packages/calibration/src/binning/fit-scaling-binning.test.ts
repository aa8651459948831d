import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FitCalibrator } from "../calibrator.ts";
import { calibratorFromJSON } from "../calibrator-from-json.ts";
import { expectClose } from "../golden/read-golden.ts";
import { fitIsotonic } from "../isotonic/fit-isotonic.ts";
import { randomSource } from "../numerics/random-source.ts";
import { fitPlatt } from "../parametric/fit-platt.ts";
import { fitScalingBinning } from "./fit-scaling-binning.ts";

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
const mean = (values: number[]) => sum(values) / values.length;

/** Labels of scores on (-3, 3) whose log odds are twice the score. */
function draw(n: number, seed: number): { scores: number[]; labels: number[] } {
  const random = randomSource("draw", seed);
  const scores = Array.from({ length: n }, () => 6 * random() - 3);
  return { scores, labels: scores.map((score) => (random() < 1 / (1 + Math.exp(-2 * score)) ? 1 : 0)) };
}

describe("fitScalingBinning", () => {
  test("answers with the mean of the scaling function over bins of equal size", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 1, max: 9 }),
        fc.nat(),
        (bins, size, seed) => {
          const { scores, labels } = draw(bins * size, seed);
          const scaled = fitPlatt(scores, labels).predict(scores);
          const ascending = Array.from(scaled).sort((a, b) => a - b);
          const want = Array.from(scaled, (p) => {
            const bin = Math.floor(ascending.indexOf(p) / size);
            return mean(ascending.slice(bin * size, (bin + 1) * size));
          });
          const calibrator = fitScalingBinning(scores, labels, { bins });
          if (new Set(labels).size === 1) {
            // Platt's curve is flat.
            expectClose(calibrator.values, [want[0]!], { rel: 1e-14, abs: 0 });
            return;
          }
          expectClose(calibrator.predict(scores), want, { rel: 1e-12, abs: 1e-15 });
          const wantLogOdds = want.map((p) => Math.log(p / (1 - p)));
          expectClose(calibrator.logOdds(scores), wantLogOdds, { rel: 1e-9, abs: 1e-12 });
        },
      ),
      { seed: 2019, numRuns: 200 },
    );
  });

  test("hands rows of positive weight to any fit, and weighs its means by them", () => {
    const seen: unknown[] = [];
    const fit: FitCalibrator = (...row) => {
      seen.push(row);
      return fitPlatt(...row);
    };
    const scores = [1, 2, 3, 4, 5];
    const { values, calibrator } = fitScalingBinning(scores, [-1, 1, -1, 1, 1], {
      fit,
      bins: 2,
      weights: [2, 1, 0, 1, 2],
    });
    expect(seen).toEqual([
      [Float64Array.of(1, 2, 4, 5), Float64Array.of(0, 1, 1, 1), { weights: Float64Array.of(2, 1, 1, 2) }],
    ]);
    const [p1, p2, , p4, p5] = calibrator.predict(scores);
    expectClose(values, [(2 * p1! + p2!) / 3, (p4! + 2 * p5!) / 3], { rel: 1e-14, abs: 0 });
    fitScalingBinning(scores, [0, 1, 0, 1, 1], { fit });
    expect(seen[1]).toEqual([
      Float64Array.from(scores),
      Float64Array.of(0, 1, 0, 1, 1),
      { weights: undefined },
    ]);
  });

  test("keeps bins apart, and odds finite, where probabilities all round to 1", () => {
    // Log odds of 40 to 79: every one of these probabilities is 1.
    const steep: FitCalibrator = () =>
      calibratorFromJSON({ version: 1, kind: "platt", input: "unbounded", a: -1, b: 0 });
    const scores = Array.from({ length: 40 }, (_, i) => 40 + i);
    const { values, complements, edges, minLogOdds, maxLogOdds } = fitScalingBinning(
      scores,
      scores.map(() => 1),
      { fit: steep, bins: 2 },
    );
    expect(Array.from(edges)).toEqual([59.5]);
    expect(Array.from(values)).toEqual([1, 1]);
    const tails = (from: number) => mean(scores.slice(from, from + 20).map((score) => Math.exp(-score)));
    expectClose(complements, [tails(0), tails(20)], { rel: 1e-13, abs: 0 });
    expectClose([minLogOdds, maxLogOdds], [-Math.log(tails(0)), -Math.log(tails(20))], {
      rel: 1e-14,
      abs: 0,
    });
  });

  test("has infinite odds only where the function has", () => {
    const scores = [1, 2, 3, 4, 5, 6];
    const labels = [0, 0, 1, 0, 1, 1];
    const calibrator = fitScalingBinning(scores, labels, { fit: fitIsotonic, bins: 3 });
    expect(Array.from(calibrator.values)).toEqual([0, 0.5, 1]);
    expect(Array.from(calibrator.logOdds([0, 3.5, 9]))).toEqual([-Infinity, 0, Infinity]);
    expect(calibrator.edges.every(Number.isFinite)).toBe(true);
    expect(calibrator.edges[0]).toBeLessThan(0);
    const two = fitScalingBinning(scores, labels, { fit: fitIsotonic, bins: 2 });
    expectClose(two.values, [1 / 4, 1], { rel: 1e-15, abs: 0 });
  });

  test("follows a function that falls, and knows one value where the function does", () => {
    const falling = fitScalingBinning([1, 2, 3, 4], [1, 1, 0, 0], { bins: 2 }).predict([1, 4]);
    expect(falling[0]).toBeGreaterThan(falling[1]!);
    const flat = fitScalingBinning([2, 2, 2], [1, 1, 0]);
    expect(flat.edges.length).toBe(0);
    expect(flat.minLogOdds).toBe(flat.maxLogOdds);
    expect(fitScalingBinning([7], [1]).predict([0])[0]).toBeCloseTo(2 / 3, 14);
  });

  test("passes on that the function does not know a score", () => {
    const fit: FitCalibrator = (scores, labels) => fitIsotonic(scores, labels, { outOfBounds: "nan" });
    const calibrator = fitScalingBinning([1, 2, 3, 4], [0, 1, 0, 1], { fit });
    expect(Array.from(calibrator.predict([0, 2.5]))).toEqual([Number.NaN, 0.5]);
    expect(calibrator.logOdds([5])[0]).toBeNaN();
  });
});

describe("fitScalingBinning with a split", () => {
  test("fits on one third, cuts on another, averages on the last, each with its share of either class", () => {
    const { scores, labels } = draw(300, 5);
    const positives = sum(labels);
    let fitted: number[] = [];
    let positivesFitted = 0;
    const fit: FitCalibrator = (s, y, options) => {
      fitted = Array.from(s);
      positivesFitted = sum(Array.from(y));
      return fitPlatt(s, y, options);
    };
    const { calibrator, values, edges } = fitScalingBinning(scores, labels, {
      fit,
      split: { seed: 1 },
      bins: 5,
    });
    expect(fitted.length).toBe(100);
    expect(Math.abs(positivesFitted - positives / 3)).toBeLessThan(1);
    // Which rows cut and which were averaged is told by the bins: the 100 that cut are 20 to a bin.
    const rest = scores.filter((score) => !fitted.includes(score));
    expect(rest.length).toBe(200);
    const inBin = (bin: number) =>
      rest.filter((score) => {
        const [logOdds] = calibrator.logOdds([score]);
        return logOdds! > (edges[bin - 1] ?? -Infinity) && logOdds! <= (edges[bin] ?? Infinity);
      });
    for (let bin = 0; bin < 5; bin++) {
      const p = Array.from(calibrator.predict(inBin(bin)));
      expect(p.length).toBeGreaterThanOrEqual(20);
      expect(values[bin]! > Math.min(...p) && values[bin]! < Math.max(...p)).toBe(true);
      expect(values[bin]).not.toBeCloseTo(mean(p), 12);
    }
  });

  test("gives the same bits for the same seed, others for another, and takes a source", () => {
    const { scores, labels } = draw(60, 6);
    const fit = (seed: number | (() => number)) => fitScalingBinning(scores, labels, { split: { seed } });
    expect(fit(3)).toEqual(fit(3));
    expect(fit(3)).not.toEqual(fit(4));
    expect(fit(randomSource("test", 3))).toEqual(fit(3));
  });

  test("falls back on the rows that cut a bin where none is left to average", () => {
    const { scores, labels } = draw(30, 8);
    const { values, complements } = fitScalingBinning(scores, labels, { split: { seed: 2 }, bins: 10 });
    expect(values.length).toBe(10);
    expect(values.every((value, bin) => Math.abs(value + complements[bin]! - 1) < 1e-12)).toBe(true);
    expect(Array.from(values)).toEqual(Array.from(values).sort((a, b) => a - b));
  });

  test("is calibrated: over fits, the mean of labels minus probabilities is 0", () => {
    // Given the scores, a label has a variance of 1/12 on average. So a fit to 100 rows is off by √(1/1200) = 0.029, the mean of 250
    // fresh labels by √(1/3000) = 0.018, and the mean of 40 differences by 0.0054. Beyond 0.024 for 1 seed in 100,000.
    let difference = 0;
    for (let seed = 0; seed < 40; seed++) {
      const { scores, labels } = draw(300, 100 + seed);
      const calibrator = fitScalingBinning(scores, labels, { split: { seed } });
      const fresh = draw(250, 1000 + seed);
      difference += mean(fresh.labels) - mean(Array.from(calibrator.predict(fresh.scores)));
    }
    expect(Math.abs(difference / 40)).toBeLessThan(0.024);
  });

  const scores = [1, 2, 3, 4, 5, 6];
  const labels = [0, 1, 0, 1, 0, 1];
  const refused: [name: string, run: () => unknown, error: Error][] = [
    [
      "a class of two rows",
      () => fitScalingBinning(scores, [0, 0, 0, 0, 1, 1], { split: { seed: 1 } }),
      new RangeError(
        "fitScalingBinning: labels must hold at least 3 rows of each class for split, got 2 of one",
      ),
    ],
    [
      "a class of two rows that count",
      () => fitScalingBinning(scores, labels, { split: { seed: 1 }, weights: [0, 1, 1, 1, 1, 1] }),
      new RangeError(
        "fitScalingBinning: labels must hold at least 3 rows of each class for split, got 2 of one",
      ),
    ],
    [
      "no seed",
      () => fitScalingBinning(scores, labels, { split: {} as { seed: number } }),
      new RangeError("fitScalingBinning: seed must be a safe integer from 0, or a function, got undefined"),
    ],
    [
      "a null split",
      () => fitScalingBinning(scores, labels, { split: null as unknown as { seed: number } }),
      new RangeError("fitScalingBinning: seed must be a safe integer from 0, or a function, got undefined"),
    ],
    [
      "half a bin",
      () => fitScalingBinning(scores, labels, { bins: 0.5 }),
      new RangeError("fitScalingBinning: bins must be an integer of at least 1, got 0.5"),
    ],
    [
      "a calibrator for a way to fit one",
      () => fitScalingBinning(scores, labels, { fit: fitPlatt(scores, labels) as unknown as FitCalibrator }),
      new TypeError("fitScalingBinning: fit must be a function, got an object"),
    ],
    [
      "a function that does not know all scores",
      () =>
        fitScalingBinning(scores, labels, {
          fit: (s, y) =>
            fitIsotonic(
              s.map((score) => score + 1),
              y,
              { outOfBounds: "nan" },
            ),
        }),
      new RangeError("fitScalingBinning: fit must give a calibrator of all scores, got NaN at the score 1"),
    ],
    [
      "no scores",
      () => fitScalingBinning([], []),
      new RangeError("fitScalingBinning: scores must not be empty, got length 0"),
    ],
    [
      "too few labels",
      () => fitScalingBinning(scores, [1]),
      new RangeError("fitScalingBinning: labels must have the length of scores (6), got 1"),
    ],
    [
      "no weight",
      () => fitScalingBinning([1], [1], { weights: [0] }),
      new RangeError("fitScalingBinning: weights must have a positive finite sum, got 0"),
    ],
    [
      "queries of NaN, by the name of what was called",
      () => fitScalingBinning(scores, labels).predict([Number.NaN]),
      new RangeError("predict: scores must be finite, got NaN at index 0"),
    ],
  ];
  test.each(refused)("refuses %s", (_, run, error) => expect(run).toThrow(error));
});

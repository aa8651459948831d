import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fitIsotonic } from "../fit-isotonic.ts";
import { pooledTails } from "./pooled-tails.ts";

describe("pooledTails", () => {
  const pooled = (scores: number[], labels: number[], count?: number) =>
    fitIsotonic(scores, labels, { tails: pooledTails({ count }) });
  const ascending = (labels: number[]) => labels.map((_, i) => i);

  test("pools each tail until it has seen both classes, and leaves the middle alone", () => {
    // Blocks: 0 0 0 | 1 0 0 0 | 1 0 | 1 1 0 | 1 1 1
    const labels = [0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 1, 0, 1, 1, 1];
    const exact = fitIsotonic(ascending(labels), labels);
    expect(Array.from(new Set(exact.values))).toEqual([0, 1 / 4, 1 / 2, 2 / 3, 1]);
    const fit = pooled(ascending(labels), labels, 1);
    // Bottom: 7 rows with 1 positive. Top: 6 rows with 5 positives.
    expect(Array.from(fit.values)).toEqual([1.5 / 8, 1.5 / 8, 1 / 2, 1 / 2, 5.5 / 7, 5.5 / 7]);
    expect(Array.from(fit.thresholds)).toEqual([0, 6, 7, 8, 9, 14]);
    expect(fit.maxLogOdds).toBeCloseTo(Math.log(5.5 / 1.5), 14);
    expect(fit.minLogOdds).toBeCloseTo(-Math.log(6.5 / 1.5), 14);
  });

  test("takes a neighbour into a tail whose smoothed value would step over it", () => {
    // Blocks of means 2/3, 10/13 and 4/5: smoothing the top to 4.5/6 = 0.75 steps below 10/13.
    const labels = [...[1, 1, 0], ...Array(10).fill(1), 0, 0, 0, ...[1, 1, 1, 1, 0]];
    const exact = fitIsotonic(ascending(labels), labels);
    expect(Array.from(new Set(exact.values))).toEqual([2 / 3, 10 / 13, 4 / 5]);
    const fit = pooled(ascending(labels), labels, 1);
    expect(Array.from(fit.values)).toEqual([2.5 / 4, 2.5 / 4, 14.5 / 19, 14.5 / 19]);
    expect(Array.from(fit.thresholds)).toEqual([0, 2, 3, 20]);
  });

  test("keeps perfectly separated classes separated", () => {
    const labels = [...Array(30).fill(0), ...Array(20).fill(1)];
    const fit = pooled(ascending(labels), labels);
    expect(Array.from(fit.values)).toEqual([0.5 / 31, 0.5 / 31, 20.5 / 21, 20.5 / 21]);
    expect(Array.from(fit.thresholds)).toEqual([0, 29, 30, 49]);
    expect(fit.maxLogOdds).toBeCloseTo(Math.log(41), 13);
  });

  test("cuts once, at the likeliest place, where the tails meet", () => {
    // Four rows of each class out of place: fewer than a tail needs.
    const labels = [...Array(50).fill(0), ...[1, 1, 1, 1, 0, 0, 0, 0], ...Array(40).fill(1)];
    const fit = pooled(ascending(labels), labels);
    const likelihood = (cut: number) =>
      [labels.slice(0, cut), labels.slice(cut)].reduce((sum, part) => {
        const positives = part.filter((label) => label === 1).length;
        const value = (positives + 0.5) / (part.length + 1);
        return sum + positives * Math.log(value) + (part.length - positives) * Math.log(1 - value);
      }, 0);
    const cut = likelihood(50) >= likelihood(58) ? 50 : 58;
    expect(Array.from(fit.thresholds)).toEqual([0, cut - 1, cut, 97]);
  });

  test("is constant where the scores tell nothing", () => {
    const labels = [1, 1, 1, 0, 0];
    expect(Array.from(pooled(ascending(labels), labels).values)).toEqual([3.5 / 6, 3.5 / 6]);
  });

  test("stays below 1 under weights beyond counting", () => {
    const tails = pooledTails();
    const { maxLogOdds, minLogOdds } = fitIsotonic([0, 1], [0, 1], { tails, weights: [1e300, 1e300] });
    expect(maxLogOdds).toBeLessThan(Infinity);
    expect(minLogOdds).toBeGreaterThan(-Infinity);
  });

  test("never reaches 0 or 1, counts right, and equals the exact fit between the tails", () => {
    const rows = fc.array(
      fc.record({ score: fc.integer({ min: 0, max: 40 }), noise: fc.integer({ min: 0, max: 40 }) }),
      { minLength: 60, maxLength: 200 },
    );
    const labelled = fc
      .tuple(rows, fc.integer({ min: 1, max: 6 }))
      .map(([data, tailCount]) => ({
        scores: data.map(({ score }) => score),
        labels: data.map(({ score, noise }) => (noise < score ? 1 : 0)),
        tailCount,
      }))
      .filter(({ labels }) => labels.includes(0) && labels.includes(1));
    let withMiddle = 0;
    fc.assert(
      fc.property(labelled, ({ scores, labels, tailCount }) => {
        const { values, thresholds } = pooled(scores, labels, tailCount);
        const n = labels.length;
        expect(Array.from(values)).toEqual(Array.from(values).sort((a, b) => a - b));
        expect(values[0]! >= 0.5 / (n + 1) && values.at(-1)! <= (n + 0.5) / (n + 1)).toBe(true);
        const levels = Array.from(new Set(values));
        if (levels.length < 3) return;
        withMiddle++;
        const topStart = thresholds[values.indexOf(values.at(-1)!)]!;
        const bottomEnd = thresholds[values.lastIndexOf(values[0]!)]!;
        const top = labels.filter((_, i) => scores[i]! >= topStart);
        const bottom = labels.filter((_, i) => scores[i]! <= bottomEnd);
        const count = (part: number[], label: number) => part.filter((other) => other === label).length;
        expect(count(top, 0)).toBeGreaterThanOrEqual(tailCount);
        expect(count(bottom, 1)).toBeGreaterThanOrEqual(tailCount);
        expect(levels.at(-1)).toBe((count(top, 1) + 0.5) / (top.length + 1));
        expect(levels[0]).toBe((count(bottom, 1) + 0.5) / (bottom.length + 1));
        const middle = scores.filter((score) => score > bottomEnd && score < topStart);
        expect(pooled(scores, labels, tailCount).predict(middle)).toEqual(
          fitIsotonic(scores, labels).predict(middle),
        );
      }),
      { seed: 1981, numRuns: 500 },
    );
    expect(withMiddle).toBeGreaterThan(100);
  });

  test("makes one step of one class", () => {
    expect(Array.from(pooled([1, 2, 3], [1, 1, 1]).values)).toEqual([3.5 / 4, 3.5 / 4]);
    expect(Array.from(pooled([1], [0]).values)).toEqual([0.5 / 2]);
  });

  test.each([0, -1, Number.NaN, Infinity, "5"])("refuses a count of %s", (count) => {
    expect(() => pooledTails({ count: count as number })).toThrow(
      /^pooledTails: count must be a positive finite number, got /,
    );
  });
});

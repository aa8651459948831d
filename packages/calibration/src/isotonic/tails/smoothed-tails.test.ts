import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fitIsotonic } from "../fit-isotonic.ts";
import { smoothedTails } from "./smoothed-tails.ts";

describe("smoothedTails", () => {
  test("adds rows of either class to each block", () => {
    // Blocks: 0 0 | 1 0 | 1 0 0 would pool with it, so: 0 0 | 1 0 | 1 1 1
    const labels = [0, 0, 1, 0, 1, 1, 1];
    const fit = (pseudoCount?: number) =>
      fitIsotonic(
        labels.map((_, i) => i),
        labels,
        { tails: smoothedTails({ pseudoCount }) },
      );
    expect(Array.from(fit().values)).toEqual([0.5 / 3, 0.5 / 3, 1.5 / 3, 1.5 / 3, 3.5 / 4, 3.5 / 4]);
    expect(Array.from(fit(2).values)).toEqual([2 / 6, 2 / 6, 3 / 6, 3 / 6, 5 / 7, 5 / 7]);
    expect(Array.from(fit().thresholds)).toEqual([0, 1, 2, 3, 4, 6]);
  });

  test("makes one block of neighbours that smoothing puts out of order", () => {
    // Means 10/13 and 4/5 become 10.5/14 and 4.5/6, which are equal: together 14.5/19.
    const labels = [0, ...Array(10).fill(1), 0, 0, 0, ...[1, 1, 1, 1, 0]];
    const fit = fitIsotonic(
      labels.map((_, i) => i),
      labels,
      { tails: smoothedTails() },
    );
    expect(Array.from(fit.values)).toEqual([0.25, 14.5 / 19, 14.5 / 19]);
    expect(Array.from(fit.thresholds)).toEqual([0, 1, 18]);
  });

  test("rises strictly from block to block, and never reaches 0 or 1", () => {
    const row = fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 1 }));
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 1, maxLength: 60 }),
        fc.double({ min: 0.01, max: 20, noNaN: true }),
        (rows, pseudoCount) => {
          const scores = rows.map(([score]) => score);
          const labels = rows.map(([, label]) => label);
          const { values } = fitIsotonic(scores, labels, { tails: smoothedTails({ pseudoCount }) });
          expect(values).toEqual(values.slice().sort());
          expect(values[0]! > 0 && values.at(-1)! < 1).toBe(true);
          // Blocks partition the rows: the smoothed counts add up to the positives.
          const pooled = Array.from(new Set(values), (value) => {
            const inside = fitIsotonic(scores, labels, { tails: smoothedTails({ pseudoCount }) })
              .predict(scores)
              .reduce((count, p) => count + (p === value ? 1 : 0), 0);
            return value * (inside + 2 * pseudoCount) - pseudoCount;
          });
          const positives = labels.filter((label) => label === 1).length;
          expect(pooled.reduce((sum, count) => sum + count, 0)).toBeCloseTo(positives, 8);
        },
      ),
      { seed: 1981, numRuns: 200 },
    );
  });

  test.each([0, -1, Number.NaN, Infinity, "1"])("refuses a pseudoCount of %s", (pseudoCount) => {
    expect(() => smoothedTails({ pseudoCount: pseudoCount as number })).toThrow(
      /^smoothedTails: pseudoCount must be a positive finite number, got /,
    );
  });
});

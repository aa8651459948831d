import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { randomSource } from "../numerics/random-source.ts";
import { stratifiedFolds } from "./stratified-folds.ts";

describe("stratifiedFolds", () => {
  const labels = fc
    .array(fc.integer({ min: 0, max: 1 }), { minLength: 4, maxLength: 80 })
    .filter((values) => [0, 1].every((label) => values.filter((value) => value === label).length >= 2));

  test("gives every fold its share of either class and of all rows, to within one row", () => {
    fc.assert(
      fc.property(labels, fc.nat(), (values, seed) => {
        const y = Float64Array.from(values);
        const positives = values.filter(Boolean).length;
        const folds = Math.min(5, positives, values.length - positives);
        const foldOf = stratifiedFolds("f", y, folds, randomSource("f", seed));
        for (const label of [0, 1, undefined]) {
          const sizes = Array.from(
            { length: folds },
            (_, fold) =>
              values.filter((value, i) => foldOf[i] === fold && (label === undefined || value === label))
                .length,
          );
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        }
      }),
      { seed: 1974, numRuns: 200 },
    );
  });

  test("deals each row into each fold equally often", () => {
    const y = Float64Array.of(0, 0, 0, 0, 1, 1, 1, 1);
    const random = randomSource("f", 3);
    const runs = 4000;
    const first = new Float64Array(8);
    for (let run = 0; run < runs; run++) {
      stratifiedFolds("f", y, 2, random).forEach((fold, i) => {
        first[i]! += fold === 0 ? 1 : 0;
      });
    }
    // Standard error 32; all eight within 4 of them but for 1 seed in 2,000.
    for (const count of first) expect(Math.abs(count - runs / 2)).toBeLessThan(4 * Math.sqrt(runs / 4));
  });

  test.each([1, 2.5, 4, Number.NaN, "2"])("refuses %s folds of three rows and more", (folds) => {
    expect(() =>
      stratifiedFolds("f", Float64Array.of(0, 0, 0, 0, 1, 1, 1), folds as number, () => 0),
    ).toThrow(/^f: folds must be an integer from 2 to the 3 rows of the rarer class, got /);
  });
});

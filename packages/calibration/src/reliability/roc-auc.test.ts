import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectClose, readGolden } from "../golden/read-golden.ts";
import { rocAuc } from "./roc-auc.ts";

interface Case {
  name: string;
  p: number[];
  y: number[];
  expected: { roc_auc: number };
}

describe("rocAuc", () => {
  test.each(readGolden<Case>("metrics.json"))("$name", ({ p, y, expected }) => {
    if (Number.isNaN(expected.roc_auc)) {
      expect(() => rocAuc(p, y)).toThrow("rocAuc: labels must contain both classes, got only 1");
    } else {
      expectClose([rocAuc(p, y)], [expected.roc_auc], { rel: 1e-14, abs: 0 });
    }
  });

  test("is the share of pairs in order, a tie counting one half", () => {
    const rows = fc
      .array(fc.tuple(fc.integer({ min: -4, max: 4 }), fc.boolean()), { minLength: 2, maxLength: 40 })
      .filter((data) => data.some(([, label]) => label) && data.some(([, label]) => !label));
    fc.assert(
      fc.property(rows, (data) => {
        const scoresOf = (wanted: boolean) =>
          data.filter(([, label]) => label === wanted).map(([score]) => score);
        const pairs = scoresOf(true).flatMap((p) => scoresOf(false).map((q) => (Math.sign(p - q) + 1) / 2));
        const want = pairs.reduce((sum, pair) => sum + pair, 0) / pairs.length;
        const got = rocAuc(
          data.map(([score]) => score),
          data.map(([, label]) => label),
        );
        expect(got).toBe(want);
      }),
      { seed: 1982, numRuns: 300 },
    );
  });

  test("takes whole weights for repetitions, and any others at their ratio", () => {
    const row = fc.record({
      score: fc.integer({ min: -4, max: 4 }),
      label: fc.boolean(),
      weight: fc.integer({ min: 0, max: 4 }),
    });
    const rows = fc
      .array(row, { minLength: 2, maxLength: 30 })
      .filter((data) =>
        [true, false].every((class_) => data.some((r) => r.weight > 0 && r.label === class_)),
      );
    fc.assert(
      fc.property(rows, fc.constantFrom(1, 1e-300, 1e300, 1 / 3), (data, scale) => {
        const scores = data.map(({ score }) => score);
        const labels = data.map(({ label }) => label);
        const repeated = data.flatMap((r) => new Array<typeof r>(r.weight).fill(r));
        const want = rocAuc(
          repeated.map(({ score }) => score),
          repeated.map(({ label }) => label),
        );
        const got = rocAuc(scores, labels, { weights: data.map(({ weight }) => scale * weight) });
        expectClose([got], [want], { rel: 1e-14, abs: 0 });
      }),
      { seed: 1983, numRuns: 300 },
    );
  });

  test("counts a class without weight as absent", () => {
    expect(() => rocAuc([1, 2], [0, 1], { weights: [0, 1] })).toThrow(
      new RangeError("rocAuc: labels must contain both classes, got only 1"),
    );
    expect(() => rocAuc([1, 2], [0, 1], { weights: [1] })).toThrow(
      new RangeError("rocAuc: weights must have the length of scores (2), got 1"),
    );
  });

  test("refuses other labels and scores that are not finite", () => {
    expect(() => rocAuc([1, 2], [1, 3])).toThrow(
      "rocAuc: labels must be all 0 and 1, all -1 and 1, or booleans, got 3 at index 1",
    );
    expect(() => rocAuc([1, Number.NaN], [0, 1])).toThrow(
      "rocAuc: scores must be finite, got NaN at index 1",
    );
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { knotGuide } from "./knot-guide.ts";

describe("knotGuide", () => {
  const knot = fc.oneof(
    fc.double({ min: -1e150, max: 1e150, noNaN: true }),
    fc.integer({ min: -5, max: 5 }),
    fc.double({ min: 1, max: 1 + 1e-13, noNaN: true }),
    fc.double({ min: 0, max: 1e-320, noNaN: true }),
  );
  const knots = fc
    .uniqueArray(knot, { minLength: 2, maxLength: 40, comparator: (a, b) => a + 0 === b + 0 })
    .map((values) => Float64Array.from(values, (value) => value + 0).sort());

  test("finds the last knot that is not above a score", () => {
    fc.assert(
      fc.property(knots, fc.array(knot), (sorted, extra) => {
        const guide = knotGuide(sorted);
        const near = Array.from(sorted, (value) => value * (1 + 2 ** -52));
        for (const score of [...sorted, ...near, ...extra]) {
          if (score < sorted[0]! || score >= sorted.at(-1)!) continue;
          const want = sorted.findLastIndex((value) => value <= score);
          if (guide(score) !== want) expect.fail(`${score} among ${sorted}: want ${want}`);
        }
      }),
      { seed: 1974, numRuns: 2000 },
    );
  });

  test("finds it where one knot is far from all others, and where the span is the smallest there is", () => {
    const crowd = Float64Array.from({ length: 1000 }, (_, i) => i / 1000);
    crowd[999] = 1e300;
    const guide = knotGuide(crowd);
    expect([0, 0.0015, 0.5, 0.9985, 1e299].map((score) => guide(score))).toEqual([0, 1, 500, 998, 998]);
    expect(knotGuide(Float64Array.of(0, 5e-324))(0)).toBe(0);
  });
});

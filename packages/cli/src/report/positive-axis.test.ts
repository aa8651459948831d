import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { positiveAxis } from "./positive-axis.ts";

describe("positiveAxis", () => {
  test("is logarithmic: equal ratios are equal distances", () => {
    const { scale } = positiveAxis({ values: [1, 1000], range: [0, 300] });
    expect(scale(100) - scale(10)).toBeCloseTo(scale(10) - scale(1), 10);
  });

  test("ticks of one or two decades are 1, 2, 5; of many, powers of ten, and never more than fit", () => {
    const labels = (values: number[]) =>
      positiveAxis({ values, range: [0, 300] }).ticks.map(({ label }) => label);
    expect(labels([1, 60])).toEqual(["1", "2", "5", "10", "20", "50"]);
    expect(labels([1, 1e5])).toEqual(["1", "10", "100", "1,000", "10,000", "10⁵"]);
    expect(labels([1e-300, 1e300]).length).toBeLessThanOrEqual(9);
  });

  test("0 and what is below the floor stand on a line of their own", () => {
    const { scale, ticks } = positiveAxis({ values: [0, 1e-9, 0.01, 1], range: [200, 0], floor: 1e-4 });
    expect([scale(0), scale(1e-9)]).toEqual([200, 200]);
    expect(scale(0.01)).toBeLessThan(180);
    expect(ticks[0]).toEqual({ position: 200, label: "< 10⁻⁴" });
    expect(positiveAxis({ values: [0.01, 1], range: [200, 0], floor: 1e-4 }).ticks[0]!.label).not.toContain(
      "<",
    );
  });

  test("no value, one value and infinities have an axis too", () => {
    for (const values of [[], [7], [Infinity, 2], [0]]) {
      const { scale, ticks } = positiveAxis({ values, range: [0, 100], floor: 1e-4, include: 1 });
      expect(ticks.length).toBeGreaterThan(0);
      expect(Number.isFinite(scale(7))).toBe(true);
    }
  });

  test("whatever the values, they lie in the range", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 1e-12, max: 1e12, noNaN: true }), { minLength: 1 }), (values) => {
        const { scale, ticks } = positiveAxis({ values, range: [40, 400] });
        for (const position of [...values.map(scale), ...ticks.map((tick) => tick.position)]) {
          expect(position).toBeGreaterThanOrEqual(40 - 1e-6);
          expect(position).toBeLessThanOrEqual(400 + 1e-6);
        }
      }),
    );
  });
});

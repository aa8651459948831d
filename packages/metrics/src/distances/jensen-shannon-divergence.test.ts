import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededRandom } from "../../test/seeded-random.ts";
import { jensenShannonDivergence } from "./jensen-shannon-divergence.ts";
import { totalVariation } from "./total-variation.ts";

const bin = fc.oneof(fc.constant(0), fc.double({ min: 1e-12, max: 1e12, noNaN: true }));
const pair = fc
  .array(fc.tuple(bin, bin), { minLength: 1, maxLength: 30 })
  .map((bins) => [bins.map(([p]) => p), bins.map(([, q]) => q)] as const)
  .filter(([p, q]) => p.some(Boolean) && q.some(Boolean));

describe("jensenShannonDivergence", () => {
  test("is log 2 for distributions that share no bin", () => {
    expect(jensenShannonDivergence([1, 0], [0, 1])).toBe(Math.LN2);
    expect(jensenShannonDivergence([3, 0, 4, 0], [0, 5, 0, 1])).toBeCloseTo(Math.LN2, 15);
  });

  test("is 0 for equal distributions, in whatever units", () => {
    expect(jensenShannonDivergence([3, 0, 1], [6, 0, 2])).toBe(0);
  });

  test("is the sum written out, with an empty bin on one side", () => {
    // p = (½, ¼, ¼), q = (½, ½, 0), m = (½, ⅜, ⅛)
    const pm = 0.25 * Math.log(2 / 3) + 0.25 * Math.log(2);
    const qm = 0.5 * Math.log(4 / 3);
    expect(jensenShannonDivergence([2, 1, 1], [1, 1, 0])).toBeCloseTo((pm + qm) / 2, 15);
    expect((pm + qm) / 2).toBeCloseTo(0.10788, 5);
  });

  test("of one lost mode in 25 is the sum written out", () => {
    // q uniform on 25, p uniform on 24 of them: m = 49/1200 on the 24, 1/50 on the lost one.
    const pm = Math.log(1 / 24 / (49 / 1200));
    const qm = 0.96 * Math.log(0.04 / (49 / 1200)) + 0.04 * Math.log(2);
    const uniform = new Array(25).fill(1);
    const lost = [0, ...new Array(24).fill(1)];
    expect(jensenShannonDivergence(lost, uniform)).toBeCloseTo((pm + qm) / 2, 15);
  });

  test("of n draws of 25 equal modes is about 24 / (8 n): the floor", () => {
    const random = seededRandom(1);
    const [n, runs] = [10_000, 100];
    const uniform = new Array(25).fill(1);
    let mean = 0;
    for (let run = 0; run < runs; run++) {
      const counts = new Float64Array(25);
      for (let i = 0; i < n; i++) counts[Math.floor(random() * 25)]! += 1;
      mean += jensenShannonDivergence(counts, uniform) / runs;
    }
    // 8 n times the divergence is about χ² with 24 degrees of freedom, of sd √48. Five standard errors: 1 of 1.7 million seeds.
    expect(24 / (8 * n)).toBe(0.0003);
    expect(Math.abs(mean - 0.0003)).toBeLessThan((5 * Math.sqrt(48 / runs)) / (8 * n));
  });

  test("keeps its digits where the distributions almost agree", () => {
    const delta = 1e-6;
    const divergence = jensenShannonDivergence([1 + delta, 1 - delta], [1, 1]);
    expect(divergence / (delta ** 2 / 8)).toBeCloseTo(1, 6);
  });

  test("is symmetric to the last bit, in [0, log 2], and between the bounds by total variation", () => {
    fc.assert(
      fc.property(pair, ([p, q]) => {
        const divergence = jensenShannonDivergence(p, q);
        const distance = totalVariation(p, q);
        expect(divergence).toBe(jensenShannonDivergence(q, p));
        expect(divergence).toBeGreaterThanOrEqual(distance ** 2 / 2 - 1e-15);
        expect(divergence).toBeLessThanOrEqual(Math.LN2 * distance + 1e-15);
      }),
      { seed: 1, numRuns: 1000 },
    );
  });

  test.each([
    [[1, 2], [1], "q must be 2 long, got 1"],
    [[1, -1], [1, 1], "p[1] must not be negative, got -1"],
    [[1, 1], [Number.NaN, 1], "q[0] must not be negative, got NaN"],
    [[0, 0], [1, 1], "the sum of p must be positive and finite, got 0"],
    [[1, 1], [1e308, 1e308], "the sum of q must be positive and finite, got Infinity"],
    [[], [], "the sum of p must be positive and finite, got 0"],
  ])("refuses %j, %j", (p, q, reason) => {
    expect(() => jensenShannonDivergence(p, q)).toThrow(new RangeError(`jensenShannonDivergence: ${reason}`));
  });
});

import { normal, randomStream } from "@mhgan/mcmc";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { histogramBins } from "./histogram-bins.ts";

describe("histogramBins", () => {
  test("bins are equal and have round edges", () => {
    const { edges } = histogramBins([[0.03, 0.98, 0.5, 0.2, 0.71]]);
    expect(edges.slice(0, 3)).toEqual([0, 0.1, 0.2]);
    expect(edges.at(-1)).toBe(1);
  });

  test("a value belongs to the bin it lies in, a right edge to the next, and the last edge to the last bin", () => {
    const { edges, binOf } = histogramBins([[0, 1]]);
    for (let bin = 0; bin < edges.length - 1; bin++) {
      expect(binOf(edges[bin]!)).toBe(bin);
      expect(binOf((edges[bin]! + edges[bin + 1]!) / 2)).toBe(bin);
    }
    expect(binOf(1)).toBe(edges.length - 2);
    expect([binOf(-0.1), binOf(1.1), binOf(Infinity), binOf(-Infinity)]).toEqual([-1, -1, -1, -1]);
  });

  test("takes between 12 and 48 of them or so, more for more values", () => {
    const random = randomStream(1);
    const sample = (count: number) => Array.from({ length: count }, () => normal(random));
    const [few, many] = [20, 60_000].map((count) => histogramBins([sample(count)]).edges.length - 1);
    expect(few).toBeGreaterThanOrEqual(8);
    expect(few).toBeLessThan(20);
    expect(many).toBeGreaterThan(25);
    expect(many).toBeLessThanOrEqual(60);
  });

  test("one far value does not squeeze the others, but a far group is shown", () => {
    const core = Array.from({ length: 5000 }, (_, i) => i / 5000);
    expect(histogramBins([core, [1e9]]).edges.at(-1)).toBeLessThan(2);
    expect(histogramBins([core, new Array(100).fill(10)]).edges.at(-1)).toBeGreaterThanOrEqual(10);
  });

  test("values that rounding puts just before the first edge are counted", () => {
    const least = 0.55 * -12 + 0.6;
    const { binOf } = histogramBins([[least, 2], new Array(100).fill(least)]);
    expect(binOf(least)).toBe(0);
  });

  test.each([
    [[]],
    [[5]],
    [[0, 0, 0]],
    [[1e300, 1e300]],
    [[Infinity, -Infinity]],
    [[1e-300, 2e-300]],
    [[1e15, 1e15 + 2]],
  ])("%j has bins", (values) => {
    const { edges, binOf } = histogramBins([values]);
    expect(edges.length).toBeGreaterThanOrEqual(2);
    expect(edges.every((edge, i) => Number.isFinite(edge) && (i === 0 || edge > edges[i - 1]!))).toBe(true);
    for (const value of values.filter(Number.isFinite)) expect(binOf(value)).toBeGreaterThanOrEqual(0);
  });

  test("few values of any size all have a bin, and it holds them", () => {
    const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 40 }), (values) => {
        const { edges, binOf } = histogramBins([values]);
        const slack = 1e-5 * (edges[1]! - edges[0]!);
        for (const each of values) {
          const bin = binOf(each);
          // Of forty values none is in the tail of a thousandth.
          expect(bin).toBeGreaterThanOrEqual(0);
          expect(each).toBeGreaterThanOrEqual(edges[bin]! - slack);
          expect(each).toBeLessThanOrEqual(edges[bin + 1]! + slack);
        }
      }),
    );
  });
});

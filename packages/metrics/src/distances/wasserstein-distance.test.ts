import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type WassersteinDistanceOptions, wassersteinDistance } from "./wasserstein-distance.ts";

interface Case extends WassersteinDistanceOptions {
  readonly a: number[];
  readonly b: number[];
  readonly expected: number;
}
const golden: { cases: Case[] } = JSON.parse(
  readFileSync(new URL("../golden/wasserstein.json", import.meta.url), "utf8"),
);

/** The least mean cost over every way to pair two samples of one size. */
function bestPairing(a: readonly number[], b: readonly number[], order: number): number {
  const least = (i: number, rest: readonly number[]): number =>
    i === a.length
      ? 0
      : Math.min(
          ...rest.map(
            (y, j) =>
              Math.abs(a[i]! - y) ** order + least(i + 1, [...rest.slice(0, j), ...rest.slice(j + 1)]),
          ),
        );
  return (least(0, b) / a.length) ** (1 / order);
}

const integer = fc.integer({ min: -9, max: 9 });

describe("wassersteinDistance", () => {
  test.each(golden.cases)("is SciPy's, case %#", ({ a, b, expected, ...weights }) => {
    expect(wassersteinDistance(a, b, weights)).toBeCloseTo(expected, 13);
    expect(wassersteinDistance(b, a, swapped(weights))).toBeCloseTo(expected, 13);
  });

  test("is the cheapest of all pairings, in every order", () => {
    const pairs = fc.array(fc.tuple(integer, integer), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(pairs, fc.constantFrom(1, 1.5, 2, 3), (rows, order) => {
        const [a, b] = [rows.map(([x]) => x), rows.map(([, y]) => y)];
        expect(wassersteinDistance(a, b, { order })).toBeCloseTo(bestPairing(a, b, order), 12);
      }),
      { seed: 1 },
    );
  });

  test("of unequal sizes is that of copies to a common size", () => {
    const sample = fc.array(integer, { minLength: 1, maxLength: 8 });
    const copies = (values: number[], times: number) => values.flatMap((x) => Array(times).fill(x));
    fc.assert(
      fc.property(sample, sample, fc.constantFrom(1, 2, 4), (a, b, order) => {
        const distance = wassersteinDistance(a, b, { order });
        const [manyA, manyB] = [copies(a, b.length).sort(ascending), copies(b, a.length).sort(ascending)];
        const cost = manyA.reduce((sum, x, i) => sum + Math.abs(x - manyB[i]) ** order, 0) / manyA.length;
        expect(distance).toBeCloseTo(cost ** (1 / order), 12);
        expect(wassersteinDistance(b, a, { order })).toBeCloseTo(distance, 14);
      }),
      { seed: 1 },
    );
  });

  test("takes weights as so many copies", () => {
    const sample = fc
      .array(fc.tuple(integer, fc.nat(3)), { minLength: 1, maxLength: 8 })
      .filter((rows) => rows.some(([, weight]) => weight > 0));
    const copies = (rows: [number, number][]) => rows.flatMap(([x, weight]) => Array(weight).fill(x));
    fc.assert(
      fc.property(sample, sample, fc.constantFrom(1, 2), (a, b, order) => {
        const [weightsA, weightsB] = [a.map(([, weight]) => weight / 7), b.map(([, weight]) => weight * 5)];
        const [x, y] = [a.map(([value]) => value), b.map(([value]) => value)];
        const distance = wassersteinDistance(x, y, { order, weightsA, weightsB });
        // A rounding of 1e-16 in the masses is a square of the distance in order 2.
        expect(distance).toBeCloseTo(
          wassersteinDistance(copies(a), copies(b), { order }),
          order === 1 ? 12 : 6,
        );
        expect(wassersteinDistance(x, y, { order, weightsA })).toBeCloseTo(
          wassersteinDistance(copies(a), y, { order }),
          order === 1 ? 12 : 6,
        );
      }),
      { seed: 1 },
    );
  });

  test("of a shift is the shift, exactly, and of two normals √((m₁ − m₂)² + (s₁ − s₂)²) in order 2", () => {
    const x = Float64Array.from({ length: 333 }, (_, i) => (i * 37) % 64);
    const shifted = x.map((value) => value - 5);
    for (const order of [1, 2]) expect(wassersteinDistance(x, shifted, { order })).toBe(5);
    // Any sample and its image under x → 3 + 2 x, of mean 0 and mean square 1: a normal law is not needed.
    const standard = [-1, 1, -1, 1];
    const wide = standard.map((value) => 3 + 2 * value);
    expect(wassersteinDistance(standard, wide, { order: 2 })).toBeCloseTo(Math.sqrt(9 + 1), 14);
  });

  test("leaves its arguments as they are, and takes any array of numbers", () => {
    const a = Float32Array.of(3, 1, 2);
    const b = new Uint8Array([2, 1, 3]);
    expect(wassersteinDistance(a, b)).toBe(0);
    expect(a).toEqual(Float32Array.of(3, 1, 2));
    expect(b).toEqual(new Uint8Array([2, 1, 3]));
  });

  test.each([
    [[], [1], {}, "a must hold at least 1 row and 1 numbers for each row, got 0 numbers"],
    [[1], [], {}, "b must hold at least 1 row and 1 numbers for each row, got 0 numbers"],
    [[1], [Number.NaN], {}, "b[0] must be finite, got NaN"],
    [[1, Infinity], [1], {}, "a[1] must be finite, got Infinity"],
    [[1], [1], { order: 0.5 }, "order must be a finite number from 1, got 0.5"],
    [[1], [1], { order: Infinity }, "order must be a finite number from 1, got Infinity"],
    [[1], [1], { weightsA: [1, 2] }, "weightsA must be 1 long, got 2"],
    [[1], [1, 2], { weightsB: [1, -1] }, "weightsB[1] must not be negative, got -1"],
    [[1], [1], { weightsB: [0] }, "the sum of weightsB must be positive and finite, got 0"],
  ])("refuses %j, %j, %j", (a, b, options, reason) => {
    expect(() => wassersteinDistance(a, b, options)).toThrow(
      new RangeError(`wassersteinDistance: ${reason}`),
    );
  });
});

function ascending(x: number, y: number): number {
  return x - y;
}

function swapped({ weightsA, weightsB }: WassersteinDistanceOptions): WassersteinDistanceOptions {
  return weightsA && weightsB ? { weightsA: weightsB, weightsB: weightsA } : {};
}

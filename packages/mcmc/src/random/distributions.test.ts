import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chiSquareZ } from "../testing/chi-square.ts";
import { kolmogorovSmirnovPValue } from "../testing/kolmogorov-smirnov.ts";
import { chooseIndex } from "./choose-index.ts";
import { exponential } from "./exponential.ts";
import { integer } from "./integer.ts";
import { positiveUniform } from "./positive-uniform.ts";
import { randomStream } from "./random-stream.ts";
import { shuffle } from "./shuffle.ts";

const largest = () => 1 - 2 ** -53;

test("positiveUniform is 1 − u: in (0, 1]", () => {
  expect(positiveUniform(() => 0)).toBe(1);
  expect(positiveUniform(largest)).toBe(2 ** -53);
});

describe("exponential", () => {
  test("has its distribution, from one value each", () => {
    const random = randomStream("exponential");
    const values = Array.from({ length: 50_000 }, () => exponential(random));
    expect(random.position).toBe(50_000);
    // Fixed seed; fails for 1 seed in 1000.
    expect(kolmogorovSmirnovPValue(values, (x) => -Math.expm1(-x))).toBeGreaterThan(0.001);
  });

  test("is exact at both ends", () => {
    expect(exponential(() => 0)).toBe(0);
    expect(exponential(() => 2 ** -53)).toBe(2 ** -53);
    expect(exponential(largest)).toBeCloseTo(53 * Math.LN2, 12);
  });
});

describe("integer", () => {
  test.each([1, 2, 6, 1000])("is uniform below %d", (below) => {
    const random = randomStream("integer").split(below);
    const counts = new Float64Array(below);
    for (let i = 0; i < 100_000; i++) counts[integer(random, below)]!++;
    // Fixed seed; above 5 for about 1 seed in 1000.
    if (below > 1) expect(chiSquareZ(counts, new Float64Array(below).fill(1 / below))).toBeLessThan(5);
    else expect(counts[0]).toBe(100_000);
  });

  test("draws again where the 2^53 values cannot be shared evenly", () => {
    // 2^53 = 3 · 3002399751580330 + 2: the two largest values are refused.
    const values = [1 - 2 ** -53, 1 - 2 ** -52, 1 - 3 * 2 ** -53];
    const random = () => values.shift()!;
    expect(integer(random, 3)).toBe(2);
    expect(values).toEqual([]);
  });

  test("reaches both ends of the largest range", () => {
    const below = Number.MAX_SAFE_INTEGER;
    expect(integer(() => 0, below)).toBe(0);
    expect(integer(() => 1 - 2 ** -52, below)).toBe(below - 1);
  });

  test.each([0, -1, 1.5, Number.NaN, 2 ** 53])("refuses %d", (below) => {
    expect(() => integer(randomStream(1), below)).toThrow("below must be a safe integer from 1");
  });
});

describe("shuffle", () => {
  test("gives each order equally often and leaves the items alone", () => {
    const random = randomStream("shuffle");
    const items = Object.freeze(["a", "b", "c"]);
    const orders = ["abc", "acb", "bac", "bca", "cab", "cba"];
    const counts = new Float64Array(6);
    for (let i = 0; i < 30_000; i++) counts[orders.indexOf(shuffle(random, items).join(""))]!++;
    // Fixed seed; above 5 for about 1 seed in 1000.
    expect(chiSquareZ(counts, new Float64Array(6).fill(1 / 6))).toBeLessThan(5);
  });

  test("keeps every item", () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.nat(), (items, seed) => {
        const numerically = (a: number, b: number) => a - b;
        expect(shuffle(randomStream(seed), items).sort(numerically)).toEqual([...items].sort(numerically));
      }),
      { seed: 1 },
    );
  });
});

describe("chooseIndex", () => {
  test("draws in proportion to the weights, and never a weight of 0", () => {
    const weights = [0, 5, 1, 0, 4, 0];
    const random = randomStream("choose");
    const counts = new Float64Array(6);
    for (let i = 0; i < 50_000; i++) counts[chooseIndex(random, weights)]!++;
    expect([counts[0], counts[3], counts[5]]).toEqual([0, 0, 0]);
    // Fixed seed; above 5 for about 1 seed in 1000.
    expect(chiSquareZ([counts[1]!, counts[2]!, counts[4]!], [0.5, 0.1, 0.4])).toBeLessThan(5);
  });

  test("gives an index that has a weight at both ends of the uniform", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1e300, noNaN: true }), { minLength: 1 }), (weights) => {
        fc.pre(weights.some((weight) => weight > 0) && weights.reduce((a, b) => a + b, 0) < Infinity);
        for (const random of [() => 0, largest])
          expect(weights[chooseIndex(random, weights)]).toBeGreaterThan(0);
      }),
      { seed: 1 },
    );
  });

  test.each([[[]], [[0, 0]], [[1, -1]], [[Number.NaN]], [[Infinity]]])("refuses %j", (weights) => {
    expect(() => chooseIndex(randomStream(1), weights)).toThrow(/^chooseIndex: weights must/);
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededRandom } from "../../test/seeded-random.ts";
import { splitIndices } from "./split-indices.ts";

describe("splitIndices", () => {
  test("gives every row to exactly one part, for any fractions", () => {
    fc.assert(
      fc.property(
        fc.nat(300),
        fc
          .array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 5 })
          .filter((sizes) => sizes.some(Boolean)),
        fc.integer(),
        (count, sizes, seed) => {
          const sum = sizes.reduce((a, b) => a + b);
          const parts = Object.fromEntries(sizes.map((size, i) => [`part ${i}`, size / sum]));
          const split = splitIndices(count, parts, seededRandom(seed));
          expect(Object.keys(split)).toEqual(Object.keys(parts));
          const rows = Object.values(split).flatMap((part) => [...part]);
          expect(rows.sort((a, b) => a - b)).toEqual([...Array(count).keys()]);
          for (const [name, part] of Object.entries(split)) {
            expect(Math.abs(part.length - count * parts[name]!)).toBeLessThanOrEqual(1 + 1e-9);
          }
        },
      ),
      { seed: 1 },
    );
  });

  test("takes whole numbers as sizes", () => {
    const { train, test, rest } = splitIndices(10, { train: 7, test: 3, rest: 0 }, seededRandom(1));
    expect([train.length, test.length, rest.length]).toEqual([7, 3, 0]);
  });

  test("cuts tenths where they are, in spite of their rounding", () => {
    const sizes = Object.values(splitIndices(60_000, { a: 0.7, b: 0.1, c: 0.1, d: 0.1 }, seededRandom(1)));
    expect(sizes.map((part) => part.length)).toEqual([42_000, 6_000, 6_000, 6_000]);
  });

  test("takes { all: 1 } for everything", () => {
    expect(splitIndices(5, { all: 1 }, seededRandom(1)).all.length).toBe(5);
    expect(splitIndices(0, { all: 1 }, seededRandom(1)).all.length).toBe(0);
  });

  test("follows its source alone", () => {
    const split = () => splitIndices(20, { a: 0.5, b: 0.5 }, seededRandom(9));
    expect(split()).toEqual(split());
    expect(split().a).not.toEqual(splitIndices(20, { a: 0.5, b: 0.5 }, seededRandom(10)).a);
  });

  test("deals all 24 orders of 4 rows alike", () => {
    const random = seededRandom(7);
    const counts = new Map<string, number>();
    const n = 24_000;
    for (let i = 0; i < n; i++) {
      const order = splitIndices(4, { all: 4 }, random).all.join();
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    let chiSquare = 0;
    for (const seen of counts.values()) chiSquare += (seen - 1000) ** 2 / 1000;
    // 23 degrees of freedom: P(χ² > 64) = 1e-5, a false alarm in 1 of 100,000 seeds
    expect(chiSquare).toBeLessThan(64);
  });

  test.each([
    [
      10,
      { a: 0.5, b: 0.4 },
      "parts must be whole numbers that sum to 10, or fractions that sum to 1, got the sum 0.9",
    ],
    [
      10,
      { a: 5, b: 4 },
      "parts must be whole numbers that sum to 10, or fractions that sum to 1, got the sum 9",
    ],
    [
      10,
      { a: 9.5, b: 0.5 },
      "parts must be whole numbers that sum to 10, or fractions that sum to 1, got the sum 10",
    ],
    [10, {}, "parts must be whole numbers that sum to 10, or fractions that sum to 1, got the sum 0"],
    [10, { a: 1.5, b: -0.5 }, "parts.b must not be negative, got -0.5"],
    [10, { a: Number.NaN }, "parts.a must not be negative, got NaN"],
    [-1, { a: 1 }, "count must be a safe integer from 0, got -1"],
    [2 ** 32, { a: 1 }, "count must be below 2^32, got 4294967296"],
  ])("refuses %j, %j", (count, parts, reason) => {
    expect(() => splitIndices(count, parts as Record<string, number>, seededRandom(1))).toThrow(
      new RangeError(`splitIndices: ${reason}`),
    );
  });

  test("refuses a missing source", () => {
    expect(() => splitIndices(3, { a: 1 }, undefined as never)).toThrow(TypeError);
  });
});

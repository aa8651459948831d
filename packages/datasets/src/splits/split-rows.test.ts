import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededRandom } from "../../test/seeded-random.ts";
import { shuffledBatches } from "./shuffled-batches.ts";
import { splitRows } from "./split-rows.ts";

/** Rows that hold nothing but their own number, twice. */
function numbered(count: number) {
  return { data: Float64Array.from({ length: 2 * count }, (_, i) => i >> 1), shape: [count, 2] };
}

describe("splitRows", () => {
  test("gives every row to one part, and says which", () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 100 }), fc.integer(), (count, seed) => {
        const parts = splitRows(
          numbered(count),
          { train: 0.6, calibration: 0.3, test: 0.1 },
          seededRandom(seed),
        );
        const all = Object.values(parts).flatMap(({ rows }) => [...rows]);
        expect(all.sort((a, b) => a - b)).toEqual([...Array(count).keys()]);
        for (const { data, shape, rows } of Object.values(parts)) {
          expect(shape).toEqual([rows.length, 2]);
          expect(data).toEqual(Float64Array.from({ length: data.length }, (_, i) => rows[i >> 1]!));
        }
      }),
      { seed: 1 },
    );
  });

  test("refuses what splitIndices refuses, and a shape without rows", () => {
    expect(() => splitRows(numbered(3), { a: 2 }, seededRandom(1))).toThrow(
      "splitIndices: parts must be whole numbers that sum to 3, or fractions that sum to 1, got the sum 2",
    );
    expect(() => splitRows({ data: new Float64Array(1), shape: [] }, { a: 1 }, seededRandom(1))).toThrow(
      "takeRows: shape must be one or more whole numbers from 0, got []",
    );
  });
});

describe("shuffledBatches", () => {
  test("never gives a row of another part: no calibration row is ever trained on", () => {
    const random = seededRandom(5);
    const { train, calibration } = splitRows(numbered(103), { train: 80, calibration: 23 }, random);
    const heldOut = new Set(calibration.rows);
    const seen = new Map<number, number>();
    const batches = shuffledBatches(train, { batchSize: 9, random });
    // Fifty orders of the training rows; the reference implementation of MH-GAN leaks from the second on.
    for (let step = 0; step < 50 * Math.floor(80 / 9); step++) {
      const { data, rows } = batches.next().value;
      // What a batch holds is what it says it holds.
      expect(data).toEqual(Float64Array.from({ length: 18 }, (_, i) => rows[i >> 1]!));
      for (const row of rows) {
        expect(heldOut.has(row)).toBe(false);
        seen.set(row, (seen.get(row) ?? 0) + 1);
      }
    }
    expect(new Set(seen.keys())).toEqual(new Set(train.rows));
    // Every row in 72 of 80 places an order: 45 times in 50 orders, sd 2.1; all within 5 of these but for 1 seed in 20,000.
    for (const count of seen.values()) expect(Math.abs(count - 45)).toBeLessThan(11);
  });

  test("goes through all rows before any comes again", () => {
    const batches = shuffledBatches(numbered(12), { batchSize: 4, random: seededRandom(1) });
    for (let order = 0; order < 3; order++) {
      const rows = [0, 1, 2].flatMap(() => [...batches.next().value.rows]);
      expect(rows.sort((a, b) => a - b)).toEqual([...Array(12).keys()]);
    }
  });

  test("follows its source alone, and gives copies", () => {
    const first = () => shuffledBatches(numbered(9), { batchSize: 3, random: seededRandom(2) }).next().value;
    const batch = first();
    batch.data.fill(0);
    expect(first().data).not.toEqual(batch.data);
    expect(first().rows).toEqual(batch.rows);
  });

  test.each([
    [0, "shuffledBatches: batchSize must be a safe integer from 1, got 0"],
    [1.5, "shuffledBatches: batchSize must be a safe integer from 1, got 1.5"],
    [4, "shuffledBatches: batchSize must be at most the 3 rows there are, got 4"],
  ])("refuses batches of %s", (batchSize, message) => {
    expect(() => shuffledBatches(numbered(3), { batchSize, random: seededRandom(1) })).toThrow(
      new RangeError(message),
    );
  });

  test("refuses a missing source", () => {
    expect(() => shuffledBatches(numbered(3), { batchSize: 1 } as never)).toThrow(TypeError);
  });
});

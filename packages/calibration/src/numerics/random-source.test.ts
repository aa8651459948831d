import { describe, expect, test } from "vitest";
import { randomInteger, randomSource } from "./random-source.ts";

describe("randomSource", () => {
  test("gives the same numbers for the same seed, others for another", () => {
    const first = (seed: number) => Array.from({ length: 4 }, randomSource("f", seed));
    expect(first(7)).toEqual(first(7));
    const seen = new Set([0, 1, 2, 2 ** 32, 2 ** 32 + 1, 2 ** 53 - 1].flatMap(first));
    expect(seen.size).toBe(24);
  });

  test("is uniform: every byte of the leading and of the last bits comes equally often", () => {
    const random = randomSource("f", 3);
    const n = 2 ** 18;
    let inside = true;
    const counts = [new Float64Array(256), new Float64Array(256)];
    for (let i = 0; i < n; i++) {
      const u = random();
      inside &&= u >= 0 && u < 1;
      counts[0]![Math.floor(u * 256)]!++;
      counts[1]![(u * 2 ** 53) % 256]!++;
    }
    expect(inside).toBe(true);
    // Chi-square of 255 degrees of freedom: beyond 347 for 1 seed in 10,000.
    for (const count of counts) {
      expect(count.reduce((sum, seen) => sum + (seen - n / 256) ** 2 / (n / 256), 0)).toBeLessThan(347);
    }
  });

  test("takes the caller's own source", () => {
    expect(randomSource("f", () => 0.25)()).toBe(0.25);
    expect(randomInteger(() => 0.999, 10)).toBe(9);
  });

  test.each([-1, 0.5, 2 ** 53, Number.NaN, "1", undefined])("refuses the seed %s", (seed) => {
    expect(() => randomSource("f", seed)).toThrow(
      /^f: seed must be a safe integer from 0, or a function, got/,
    );
  });
});

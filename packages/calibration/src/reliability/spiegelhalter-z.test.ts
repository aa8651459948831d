import { describe, expect, test } from "vitest";
import { expectClose } from "../golden/read-golden.ts";
import { METRICS_TOLERANCE, readMetrics } from "../golden/read-metrics.ts";
import { randomSource } from "../numerics/random-source.ts";
import { calibrationZ } from "./calibration-z.ts";
import { spiegelhalterZ } from "./spiegelhalter-z.ts";

describe("spiegelhalterZ", () => {
  test.each(readMetrics())("$name", ({ p, y, expected }) => {
    expectClose([spiegelhalterZ(p, y).z], [expected.spiegelhalter_z], METRICS_TOLERANCE);
  });

  test("sees boldness on both sides alike, which calibrationZ cannot", () => {
    // 30 of 100 come true at 0.1, 70 of 100 at 0.9.
    const p = Float64Array.from({ length: 200 }, (_, i) => (i < 100 ? 0.1 : 0.9));
    const y = Float64Array.from({ length: 200 }, (_, i) => (i % 100 < (i < 100 ? 30 : 70) ? 1 : 0));
    expect(calibrationZ(p, y).pValue).toBeCloseTo(1, 12);
    const { z, pValue } = spiegelhalterZ(p, y);
    expect(z).toBeCloseTo((200 * 0.2 * 0.8) / Math.sqrt(200 * 0.64 * 0.09), 12);
    expect(pValue).toBeLessThan(1e-15);
  });

  test("has p values that are uniform where the probabilities are right", () => {
    const random = randomSource("test", 1986);
    const runs = 2000;
    let below = 0;
    for (let run = 0; run < runs; run++) {
      const p = Float64Array.from({ length: 300 }, random);
      const y = p.map((probability) => (random() < probability ? 1 : 0));
      if (spiegelhalterZ(p, y).pValue < 0.1) below++;
    }
    // 200 expected, standard deviation 13.4: beyond 4 of them for 1 seed in 16,000.
    expect(Math.abs(below - 0.1 * runs)).toBeLessThan(4 * Math.sqrt(runs * 0.09));
  });

  test("ends in NaN or infinity where nothing varies", () => {
    expect(spiegelhalterZ([0.5, 0, 1], [1, 0, 1])).toEqual({ z: Number.NaN, pValue: Number.NaN });
    expect(spiegelhalterZ([0.5, 0, 1], [1, 0, 0])).toEqual({ z: Infinity, pValue: 0 });
  });

  test("refuses what are not probabilities and labels", () => {
    expect(() => spiegelhalterZ([], [])).toThrow(
      new RangeError("spiegelhalterZ: probabilities must not be empty, got length 0"),
    );
    expect(() => spiegelhalterZ([0.5, 2], [0, 1])).toThrow(
      new RangeError("spiegelhalterZ: probabilities must lie in [0, 1], got 2 at index 1"),
    );
    expect(() => spiegelhalterZ([0.5], [0.5])).toThrow(RangeError);
  });
});

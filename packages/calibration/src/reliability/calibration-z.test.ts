import { describe, expect, test } from "vitest";
import { expectClose, readGolden } from "../golden/read-golden.ts";
import { calibrationZ } from "./calibration-z.ts";

interface Case {
  name: string;
  p: number[];
  y: number[];
  expected: { z: number; p_two_sided: number };
}

describe("calibrationZ", () => {
  test.each(readGolden<Case>("zstat.json"))("$name", ({ p, y, expected }) => {
    const { z, pValue } = calibrationZ(p, y);
    expectClose([z], [expected.z], { rel: 1e-12, abs: 1e-13 });
    expectClose([pValue], [expected.p_two_sided], { rel: 1e-11, abs: 1e-300 });
  });

  test("has a p value far out in the tail", () => {
    const n = 5000;
    const { z, pValue } = calibrationZ(new Float64Array(n).fill(0.8), new Float64Array(n));
    expect(z).toBeCloseTo(-Math.sqrt(4 * n), 9);
    expect(pValue).toBe(0);
    // The p value of z = -37.4 is still a normal number.
    const less = calibrationZ(new Float64Array(350).fill(0.8), new Float64Array(350));
    expect(less.z).toBeCloseTo(-Math.sqrt(1400), 10);
    expectClose([less.pValue], [2.1010145162642176e-306], { rel: 1e-9, abs: 0 });
  });

  test("refuses what are not probabilities and labels", () => {
    expect(() => calibrationZ([-0.1], [0])).toThrow(
      new RangeError("calibrationZ: probabilities must lie in [0, 1], got -0.1 at index 0"),
    );
    expect(() => calibrationZ([], [])).toThrow(
      new RangeError("calibrationZ: probabilities must not be empty, got length 0"),
    );
    expect(() => calibrationZ([0.5], [0.5])).toThrow(RangeError);
  });
});

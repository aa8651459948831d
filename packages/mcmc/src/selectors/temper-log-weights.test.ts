import { describe, expect, test } from "vitest";
import { temperLogWeights } from "./temper-log-weights.ts";

describe("temperLogWeights", () => {
  test("multiplies the logarithms, in a new array", () => {
    const logWeights = [Math.log(4), 0, Math.log(0.25)];
    expect(Array.from(temperLogWeights(logWeights, 0.5), Math.exp)).toEqual([
      expect.closeTo(2, 12),
      1,
      expect.closeTo(0.5, 12),
    ]);
    const array = Float64Array.of(1, 2);
    expect(temperLogWeights(array, 1)).toEqual(array);
    expect(temperLogWeights(array, 1)).not.toBe(array);
    expect(temperLogWeights([], 2)).toEqual(new Float64Array(0));
  });

  test("leaves infinities, also at exponent 0", () => {
    for (const exponent of [0, 0.5, 1, 3]) {
      const [low, high] = temperLogWeights([-Infinity, Infinity], exponent);
      expect([low, high]).toEqual([-Infinity, Infinity]);
    }
    expect(Array.from(temperLogWeights([5, 3], 0))).toEqual([0, 0]);
  });

  test("refuses NaN by index, and exponents that are no powers of a weight", () => {
    expect(() => temperLogWeights([0, Number.NaN], 1)).toThrow(
      new RangeError("temperLogWeights: logWeights must not be NaN, got NaN at index 1"),
    );
    for (const exponent of [-0.1, Infinity, Number.NaN]) {
      expect(() => temperLogWeights([0], exponent)).toThrow(
        new RangeError(`temperLogWeights: exponent must be a finite number from 0, got ${exponent}`),
      );
    }
  });
});

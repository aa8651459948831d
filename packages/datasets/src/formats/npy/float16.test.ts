import { expect, test } from "vitest";
import { fromFloat16Bits, toFloat16Bits } from "./float16.ts";

const patterns = Uint16Array.from({ length: 2 ** 16 }, (_, pattern) => pattern);
const isNaNPattern = (pattern: number) => (pattern & 0x7fff) > 0x7c00;

test("toFloat16Bits gives back all 65536 patterns, one of them for NaN", () => {
  const back = toFloat16Bits(fromFloat16Bits(patterns));
  expect(back).toEqual(patterns.map((pattern) => (isNaNPattern(pattern) ? 0x7e00 : pattern)));
});

test("fromFloat16Bits rises with the pattern, by steps that the fraction's last bit is worth", () => {
  const numbers = fromFloat16Bits(patterns.subarray(0, 0x7c01));
  expect([numbers[0], numbers[1], numbers[0x3c00], numbers[0x7bff], numbers[0x7c00]]).toEqual([
    0,
    2 ** -24,
    1,
    65504,
    Infinity,
  ]);
  for (let pattern = 1; pattern < 0x7c00; pattern++) {
    const step = 2 ** (Math.max(1, (pattern - 1) >> 10) - 25);
    expect(numbers[pattern]! - numbers[pattern - 1]!).toBe(step);
  }
});

test("toFloat16Bits rounds to the nearest, halfway to the even pattern", () => {
  const numbers = fromFloat16Bits(patterns.subarray(0, 0x7c00));
  const between = (share: number) =>
    toFloat16Bits(
      Float32Array.from({ length: 0x7bff }, (_, i) => numbers[i]! * (1 - share) + numbers[i + 1]! * share),
    );
  const below = patterns.subarray(0, 0x7bff);
  expect(between(0.375)).toEqual(below);
  expect(between(0.5)).toEqual(below.map((pattern) => pattern + (pattern & 1)));
  expect(between(0.625)).toEqual(below.map((pattern) => pattern + 1));
});

import { describe, expect, test } from "vitest";
import { fromHalfBits, toHalfBits } from "./half-precision.ts";

describe("half precision", () => {
  test.each([
    [0x0000, 0],
    [0x8000, -0],
    [0x0001, 2 ** -24],
    [0x03ff, 1023 * 2 ** -24],
    [0x0400, 2 ** -14],
    [0x3555, 0.333251953125],
    [0x3c00, 1],
    [0xc000, -2],
    [0x7bff, 65504],
    [0x7c00, Infinity],
    [0xfc00, -Infinity],
  ])("%i is %f", (bits, value) => {
    expect(fromHalfBits(Uint16Array.of(bits))[0]).toBe(value);
    expect(toHalfBits([value])[0]).toBe(bits);
  });

  test("every half comes back as it was; NaN stays NaN", () => {
    const all = Uint16Array.from({ length: 0x10000 }, (_, i) => i);
    const numbers = all.filter((bits) => (bits & 0x7c00) !== 0x7c00 || (bits & 0x3ff) === 0);
    expect(toHalfBits(fromHalfBits(numbers))).toEqual(numbers);
    expect(fromHalfBits(toHalfBits([Number.NaN]))[0]).toBeNaN();
  });

  test.each([
    [1 + 2 ** -11, 1], // halfway, to the even one below
    [1 + 3 * 2 ** -11, 1 + 2 ** -9], // halfway, to the even one above
    [1 + 2 ** -11 + 2 ** -20, 1 + 2 ** -10],
    [2 - 2 ** -12, 2], // rounds up into the next power
    [2 ** -25, 0],
    [2 ** -25 * 1.001, 2 ** -24],
    [65519, 65504],
    [65520, Infinity],
    [-1e30, -Infinity],
  ])("%f is rounded to the nearest, %f", (value, rounded) => {
    expect(fromHalfBits(toHalfBits([value]))[0]).toBe(rounded);
  });
});

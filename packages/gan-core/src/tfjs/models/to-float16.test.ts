import { expect, test } from "vitest";
import { toFloat16 } from "./to-float16.ts";

/** The value of half-precision bits, by IEEE 754, section 3.4. */
function halfValue(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const [exponent, fraction] = [(bits >>> 10) & 31, bits & 1023];
  if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
}

test("every half comes back to its bits", () => {
  for (let bits = 0; bits < 0x10000; bits++) {
    const value = halfValue(bits);
    if (Number.isNaN(value)) expect(halfValue(toFloat16(value))).toBeNaN();
    else expect(toFloat16(value)).toBe(bits);
  }
});

test("between two halves it gives the nearer, and the even one in the middle", () => {
  for (let bits = 0; bits < 0x7bff; bits += 7) {
    const [below, above] = [halfValue(bits), halfValue(bits + 1)];
    expect(toFloat16((below + above) / 2)).toBe(bits % 2 === 0 ? bits : bits + 1);
    expect(toFloat16(below + 0.49 * (above - below))).toBe(bits);
    expect(toFloat16(-(below + 0.51 * (above - below)))).toBe(0x8000 | (bits + 1));
  }
  expect(toFloat16(65519.99)).toBe(0x7bff);
  expect(toFloat16(65520)).toBe(0x7c00);
});

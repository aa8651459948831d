import { expect, test } from "vitest";
import { formatFixed, formatNumber, formatPercent, formatPower } from "./format-number.ts";

test("numbers have significant digits, groups and a true minus sign", () => {
  expect([0, 1, -1.5, 0.12345, 1234.5, 123_456.7].map((value) => formatNumber(value))).toEqual([
    "0",
    "1",
    "−1.5",
    "0.123",
    "1,235",
    "123,457",
  ]);
});

test("very small, very large and infinite ones stay short", () => {
  expect(formatNumber(1e-7)).toBe("1 × 10⁻⁷");
  expect(formatNumber(-1.234e12)).toBe("−1.23 × 10¹²");
  expect(formatNumber(5e-324)).toBe("4.94 × 10⁻³²⁴");
  expect(formatNumber(Number.MAX_VALUE)).toBe("1.8 × 10³⁰⁸");
  expect(formatNumber(Infinity)).toBe("∞");
  expect(formatNumber(-Infinity)).toBe("−∞");
  expect(formatNumber(Number.NaN)).toBe("not a number");
});

test("fixed decimals and shares", () => {
  expect(formatFixed(-2, 2)).toBe("−2.00");
  expect(formatFixed(-0.001, 2)).toBe("0.00");
  expect(formatFixed(1e300, 1).length).toBeGreaterThan(300);
  expect(formatFixed(-Infinity, 2)).toBe("−∞");
  expect(formatPercent(0.12345)).toBe("12.3 %");
  expect(formatPercent(1, 0)).toBe("100 %");
});

test("powers of ten are plain where they are short", () => {
  expect([1e-6, 0.001, 0.5, 1, 10_000, 1e5].map(formatPower)).toEqual([
    "10⁻⁶",
    "0.001",
    "0.5",
    "1",
    "10,000",
    "10⁵",
  ]);
});

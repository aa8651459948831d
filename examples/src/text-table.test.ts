import { expect, test } from "vitest";
import { short, shortWithError, textTable } from "./text-table.ts";

test("columns line up", () => {
  expect(
    textTable([
      ["", "n"],
      ["long name", "1"],
      ["x", "1234"],
    ]),
  ).toBe("              n\nlong name     1\nx          1234");
});

test("numbers keep three digits, down to four places", () => {
  expect([12345.6, 123.4, 12.34, 1.234, 0.1234, 0.01234, 0.00001, 0].map(short)).toEqual([
    "12346",
    "123",
    "12.3",
    "1.23",
    "0.123",
    "0.0123",
    "0.0000",
    "0.0000",
  ]);
  expect([Infinity, Number.NaN].map(short)).toEqual(["∞", "NaN"]);
  expect(shortWithError({ mean: 0.5, standardError: 0.0123 })).toBe("0.500 ±0.0123");
  expect(shortWithError({ mean: Infinity, standardError: Number.NaN })).toBe("∞");
});

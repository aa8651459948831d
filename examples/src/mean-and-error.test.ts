import { expect, test } from "vitest";
import { meanAndError } from "./mean-and-error.ts";

test("means and their standard errors", () => {
  expect(meanAndError([1, 2, 6])).toEqual({ mean: 3, standardError: Math.sqrt(14 / 2 / 3) });
  expect(meanAndError([1, Infinity])).toEqual({ mean: Infinity, standardError: Number.NaN });
  expect(meanAndError([4])).toEqual({ mean: 4, standardError: Number.NaN });
});

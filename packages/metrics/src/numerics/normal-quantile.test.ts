import { describe, expect, test } from "vitest";
import { normal } from "./normal.ts";
import { normalQuantile } from "./normal-quantile.ts";

// Quantiles found by root search in 60-digit arithmetic (mpmath 1.3.0).
const REFERENCE: readonly (readonly [number, number])[] = [
  [0.975, 1.9599639845400538],
  [0.3, -0.5244005127080408],
  [0.07499, -1.4396021182393162],
  [0.0751, -1.43882539275254],
  [0.925001, 1.4395385353452304],
  [1e-5, -4.264890793922825],
  [1.3887943864964021e-11, -6.657904643501103],
  [1.3e-11, -6.667611456510741],
  [1e-10, -6.361340902404057],
  [1e-100, -21.273453560965326],
  [1e-300, -37.0470962993612],
  [5e-324, -38.467405617144344],
  [0.9999999999999999, 8.209536151601387],
  [0.6, 0.2533471031357997],
];

describe("normalQuantile", () => {
  test.each(REFERENCE)("is exact to 4 in 10^16 at %d", (probability, expected) => {
    expect(Math.abs(normalQuantile(probability) / expected - 1)).toBeLessThan(4e-16);
  });

  test("is antisymmetric, with its exact ends", () => {
    expect(normalQuantile(0.5)).toBe(0);
    expect(normalQuantile(0)).toBe(-Infinity);
    expect(normalQuantile(1)).toBe(Infinity);
    for (let i = 1; i < 32; i++) expect(normalQuantile(i / 64)).toBe(-normalQuantile(1 - i / 64));
  });

  test.each([-1e-9, 1.0000001, Number.NaN])("refuses %d", (probability) => {
    expect(() => normalQuantile(probability)).toThrow(RangeError);
  });
});

test("a normal is finite and not 0 wherever the uniform is", () => {
  expect(normal(() => 0)).toBeCloseTo(-8.29, 2);
  expect(normal(() => 1 - 2 ** -53)).toBe(-normal(() => 0));
  expect(normal(() => 0.5)).toBeGreaterThan(0);
});

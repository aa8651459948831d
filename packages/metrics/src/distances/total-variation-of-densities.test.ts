import { describe, expect, test } from "vitest";
import { totalVariationOfDensities } from "./total-variation-of-densities.ts";

const bell = (mean: number, sd: number) => (x: number) =>
  Math.exp(-0.5 * ((x - mean) / sd) ** 2) / (sd * Math.sqrt(2 * Math.PI));
const mixture = (means: number[], sd: number) => (x: number) =>
  means.reduce((sum, mean) => sum + bell(mean, sd)(x), 0) / means.length;

describe("totalVariationOfDensities", () => {
  test("of two normals a distance of 1 apart is 2 Φ(½) − 1", () => {
    const distance = totalVariationOfDensities(bell(0, 1), bell(1, 1), { from: -9, to: 10 });
    expect(distance).toBeCloseTo(0.38292492254802624, 6);
  });

  test("of triangles is exact where the corners are points, also at a crossing between points", () => {
    const triangle = (x: number) => Math.max(0, 1 - Math.abs(x));
    const later = (x: number) => triangle(x - 1);
    // They cross at ½, height ½: what they share is a triangle of area ¼.
    expect(totalVariationOfDensities(triangle, later, { from: -1, to: 2, points: 3 })).toBeCloseTo(0.75, 15);
    expect(totalVariationOfDensities(triangle, later, { from: -1, to: 2, points: 6 })).toBeCloseTo(0.75, 15);
  });

  test("of the pair of the paper, on the line, is 0.2318", () => {
    const data = mixture([0, 1, 2, 3], 0.25);
    const generator = mixture([0, 1, 2], 0.3125);
    const options = { from: -4, to: 7 };
    const distance = totalVariationOfDensities(data, generator, options);
    expect(distance).toBeCloseTo(0.2318, 4);
    expect(totalVariationOfDensities(generator, data, options)).toBe(distance);
    // An error in the square of the step: a tenth of the points, about a hundred times the error.
    const coarse = totalVariationOfDensities(data, generator, { ...options, points: 1000 });
    expect(Math.abs(coarse - distance)).toBeLessThan(1e-5);
  });

  test("is 0 for equal densities and 1 for those that never meet", () => {
    expect(totalVariationOfDensities(bell(0, 1), bell(0, 1), { from: -9, to: 9 })).toBe(0);
    expect(totalVariationOfDensities(bell(0, 1), bell(40, 1), { from: -9, to: 49 })).toBeCloseTo(1, 12);
  });

  test.each([
    [bell(0, 1), { from: 1, to: 1 }, "from must be below to, both finite, got 1 and 1"],
    [bell(0, 1), { from: -Infinity, to: 1 }, "from must be below to, both finite, got -Infinity and 1"],
    [bell(0, 1), { from: 0, to: 1, points: 0 }, "points must be a safe integer from 1, got 0"],
    [() => -1, { from: 0, to: 1 }, "p(0) must be finite and not negative, got -1"],
    [() => Number.NaN, { from: 0, to: 1 }, "p(0) must be finite and not negative, got NaN"],
    [() => 0.25, { from: 0, to: 2 }, "p must have integral 1 from 0 to 2, got 0.5"],
  ])("refuses %s, %j", (p, options, reason) => {
    const error = new RangeError(`totalVariationOfDensities: ${reason}`);
    expect(() => totalVariationOfDensities(p, () => 0.5, options)).toThrow(error);
  });

  test("refuses a bad second density too", () => {
    const uniform = () => 1;
    const refused = (q: () => number) => () =>
      totalVariationOfDensities(uniform, q, { from: 0, to: 1, points: 4 });
    expect(refused(() => 2)).toThrow(
      new RangeError("totalVariationOfDensities: q must have integral 1 from 0 to 1, got 2"),
    );
    expect(refused(() => Infinity)).toThrow(
      new RangeError("totalVariationOfDensities: q(0) must be finite and not negative, got Infinity"),
    );
  });
});

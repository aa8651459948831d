import { describe, expect, test } from "vitest";
import { seededRandom } from "../../test/seeded-random.ts";
import { checkerboard } from "./checkerboard.ts";
import type { Distribution } from "./distribution.ts";
import { gaussianMixture } from "./gaussian-mixture.ts";
import { ringOfGaussians } from "./ring-of-gaussians.ts";
import { swissRoll } from "./swiss-roll.ts";
import { twentyFiveGaussians } from "./twenty-five-gaussians.ts";
import { twoMoons } from "./two-moons.ts";

/** Every distribution in the plane; all of its points but one in a million lie in [-reach, reach]². */
const plane: { name: string; distribution: Distribution; reach: number; cells: number }[] = [
  { name: "ringOfGaussians", distribution: ringOfGaussians({ sd: 0.2 }), reach: 3.2, cells: 320 },
  { name: "swissRoll", distribution: swissRoll(), reach: 17, cells: 160 },
  { name: "twoMoons", distribution: twoMoons(), reach: 2.6, cells: 400 },
  { name: "checkerboard", distribution: checkerboard(), reach: 4, cells: 64 },
  { name: "twentyFiveGaussians", distribution: twentyFiveGaussians(), reach: 2.4, cells: 480 },
  {
    name: "gaussianMixture, covariances",
    distribution: gaussianMixture({
      means: [0, 0, 2, -1],
      dimensions: 2,
      covariances: [1, 0.6, 0.6, 0.5, 0.3, -0.2, -0.2, 0.6],
      weights: [2, 1],
    }),
    reach: 6,
    cells: 304,
  },
];

/** Sums f(x, y) over the middles of all cells, times their area. */
function overCells(reach: number, cells: number, f: (points: Float64Array) => Float64Array): number {
  const side = (2 * reach) / cells;
  const points = new Float64Array(2 * cells * cells);
  for (let i = 0; i < cells * cells; i++) {
    points[2 * i] = -reach + ((i % cells) + 0.5) * side;
    points[2 * i + 1] = -reach + (Math.floor(i / cells) + 0.5) * side;
  }
  return f(points).reduce((sum, value) => sum + value, 0) * side * side;
}

describe.each(plane)("$name", ({ distribution, reach, cells }) => {
  test("has a density that integrates to 1", () => {
    expect(overCells(reach, cells, distribution.density)).toBeCloseTo(1, 5);
  });

  test("is sampled as its density says, square by square", () => {
    const n = 40_000;
    const squares = 16;
    const points = distribution.sample(n, seededRandom(11));
    const expected = new Float64Array(squares * squares);
    const side = (2 * reach) / cells;
    overCells(reach, cells, (middles) => {
      const density = distribution.density(middles);
      for (let i = 0; i < density.length; i++) {
        const column = Math.floor((i % cells) / (cells / squares));
        const row = Math.floor(Math.floor(i / cells) / (cells / squares));
        expected[Math.min(squares - 1, row) * squares + Math.min(squares - 1, column)]! +=
          density[i]! * side ** 2;
      }
      return density;
    });
    const counts = new Float64Array(squares * squares);
    const inside = (value: number) =>
      Math.min(squares - 1, Math.max(0, Math.floor(((value + reach) / (2 * reach)) * squares)));
    for (let i = 0; i < n; i++) counts[inside(points[2 * i + 1]!) * squares + inside(points[2 * i]!)]!++;
    let chiSquare = 0;
    let degrees = 0;
    expected.forEach((mass, i) => {
      if (n * mass < 5) return;
      chiSquare += (counts[i]! - n * mass) ** 2 / (n * mass);
      degrees++;
    });
    // Beyond 5 standard deviations of chi-square for 1 seed in 100,000.
    expect(degrees).toBeGreaterThan(5);
    expect(chiSquare).toBeLessThan(degrees + 5 * Math.sqrt(2 * degrees));
  });

  test("gives the same points first when asked for more, and follows its source alone", () => {
    const points = distribution.sample(20, seededRandom(3));
    expect(distribution.sample(50, seededRandom(3)).slice(0, 40)).toEqual(points);
    expect(distribution.sample(20, seededRandom(4))).not.toEqual(points);
    expect(distribution.sample(0, seededRandom(1))).toEqual(new Float64Array(0));
  });

  test("refuses bad counts, sources and points", () => {
    expect(() => distribution.sample(-1, seededRandom(1))).toThrow(
      new RangeError("sample: count must be a safe integer from 0, got -1"),
    );
    expect(() => distribution.sample(1, undefined as never)).toThrow(TypeError);
    expect(() => distribution.logDensity([1, 2, 3])).toThrow(
      new RangeError("logDensity: points must hold 2 numbers for each point, got 3 numbers"),
    );
    expect(() => distribution.density([0, 0, Number.NaN, 0])).toThrow(
      new RangeError("logDensity: points must be numbers, got NaN in point 1"),
    );
  });
});

import { describe, expect, test } from "vitest";
import { seededRandom } from "../../test/seeded-random.ts";
import { twentyFiveGaussians } from "./twenty-five-gaussians.ts";

describe("twentyFiveGaussians", () => {
  test("has its centres on the whole numbers from −2 to 2", () => {
    const { modes, modeSd, scale, dimensions, components } = twentyFiveGaussians();
    const centres = Array.from({ length: 25 }, (_, k) => `${modes[2 * k]},${modes[2 * k + 1]}`);
    expect(new Set(centres).size).toBe(25);
    expect(modes.every((x) => [-2, -1, 0, 1, 2].includes(x))).toBe(true);
    expect({ modeSd, scale, dimensions, components }).toEqual({
      modeSd: 0.05,
      scale: 1,
      dimensions: 2,
      components: 25,
    });
  });

  test("has density 1/25 of a Gaussian's top on a centre", () => {
    const top = 1 / (25 * 2 * Math.PI * 0.05 ** 2);
    expect(twentyFiveGaussians().density([1, -2])[0]).toBeCloseTo(top, 12);
  });

  test("has mean 0 and sd 1 on both axes when standardised", () => {
    const n = 100_000;
    const points = twentyFiveGaussians({ standardize: true }).sample(n, seededRandom(5));
    for (const axis of [0, 1]) {
      let [mean, square] = [0, 0];
      for (let i = axis; i < points.length; i += 2) {
        mean += points[i]! / n;
        square += points[i]! ** 2 / n;
      }
      // var x = 1; var x² < 0.75 (a uniform grid has light tails). Five standard errors: 1 of 1.7 million seeds.
      expect(Math.abs(mean)).toBeLessThan(5 / Math.sqrt(n));
      expect(Math.abs(square - 1)).toBeLessThan(5 * Math.sqrt(0.75 / n));
    }
  });

  test("is the same mixture in other units when standardised", () => {
    const plain = twentyFiveGaussians();
    const standard = twentyFiveGaussians({ standardize: true });
    expect(standard.scale).toBe(1 / Math.sqrt(2.0025));
    expect(standard.modeSd).toBe(0.05 * standard.scale);
    expect(standard.modes).toEqual(plain.modes.map((x) => x * standard.scale));
    const draws = plain.sample(10, seededRandom(6));
    const scaled = draws.map((x) => x * standard.scale);
    const jacobian = 2 * Math.log(standard.scale);
    standard.logDensity(scaled).forEach((value, i) => {
      expect(value + jacobian).toBeCloseTo(plain.logDensity(draws)[i]!, 9);
    });
    standard.sample(10, seededRandom(6)).forEach((x, i) => {
      expect(x).toBeCloseTo(scaled[i]!, 12);
    });
  });
});

import { normal, type RandomStream, randomStream } from "@mhgan/mcmc";
import { describe, expect, test } from "vitest";
import type { Rows } from "../batch-rows.ts";
import { energyDistances, standardErrorOfDifference } from "./energy-distance.ts";

const rowsOf = (values: readonly number[]): Rows => ({
  data: Float32Array.from(values),
  shape: [values.length, 1],
});
const normals = (count: number, shift: number, random: RandomStream): number[] =>
  Array.from({ length: count }, () => shift + normal(random));
const ones = (count: number) => new Float64Array(count).fill(1);

describe("energyDistances", () => {
  test("by hand: points 0 and 2 against 1 and 3", () => {
    // The standard deviation of 0 and 2 is 1. Between: (1 + 3 + 1 + 1) / 4 = 1.5; within: 2 and 2.
    const [equal, first] = energyDistances(rowsOf([0, 2]), rowsOf([1, 3]), [
      [1, 1],
      [5, 0],
    ]);
    expect(equal!.distance).toBeCloseTo(2 * 1.5 - 2 - 2, 12);
    // All weight on 1: between 1, and one point has no other.
    expect(first!.distance).toBeCloseTo(2 - 2, 12);
  });

  test("weights share out pairs of different rows", () => {
    const random = randomStream(1);
    const real = rowsOf(normals(50, 0, random));
    const [a, b] = energyDistances(real, rowsOf([0.5, 1.5, -1]), [[2, 1, 1], ones(3)]);
    const between = (x: number) =>
      real.data.reduce((sum, value) => sum + Math.abs(value - x), 0) / 50 / spread(real.data);
    const cross = (weights: number[]) => {
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      return weights.reduce((sum, weight, i) => sum + (weight * between([0.5, 1.5, -1][i]!)) / total, 0);
    };
    const within = (weights: number[]) => {
      const points = [0.5, 1.5, -1].map((x) => x / spread(real.data));
      let sum = 0;
      let pairs = 0;
      for (let i = 0; i < 3; i++) {
        for (let j = 0; j < 3; j++) {
          if (i === j) continue;
          sum += weights[i]! * weights[j]! * Math.abs(points[i]! - points[j]!);
          pairs += weights[i]! * weights[j]!;
        }
      }
      return sum / pairs;
    };
    const difference = 2 * (cross([2, 1, 1]) - cross([1, 1, 1])) - (within([2, 1, 1]) - within([1, 1, 1]));
    expect(a!.distance - b!.distance).toBeCloseTo(difference, 6);
  });

  test("of normals a standard deviation apart, with its standard error", () => {
    // 2 E|X − Y| − 2 E|X − X′| for unit normals, E|N(1, √2)| − E|N(0, √2)| twice: 2 (1.399136 − 1.128379).
    const exact = 2 * (1.3991361 - 1.1283792);
    const random = randomStream(3);
    const errors = Array.from({ length: 40 }, () => {
      const [shifted, same] = energyDistances(
        rowsOf(normals(200, 0, random)),
        rowsOf([...normals(200, 1, random), ...normals(200, 0, random)]),
        [
          [...ones(200), ...new Float64Array(200)],
          [...new Float64Array(200), ...ones(200)],
        ],
      );
      const error = standardErrorOfDifference(shifted!, same!);
      return (shifted!.distance - same!.distance - exact) / error;
    });
    const mean = errors.reduce((sum, z) => sum + z, 0) / 40;
    const square = errors.reduce((sum, z) => sum + z * z, 0) / 40;
    // Of 40 standard normals the mean is outside ±0.65 once in 25,000; their mean square outside 0.3 and 2.1 more rarely than once in 10,000.
    expect(Math.abs(mean)).toBeLessThan(0.65);
    expect(square).toBeGreaterThan(0.3);
    expect(square).toBeLessThan(2.1);
  });

  test("weights of exact p/q bring another law's samples to the target", () => {
    const random = randomStream(4);
    const fakes = normals(2000, 0, random);
    const [raw, weighted] = energyDistances(rowsOf(normals(1000, 1, random)), rowsOf(fakes), [
      ones(2000),
      fakes.map((x) => Math.exp(x - 0.5)),
    ]);
    expect(raw!.distance).toBeGreaterThan(0.4);
    // 0 in the mean; the standard deviation is some 0.006.
    expect(Math.abs(weighted!.distance)).toBeLessThan(0.03);
  });

  test("constant columns count nothing", () => {
    const constant = { data: Float32Array.of(0, 7, 2, 7), shape: [2, 2] as const };
    const [distance] = energyDistances(constant, { ...constant, data: Float32Array.of(1, -50, 3, 90) }, [
      ones(2),
    ]);
    expect(distance!.distance).toBeCloseTo(-1, 12);
  });
});

const spread = (values: ArrayLike<number>): number => {
  const all = Array.from(values);
  const mean = all.reduce((sum, x) => sum + x, 0) / all.length;
  return Math.sqrt(all.reduce((sum, x) => sum + (x - mean) ** 2, 0) / all.length);
};

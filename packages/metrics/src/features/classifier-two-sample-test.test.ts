import { describe, expect, test } from "vitest";
import { seededRandom } from "../../test/seeded-random.ts";
import { normalTail } from "../numerics/normal-tail.ts";
import {
  type ClassifierTwoSampleTestOptions,
  classifierTwoSampleTest,
} from "./classifier-two-sample-test.ts";
import type { Features } from "./features.ts";
import type { TwoSampleClassifier } from "./two-sample-classifier.ts";

function normals(rows: number, columns: number, mean: number, random: () => number): Features {
  const data = Float64Array.from(
    { length: rows * columns },
    () => mean + Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()),
  );
  return { data, shape: [rows, columns] };
}

describe("classifierTwoSampleTest", () => {
  test("holds out the same share of both samples, each row once, and labels the rest", () => {
    const column = (first: number): Features => ({
      data: Float32Array.from({ length: 10 }, (_, i) => first + i),
      shape: [10, 1],
    });
    const seen: { rows: number[]; isReal: number[]; tested: number[] } = { rows: [], isReal: [], tested: [] };
    const classifier: TwoSampleClassifier = (rows, isReal) => {
      seen.rows = Array.from(rows.data);
      seen.isReal = Array.from(isReal);
      return ({ data, shape }) => {
        expect(shape).toEqual([6, 1]);
        seen.tested = Array.from(data);
        return [0.9, 0.5, 0.4, 0.1, 0.6, 0.5];
      };
    };
    const result = classifierTwoSampleTest(column(0), column(50), {
      random: seededRandom(1),
      classifier,
      heldOutShare: 0.3,
    });
    expect([...seen.rows, ...seen.tested].sort((a, b) => a - b)).toEqual([
      ...(column(0).data as Float32Array),
      ...(column(50).data as Float32Array),
    ]);
    expect(seen.isReal).toEqual(seen.rows.map((row) => Number(row < 50)));
    expect(seen.tested.map((row) => row < 50)).toEqual([true, true, true, false, false, false]);
    // Right: 0.9, half of 0.5, 0.1, half of 0.5.
    expect(result.accuracy).toBe(3 / 6);
    // Pairs: 0.9 wins 3; 0.5 wins 1, ties 1; 0.4 wins 1.
    expect(result.auc).toBeCloseTo(5.5 / 9, 15);
    expect(result.pValue).toBe(0.5);
    expect(result.heldOut).toBe(6);
  });

  test("gives samples of one law an accuracy of ½ on average, and small p values seldom", () => {
    const random = seededRandom(2);
    const runs = 400;
    let mean = 0;
    let alarms = 0;
    for (let run = 0; run < runs; run++) {
      const result = classifierTwoSampleTest(normals(100, 2, 0, random), normals(100, 2, 0, random), {
        random,
      });
      mean += result.accuracy / runs;
      if (result.pValue < 0.05) alarms++;
    }
    // Five standard errors, at most 1/(2√100) a run: 1 of 1.7 million seeds.
    expect(Math.abs(mean - 0.5)).toBeLessThan((5 * 0.05) / Math.sqrt(runs));
    // A run of 6,000 has 0.025 of them, for accuracies move in steps: 10 of 400. More than 26 for 1 of 200,000 seeds.
    expect(alarms).toBeGreaterThan(0);
    expect(alarms).toBeLessThanOrEqual(26);
  });

  test("nears the best accuracy there is, Φ(shift / 2), and is sure", () => {
    const random = seededRandom(3);
    const n = 1000;
    const result = classifierTwoSampleTest(normals(n, 1, 1, random), normals(n, 1, 0, random), { random });
    const best = 1 - normalTail(0.5);
    // One-sided above: four standard errors of 0.0146, 1 of 30,000 seeds. Neighbours lose a little.
    expect(result.accuracy).toBeLessThan(best + 0.059);
    expect(result.accuracy).toBeGreaterThan(best - 0.09);
    expect(result.auc).toBeGreaterThan(0.65);
    expect(result.pValue).toBeLessThan(1e-6);
  });

  test("has the power that its documentation states", () => {
    const power = (excess: number, heldOut: number) =>
      1 - normalTail((excess * Math.sqrt(heldOut) - 1.6449 / 2) / Math.sqrt(0.25 - excess ** 2));
    expect(power(0.05, 850)).toBeCloseTo(0.9, 2);
    expect(power(0.01, 21_400)).toBeCloseTo(0.9, 2);
  });

  test("splits by its random numbers alone, and leaves its arguments", () => {
    const random = seededRandom(4);
    const [real, fake] = [normals(30, 2, 0, random), normals(30, 2, 0.3, random)];
    const copy = Array.from(real.data);
    const once = classifierTwoSampleTest(real, fake, { random: seededRandom(5) });
    expect(classifierTwoSampleTest(real, fake, { random: seededRandom(5) })).toEqual(once);
    expect(Array.from(real.data)).toEqual(copy);
  });

  test.each<[number[], number[], Partial<ClassifierTwoSampleTestOptions>, string]>([
    [[1, 2, 3], [1, 2], {}, "fake must have as many rows as real, 3, got 2"],
    [[1], [1], {}, "real must have at least 2 rows, got 1"],
    [[1, 2], [1, Number.NaN], {}, "fake.data[1] must be finite, got NaN"],
    [[1, 2], [1, 2], { heldOutShare: 1 }, "heldOutShare must be in (0, 1), got 1"],
    [
      [1, 2],
      [1, 2],
      { heldOutShare: 0.1 },
      "heldOutShare must leave rows of 2 to learn from and to test, got 0.1",
    ],
    [
      [1, 2],
      [1, 2],
      { heldOutShare: 0.9 },
      "heldOutShare must leave rows of 2 to learn from and to test, got 0.9",
    ],
    [[1, 2], [1, 2], { classifier: () => () => [1] }, "classifier must give 2 scores, got 1"],
    [
      [1, 2],
      [1, 2],
      { classifier: () => () => [1, 1.5] },
      "classifier must give scores in [0, 1], got 1.5 at 1",
    ],
    [
      [1, 2],
      [1, 2],
      { classifier: () => () => [Number.NaN, 1] },
      "classifier must give scores in [0, 1], got NaN at 0",
    ],
  ])("refuses %j, %j, %j", (real, fake, options, reason) => {
    const column = (data: number[]) => ({ data, shape: [data.length, 1] });
    expect(() =>
      classifierTwoSampleTest(column(real), column(fake), { random: seededRandom(1), ...options }),
    ).toThrow(new RangeError(`classifierTwoSampleTest: ${reason}`));
  });

  test("refuses to go without random numbers", () => {
    const random = undefined as unknown as () => number;
    expect(() =>
      classifierTwoSampleTest({ data: [1, 2], shape: [2, 1] }, { data: [1, 2], shape: [2, 1] }, { random }),
    ).toThrow(
      new TypeError(
        "classifierTwoSampleTest: random must be a function that gives numbers in [0, 1), got undefined",
      ),
    );
  });
});

import { describe, expect, test } from "vitest";
import { seededRandom } from "../../test/seeded-random.ts";
import { classifierTwoSampleTest } from "./classifier-two-sample-test.ts";
import { logisticClassifier } from "./logistic-classifier.ts";

describe("logisticClassifier", () => {
  test("stands where the penalised loss has no slope", () => {
    const random = seededRandom(1);
    const [rows, columns, penalty] = [60, 3, 0.05];
    const isReal = Uint8Array.from({ length: rows }, (_, i) => Number(i % 3 === 0));
    // Correlated columns of other scales, one of them constant.
    const data = Array.from(isReal, (real) => {
      const x = random() + 0.3 * real;
      return [100 * x, 5, x + 0.2 * random() - 7];
    });
    const score = logisticClassifier({ penalty })({ data: data.flat(), shape: [rows, columns] }, isReal);

    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const column = (j: number) => data.map((row) => row[j]!);
    const centres = [0, 1, 2].map((j) => mean(column(j)));
    const sds = [0, 1, 2].map((j) => Math.sqrt(mean(column(j).map((x) => (x - centres[j]!) ** 2))));
    const logit = (point: number[]) => {
      const p = score({ data: point, shape: [1, columns] })[0]!;
      return Math.log(p / (1 - p));
    };
    const fitted = score({ data: data.flat(), shape: [rows, columns] });
    const excess = Array.from(isReal, (real, i) => fitted[i]! - real);
    expect(mean(excess)).toBeCloseTo(0, 7);
    for (const j of [0, 2]) {
      const slope = logit(centres.map((x, k) => (k === j ? x + sds[j]! : x))) - logit(centres);
      const gradient = mean(excess.map((e, i) => (e * (data[i]![j]! - centres[j]!)) / sds[j]!));
      expect(Math.abs(slope)).toBeGreaterThan(0.1);
      expect(gradient + penalty * slope).toBeCloseTo(0, 7);
    }
    // The constant column tells nothing, whatever it is later.
    expect(logit([centres[0]!, 9, centres[2]!])).toBe(logit(centres));
  });

  test("finds a shift in one of many columns better than neighbours do", () => {
    const random = seededRandom(2);
    const columns = 50;
    const cloud = (shift: number) => ({
      data: Float64Array.from(
        { length: 1000 * columns },
        (_, i) =>
          Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()) +
          (i % columns === 0 ? shift : 0),
      ),
      shape: [1000, columns],
    });
    const [real, fake] = [cloud(0), cloud(1)];
    const linear = classifierTwoSampleTest(real, fake, { random, classifier: logisticClassifier() });
    const neighbours = classifierTwoSampleTest(real, fake, { random });
    // The best there is: Φ(½) = 0.691. Four standard errors of 0.015, 1 of 30,000 seeds, beside what is lost by learning.
    expect(linear.accuracy).toBeGreaterThan(0.6);
    expect(linear.accuracy).toBeLessThan(0.75);
    expect(linear.pValue).toBeLessThan(neighbours.pValue);
  });

  test.each([
    [0, "penalty must be positive, got 0"],
    [Number.NaN, "penalty must be positive, got NaN"],
    [Infinity, "penalty must be finite, got Infinity"],
  ])("refuses a penalty of %d", (penalty, reason) => {
    expect(() => logisticClassifier({ penalty })).toThrow(new RangeError(`logisticClassifier: ${reason}`));
  });
});

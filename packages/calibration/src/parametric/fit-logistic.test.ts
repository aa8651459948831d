import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectClose, readGolden } from "../golden/read-golden.ts";
import { fitIsotonic } from "../isotonic/fit-isotonic.ts";
import { logit } from "../numerics/log-odds.ts";
import { fitLogistic } from "./fit-logistic.ts";
import { identityCalibrator } from "./identity-calibrator.ts";
import type { LogisticFeatures } from "./logistic-calibrator.ts";
import { logisticFromJSON } from "./logistic-from-json.ts";

interface Case {
  name: string;
  D: number[];
  y: number[];
  query: number[];
  epsilon: number;
  expected: Record<LogisticFeatures, { coef: number[]; intercept: number; predict: number[] }> &
    Record<"isotonic" | "identity", { predict: number[] }>;
}

const cases = readGolden<Case>("uber_calibrators.json");
const kinds: LogisticFeatures[] = ["linear", "beta1", "beta2"];

describe.each(cases)("the five calibrators of the authors of MH-GAN: $name", (golden) => {
  const { D, y, query, epsilon: clip, expected } = golden;

  test.each(kinds)("%s", (features) => {
    const calibrator = fitLogistic(D, y, { input: "probability", features, clip });
    const want = expected[features];
    expectClose(calibrator.coefficients, want.coef, { rel: 1e-11, abs: 0 });
    expectClose([calibrator.intercept], [want.intercept], { rel: 1e-11, abs: 1e-12 });
    expectClose(calibrator.predict(query), want.predict, { rel: 1e-11, abs: 1e-14 });
    expect(fitLogistic(D, y, { input: "probability", features })).toEqual(calibrator);
  });

  test("isotonic and identity", () => {
    expectClose(fitIsotonic(D, y).predict(query), expected.isotonic.predict, { rel: 1e-13, abs: 1e-15 });
    expect(Array.from(identityCalibrator({ input: "probability" }).predict(query))).toEqual(
      expected.identity.predict,
    );
  });
});

describe("fitLogistic", () => {
  const scores = [0.05, 0.2, 0.3, 0.4, 0.6, 0.7, 0.8, 0.95];
  const labels = [0, 0, 1, 0, 1, 0, 1, 1];
  const input = "probability";
  const features = "beta1";

  const columns: Record<LogisticFeatures, (p: number) => number[]> = {
    linear: (p) => [p],
    beta1: (p) => [Math.log(p / (1 - p))],
    beta2: (p) => [Math.log(p), Math.log(1 - p)],
  };

  test("is a stationary point of the penalised loss, at any penalty", () => {
    const rows = fc
      .array(
        fc.tuple(
          fc.double({ min: 0.01, max: 0.99, noNaN: true }),
          fc.integer({ min: 0, max: 1 }),
          fc.double({ min: 0.1, max: 3, noNaN: true }),
        ),
        { minLength: 2, maxLength: 40 },
      )
      .filter((data) => data.some(([, label]) => label === 0) && data.some(([, label]) => label === 1));
    const penalties = fc.constantFrom(1e-3, 0.1, 1, 10, 1e6);
    fc.assert(
      fc.property(rows, fc.constantFrom(...kinds), penalties, (data, kind, penalty) => {
        const p = data.map(([score]) => score);
        const y = data.map(([, label]) => label);
        const weights = data.map(([, , weight]) => weight);
        const got = fitLogistic(p, y, { input, features: kind, penalty, weights });
        const gradient = [...got.coefficients.map((coefficient) => penalty * coefficient), 0];
        p.forEach((score, i) => {
          const x = columns[kind](score);
          const eta = x.reduce((sum, value, k) => sum + value * got.coefficients[k]!, got.intercept);
          const residual = weights[i]! * (1 / (1 + Math.exp(-eta)) - y[i]!);
          for (const [k, value] of [...x, 1].entries()) gradient[k]! += residual * value;
        });
        for (const slope of gradient) expect(Math.abs(slope)).toBeLessThan(1e-9 * (1 + data.length));
      }),
      { seed: 2019, numRuns: 500 },
    );
  });

  test.each(kinds)("%s takes logits for what their probabilities are", (kind) => {
    const want = fitLogistic(scores, labels, { input, features: kind });
    const got = fitLogistic(scores.map(logit), labels, { input: "logit", features: kind });
    expectClose(got.coefficients, want.coefficients, { rel: 1e-12, abs: 1e-13 });
    expectClose([got.intercept], [want.intercept], { rel: 1e-12, abs: 1e-13 });
  });

  test("has bounds where the formula has them", () => {
    const base = { version: 1, kind: "logistic", input: "logit" };
    const bounds = (json: object) => {
      const { minLogOdds, maxLogOdds } = logisticFromJSON({ ...base, ...json });
      return [minLogOdds, maxLogOdds];
    };
    expect(bounds({ features: "linear", coefficients: [-3], intercept: 1 })).toEqual([-2, 1]);
    expect(bounds({ features: "beta1", coefficients: [2], intercept: 1 })).toEqual([-Infinity, Infinity]);
    expect(bounds({ features: "beta1", coefficients: [0], intercept: 1 })).toEqual([1, 1]);
    expect(bounds({ features: "beta2", coefficients: [0, -2], intercept: 1 })).toEqual([1, Infinity]);
    expect(bounds({ features: "beta2", coefficients: [1, -2], intercept: 1 })).toEqual([-Infinity, Infinity]);
    // 3 ln D + ln(1 − D) is greatest at D = ¾.
    const [low, high] = bounds({ features: "beta2", coefficients: [3, 1], intercept: 1 });
    expect(low).toBe(-Infinity);
    expect(high).toBeCloseTo(3 * Math.log(0.75) + Math.log(0.25) + 1, 14);
    const clipped = { input, clip: 0.1, features: "beta2", coefficients: [-3, -1], intercept: 0 };
    expectClose(bounds(clipped), [-3 * Math.log(0.75) - Math.log(0.25), -3 * Math.log(0.1) - Math.log(0.9)], {
      rel: 1e-14,
      abs: 0,
    });
    // The turn, at ¾, lies beyond the clip.
    expectClose(
      bounds({ ...clipped, clip: 0.3 }),
      [-3 * Math.log(0.7) - Math.log(0.3), -3 * Math.log(0.3) - Math.log(0.7)],
      { rel: 1e-14, abs: 0 },
    );
  });

  test("beta2 may turn round, and stays within its bounds", () => {
    const y = [0, 0, 1, 1, 1, 1, 0, 0];
    const calibrator = fitLogistic(scores, y, { input, features: "beta2", penalty: 0.1 });
    const [low, middle, high] = calibrator.logOdds([0.01, 0.5, 0.99]);
    expect(middle).toBeGreaterThan(Math.max(low!, high!));
    expect(calibrator.maxLogOdds).toBeLessThan(Infinity);
    const [first, second] = calibrator.coefficients as [number, number];
    expect(calibrator.logOdds([first / (first + second)])[0]).toBeCloseTo(calibrator.maxLogOdds, 12);
  });

  test.each(kinds)("%s predicts the share of positives where scores are equal", (kind) => {
    const calibrator = fitLogistic([0.3, 0.3, 0.3], [0, 1, 1], { input, features: kind });
    expect(calibrator.coefficients.every((coefficient) => coefficient === 0)).toBe(true);
    expect(calibrator.predict([0, 0.7])[1]).toBeCloseTo(2 / 3, 14);
    expect(calibrator.minLogOdds).toBe(calibrator.maxLogOdds);
  });

  test.each(kinds)("%s stays finite for scores that are huge, or hardly differ", (kind) => {
    for (const unit of [1e-310, 1e-150, 1e-8, 1e8, 1e150, 1e308]) {
      for (const y of [labels, [0, 0, 0, 0, 1, 1, 1, 1]]) {
        const x = scores.map((score) => (score - 0.5) * unit);
        const calibrator = fitLogistic(x, y, { input: "logit", features: kind });
        for (const p of calibrator.predict([...x, 0, -1.7e308, 1.7e308])) expect(p >= 0 && p <= 1).toBe(true);
      }
    }
  });

  const refused: [name: string, run: () => unknown, error: Error][] = [
    [
      "no options",
      () => fitLogistic(scores, labels, undefined as never),
      new RangeError('fitLogistic: input must be "probability" or "logit", got undefined'),
    ],
    [
      "unknown features",
      () => fitLogistic(scores, labels, { input, features: "beta3" as "beta2" }),
      new RangeError('fitLogistic: features must be "linear" or "beta1" or "beta2", got "beta3"'),
    ],
    [
      "a penalty of 0",
      () => fitLogistic(scores, labels, { input, features, penalty: 0 }),
      new RangeError("fitLogistic: penalty must be a positive finite number, got 0"),
    ],
    [
      "a text penalty",
      () => fitLogistic(scores, labels, { input, features, penalty: "1" as never }),
      new RangeError('fitLogistic: penalty must be a positive finite number, got "1"'),
    ],
    [
      "one class",
      () => fitLogistic([0.5, 0.2], [0, 0], { input, features }),
      new RangeError("fitLogistic: labels must contain both classes, got only 0"),
    ],
  ];
  test.each(refused)("refuses %s", (_, run, error) => expect(run).toThrow(error));
});

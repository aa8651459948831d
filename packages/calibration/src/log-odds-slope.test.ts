import { describe, expect, test } from "vitest";
import type { Calibrator } from "./calibrator.ts";
import { averageCalibrators } from "./combining/average-calibrator.ts";
import { shiftPrior } from "./combining/shift-prior.ts";
import { fitIsotonic } from "./isotonic/fit-isotonic.ts";
import { betaFromJSON } from "./parametric/beta-from-json.ts";
import { identityCalibrator } from "./parametric/identity-calibrator.ts";
import { logisticFromJSON } from "./parametric/logistic-from-json.ts";
import { plattFromJSON } from "./parametric/platt-from-json.ts";
import { temperatureFromJSON } from "./parametric/temperature-from-json.ts";
import type { ScoreKind } from "./score-kind.ts";
import { fitVennAbers } from "./venn-abers/fit-venn-abers.ts";

const reading = (input: ScoreKind) =>
  input === "probability" ? { version: 1, input, clip: 1e-4 } : { version: 1, input };

/** One of every kind that is a formula. */
const smooth = (input: "probability" | "logit"): Calibrator[] => [
  plattFromJSON({ ...reading(input), kind: "platt", a: -1.7, b: 0.4 }),
  temperatureFromJSON({ ...reading(input), kind: "temperature", temperature: 2.5 }),
  betaFromJSON({ ...reading(input), kind: "beta", a: 0.7, b: 1.9, c: -0.3 }),
  identityCalibrator(input === "probability" ? { input, clip: 1e-4 } : { input }),
  logisticFromJSON({
    ...reading(input),
    kind: "logistic",
    features: "beta1",
    coefficients: [1.2],
    intercept: 0.1,
  }),
  ...(input === "probability"
    ? [
        { features: "linear", coefficients: [3.1] },
        { features: "beta2", coefficients: [1.3, -0.4] },
      ].map((fitted) => logisticFromJSON({ ...reading(input), kind: "logistic", ...fitted, intercept: 0.2 }))
    : []),
];
const kinds = (["probability", "logit"] as const).flatMap((input) =>
  smooth(input).map((calibrator) => ({ input, calibrator })),
);
const combined = kinds.flatMap(({ input, calibrator }) => [
  { input, calibrator: shiftPrior(calibrator, { from: { positives: 3, negatives: 1 } }) },
  { input, calibrator: averageCalibrators([calibrator, ...smooth(input)]) },
]);

describe("logOddsSlope", () => {
  test.each([...kinds, ...combined].map((row) => ({ ...row, kind: row.calibrator.kind })))(
    "is the derivative of the log odds: $kind of $input",
    ({ input, calibrator }) => {
      const scores =
        input === "probability" ? [0.001, 0.1, 0.5, 0.62, 0.99, 0.9995] : [-30, -2, 0, 0.3, 4, 25];
      const slopes = calibrator.logOddsSlope!(scores);
      for (const [i, score] of scores.entries()) {
        const step = input === "probability" ? 1e-5 * score * (1 - score) : 1e-5;
        const [low, high] = calibrator.logOdds([score - step, score + step]) as unknown as [number, number];
        const expected = (high - low) / (2 * step);
        // The error of a central difference is of the order of step², that of its rounding 1e-15 / step.
        expect(Math.abs(slopes[i]! - expected)).toBeLessThan(1e-6 * (1 + Math.abs(expected)));
      }
    },
  );

  test("is 0 where probabilities are clipped", () => {
    for (const calibrator of smooth("probability")) {
      expect(calibrator.logOddsSlope!([0, 1e-5, 1])).toEqual(Float64Array.of(0, 0, 0));
    }
  });

  test("of a mean of opinions that are sure", () => {
    const sure = averageCalibrators(
      [-1, -2].map((a) => plattFromJSON({ ...reading("logit"), kind: "platt", a, b: 0 })),
    );
    // At scores so large the probability of a positive is 1 − e^(−s)/2, that of the steeper being beyond any number.
    expect(sure.logOddsSlope!([2000])[0]).toBeCloseTo(1, 12);
    expect(sure.logOddsSlope!([0])[0]).toBeCloseTo(1.5, 12);
    const same = averageCalibrators([identityCalibrator({ input: "probability" })]);
    expect(same.logOddsSlope!([0.5])).toEqual(Float64Array.of(4));
  });

  test("is missing where log odds are steps, and where a part of it is missing", () => {
    const steps: Calibrator = fitIsotonic([1, 2, 3], [0, 1, 1]);
    const venn: Calibrator = fitVennAbers([1, 2, 3], [0, 1, 1]);
    expect(steps.logOddsSlope).toBeUndefined();
    expect(venn.logOddsSlope).toBeUndefined();
    expect(shiftPrior(steps, { from: { positives: 1, negatives: 2 } }).logOddsSlope).toBeUndefined();
    expect(averageCalibrators([steps, identityCalibrator({ input: "logit" })]).logOddsSlope).toBeUndefined();
  });

  test("refuses scores that are none", () => {
    const calibrator = identityCalibrator({ input: "probability" });
    expect(() => calibrator.logOddsSlope([Number.NaN])).toThrow("logOddsSlope: scores");
    expect(() => calibrator.logOddsSlope([1.5])).toThrow("logOddsSlope: scores");
  });
});

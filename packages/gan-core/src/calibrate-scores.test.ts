import { normal, randomStream } from "@mhgan/mcmc";
import { describe, expect, it } from "vitest";
import { calibrateGan } from "./calibrate-gan.ts";
import { type CalibrateScoresOptions, calibrateScores } from "./calibrate-scores.ts";
import type { Gan } from "./gan.ts";

const scoresAround = (centre: number, count: number, seed: number): number[] => {
  const random = randomStream(seed);
  return Array.from({ length: count }, () => centre + normal(random));
};

describe("calibrateScores", () => {
  const gan: Gan<number[]> = {
    generate: (count, random) => Array.from({ length: count }, () => normal(random)),
    score: (batch) => batch.map((x) => 3 * x),
  };

  it.each(["isotonic", "platt"] as const)(
    "equals calibrateGan on the same scores (%s)",
    async (calibrator) => {
      const real = scoresAround(1, 500, 1);
      const whole = await calibrateGan(gan, { real, calibrator, fakeCount: 700, seed: 5 });
      const parts = calibrateScores(whole.scores.real, whole.scores.fake, { calibrator, seed: 5 });
      expect(parts.report).toEqual(whole.report);
      expect(parts.pilotLogWeights).toEqual(whole.pilotLogWeights);
      expect(parts.realLogWeights).toEqual(whole.realLogWeights);
      expect(parts.logWeightBound).toBe(whole.logWeightBound);
      expect(parts.predict({ chainLength: 50 })).toEqual(whole.predict({ chainLength: 50 }));
      expect(parts.recommend({ totalVariation: 0.02 })).toEqual(whole.recommend({ totalVariation: 0.02 }));
      expect(parts.logWeightSlopes([0.3])).toEqual(whole.logWeightSlopes([0.3]));
      expect(JSON.stringify(parts.calibrator)).toBe(JSON.stringify(whole.calibrator));
    },
  );

  it("finds the log weights of normals, also when the classes differ in number", () => {
    const real = scoresAround(1, 4000, 1);
    const fake = scoresAround(0, 12_000, 2);
    const { logWeights, report } = calibrateScores(real, fake, {
      output: "logit",
      calibrator: "platt",
      seed: 1,
    });
    expect(report.fittedOn).toEqual({ real: 2000, fake: 6000 });
    expect(logWeights).toBeTypeOf("function");
    const calibrated = calibrateScores(real, fake, { output: "logit", calibrator: "platt", seed: 1 });
    expect(calibrated.logPrior).toBeCloseTo(Math.log(3), 12);
    // Platt's two coefficients have standard errors of about .05 here: five of them.
    for (const score of [-1, 0, 1, 2]) {
      expect(Math.abs(calibrated.logWeights([score])[0]! - (score - 0.5))).toBeLessThan(0.4);
    }
  });

  it("does not touch what it is given", () => {
    const real = Float32Array.from(scoresAround(1, 50, 1));
    const before = real.slice();
    calibrateScores(real, scoresAround(0, 50, 2), { seed: 1 });
    expect(real).toEqual(before);
  });

  it("says what is wrong with scores and options", () => {
    const real = scoresAround(1, 10, 1);
    const fake = scoresAround(0, 10, 2);
    const call = (options: Partial<CalibrateScoresOptions> = {}) =>
      calibrateScores(real, fake, { seed: 1, ...options });
    expect(() => calibrateScores([1, 2, 3], fake, { seed: 1 })).toThrow(
      "calibrateScores: at least 4 real and 4 generated samples are needed, got 3 and 10",
    );
    expect(() => calibrateScores(real, [], { seed: 1 })).toThrow("got 10 and 0");
    expect(() => calibrateScores(real, [...fake, Number.NaN], { seed: 1 })).toThrow(
      "calibrateScores: the scores of generated samples must be finite, got NaN for sample 10",
    );
    expect(() => call({ evaluationShare: 1 })).toThrow(
      "calibrateScores: evaluationShare must be between 0 and 1",
    );
    expect(() => call({ calibrator: "beta" })).toThrow("calibrateScores: calibrator must be a function or");
  });
});

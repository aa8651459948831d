import { describe, expect, test } from "vitest";
import type { FitCalibrator } from "../calibrator.ts";
import { calibratorFromJSON } from "../calibrator-from-json.ts";
import { fitIsotonic } from "../isotonic/fit-isotonic.ts";
import { pooledTails } from "../isotonic/tails/pooled-tails.ts";
import { randomSource } from "../numerics/random-source.ts";
import { fitPlatt } from "../parametric/fit-platt.ts";
import { calibrationZ } from "../reliability/calibration-z.ts";
import { crossCalibrate } from "./cross-calibrate.ts";

/** Scores whose log odds are 2·score: uniform on [-2, 2]. */
function rows(n: number, seed: number): { scores: Float64Array; labels: Float64Array } {
  const random = randomSource("rows", seed);
  const scores = Float64Array.from({ length: n }, () => 4 * random() - 2);
  return { scores, labels: scores.map((s) => (random() < 1 / (1 + Math.exp(-2 * s)) ? 1 : 0)) };
}

describe("crossCalibrate", () => {
  const { scores, labels } = rows(300, 1);

  test("gives each row what the fit without its part says", () => {
    const weights = scores.map((_, i) => 1 + (i % 3));
    const { foldOf, probabilities, logOdds, calibrator } = crossCalibrate(scores, labels, {
      fit: fitPlatt,
      folds: 4,
      seed: 7,
      weights,
    });
    const fits = [0, 1, 2, 3].map((fold) => {
      const seen = (_: unknown, i: number) => foldOf[i] !== fold;
      return fitPlatt(scores.filter(seen), labels.filter(seen), { weights: weights.filter(seen) });
    });
    scores.forEach((score, i) => {
      expect(probabilities[i]).toBe(fits[foldOf[i]!]!.predict([score])[0]);
      expect(logOdds[i]).toBe(fits[foldOf[i]!]!.logOdds([score])[0]);
    });
    expect(calibrator.calibrators).toEqual(fits);
  });

  test("leaves Z standard normal, as it never is on the rows that were fitted to", () => {
    const fit: FitCalibrator = (s, y, { weights }) => fitIsotonic(s, y, { weights, tails: pooledTails() });
    const zs = Array.from({ length: 60 }, (_, seed) => {
      const data = rows(400, 100 + seed);
      const { probabilities } = crossCalibrate(data.scores, data.labels, { fit, seed });
      return calibrationZ(probabilities, data.labels).z;
    });
    // Folds share fits, so the Zs of one run are not quite independent of them; their spread over runs is near 1.
    const mean = zs.reduce((sum, z) => sum + z, 0) / zs.length;
    const sd = Math.sqrt(zs.reduce((sum, z) => sum + (z - mean) ** 2, 0) / zs.length);
    // Four standard errors of the mean: 1 seed in 15,000.
    expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(60));
    expect(sd).toBeLessThan(1.4);
    const own = fitIsotonic(scores, labels);
    expect(Math.abs(calibrationZ(own.predict(scores), labels).z)).toBeLessThan(1e-9);
  });

  test("has the same bits for the same seed, others for another, and takes a source", () => {
    const run = (seed: number | (() => number)) => crossCalibrate(scores, labels, { fit: fitPlatt, seed });
    expect(run(1)).toEqual(run(1));
    expect(run(1).foldOf).not.toEqual(run(2).foldOf);
    expect(run(randomSource("test", 1)).foldOf).toEqual(run(1).foldOf);
  });

  test("comes back from JSON", () => {
    const { calibrator } = crossCalibrate(scores, labels, { fit: fitPlatt, seed: 1 });
    const copy = calibratorFromJSON(JSON.parse(JSON.stringify(calibrator)));
    expect(copy.logOdds(scores)).toEqual(calibrator.logOdds(scores));
  });

  test("refuses what it cannot do", () => {
    const run = (options: object) => () =>
      crossCalibrate([1, 2, 3, 4], [0, 1, 0, 1], { fit: fitPlatt, seed: 1, folds: 2, ...options });
    expect(run({})).not.toThrow();
    expect(run({ folds: 3 })).toThrow(
      new RangeError(
        "crossCalibrate: folds must be an integer from 2 to the 2 rows of the rarer class, got 3",
      ),
    );
    expect(run({ fit: "platt" })).toThrow(
      new TypeError('crossCalibrate: fit must be a function, got "platt"'),
    );
    expect(run({ seed: undefined })).toThrow(
      "crossCalibrate: seed must be a safe integer from 0, or a function, got undefined",
    );
    expect(() => crossCalibrate([1, 2, 3], [1, 1, 1], { fit: fitPlatt, seed: 1 })).toThrow(
      "crossCalibrate: folds must be an integer from 2 to the 0 rows of the rarer class, got 5",
    );
    expect(() => crossCalibrate([Number.NaN], [1], { fit: fitPlatt, seed: 1 })).toThrow(
      "crossCalibrate: scores must be finite, got NaN at index 0",
    );
  });
});

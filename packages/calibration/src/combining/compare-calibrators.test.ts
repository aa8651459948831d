import { describe, expect, test } from "vitest";
import type { FitCalibrator } from "../calibrator.ts";
import { fitIsotonic } from "../isotonic/fit-isotonic.ts";
import { pooledTails } from "../isotonic/tails/pooled-tails.ts";
import { randomSource } from "../numerics/random-source.ts";
import { fitPlatt } from "../parametric/fit-platt.ts";
import { brierScore } from "../reliability/brier-score.ts";
import { calibrationZ } from "../reliability/calibration-z.ts";
import { logLossOfLogOdds } from "../reliability/log-loss-of-log-odds.ts";
import { compareCalibrators } from "./compare-calibrators.ts";
import { crossCalibrate } from "./cross-calibrate.ts";

const pooled: FitCalibrator = (s, y, { weights }) => fitIsotonic(s, y, { weights, tails: pooledTails() });

/** Scores uniform on [-3, 3] whose log odds are a given function of them. */
function rows(n: number, logOdds: (score: number) => number, seed: number) {
  const random = randomSource("rows", seed);
  const scores = Float64Array.from({ length: n }, () => 6 * random() - 3);
  return { scores, labels: scores.map((s) => (random() < 1 / (1 + Math.exp(-logOdds(s))) ? 1 : 0)) };
}

describe("compareCalibrators", () => {
  const curved = rows(3000, (s) => (Math.abs(s) < 1 ? 0 : 2 * s), 1);
  const calibrators = { platt: fitPlatt, exact: fitIsotonic, pooled };

  test("measures what each gives to the rows it was not fitted to", () => {
    const { scores, labels } = curved;
    const { ranking } = compareCalibrators(scores, labels, { calibrators, seed: 3 });
    for (const [name, fit] of Object.entries(calibrators)) {
      const got = ranking.find((entry) => entry.name === name)!;
      const { probabilities, logOdds, calibrator } = crossCalibrate(scores, labels, { fit, seed: 3 });
      const negatives = labels.filter((label) => label === 0).length;
      const prior = Math.log(negatives / (labels.length - negatives));
      const weights = logOdds.filter((_, i) => labels[i] === 0).map((l) => Math.exp(l + prior));
      expect(got.logLoss).toBeCloseTo(logLossOfLogOdds(logOdds, labels), 12);
      expect(got.brierScore).toBeCloseTo(brierScore(probabilities, labels), 14);
      expect(got.z).toBe(calibrationZ(probabilities, labels).z);
      const meanWeight = weights.reduce((a, b) => a + b, 0) / negatives;
      if (meanWeight === Infinity) expect(got.meanWeight).toBe(Infinity);
      else expect(got.meanWeight).toBeCloseTo(meanWeight, 12);
      const largest = Math.max(...calibrator.calibrators.map(({ maxLogOdds }) => maxLogOdds));
      if (largest === Infinity) expect(got.maximumWeight).toBe(Infinity);
      else expect(got.maximumWeight).toBeCloseTo(Math.exp(largest + prior), 10);
      const certain = probabilities.filter((p) => p === 0 || p === 1).length;
      expect(got.plateauShare).toBeCloseTo(certain / labels.length, 14);
    }
  });

  test("ranks the method that fits the truth first, and says why", () => {
    const { ranking, reason } = compareCalibrators(curved.scores, curved.labels, { calibrators, seed: 3 });
    expect(ranking.map(({ name }) => name)).toEqual(["pooled", "platt", "exact"]);
    const [first, second, third] = ranking;
    expect(first).toMatchObject({ excess: 0, excessError: 0, isTied: true });
    expect(second!.isTied).toBe(false);
    expect(third).toMatchObject({ logLoss: Infinity, excess: Infinity, isTied: false });
    expect(reason).toMatch(
      /^pooled has the smallest held-out log loss, 0\.\d+\. Worse: platt by 0\.\d+ ± 0\.\d+\. exact has an infinite log loss: it was certain, and wrong, of \d+ held-out rows?\.$/,
    );
    const straight = rows(3000, (s) => 2 * s, 2);
    const other = compareCalibrators(straight.scores, straight.labels, { calibrators, seed: 3 });
    expect(other.ranking[0]!.name).toBe("platt");
    expect(other.reason).toMatch(
      /^platt has .*\. It does not bound the weights; pooled is the first that does, at \d+\.\d+\. Worse: /,
    );
  });

  const loose: FitCalibrator = (s, y, { weights }) =>
    fitIsotonic(s, y, { weights, tails: pooledTails({ count: 3 }) });

  test("tells of ties, and which of those tied is the cheapest to sample from", () => {
    const { scores, labels } = rows(400, (s) => 1.5 * s, 3);
    const { ranking, reason } = compareCalibrators(scores, labels, {
      calibrators: { loose, pooled },
      seed: 1,
    });
    expect(ranking[1]!.isTied).toBe(true);
    expect(ranking[1]!.excess).toBeCloseTo(ranking[1]!.logLoss - ranking[0]!.logLoss, 14);
    expect(reason).toContain("Behind it, but no further than chance explains: ");
    expect(reason).toContain("Of these pooled has the smallest maximum weight, ");
    const weightOf = (name: string) => ranking.find((entry) => entry.name === name)!.maximumWeight;
    expect(weightOf("pooled")).toBeLessThan(weightOf("loose"));
  });

  test("has the standard error of the paired difference", () => {
    const { scores, labels } = rows(300, (s) => s, 4);
    const options = { folds: 3, seed: 1 };
    const { ranking } = compareCalibrators(scores, labels, {
      calibrators: { platt: fitPlatt, pooled },
      ...options,
    });
    const losses = (fit: FitCalibrator) =>
      Array.from(crossCalibrate(scores, labels, { fit, ...options }).logOdds, (l, i) =>
        Math.log1p(Math.exp(labels[i] === 1 ? -l : l)),
      );
    const [a, b] = [losses(fitPlatt), losses(pooled)];
    const differences = a.map((loss, i) => loss - b[i]!);
    const mean = differences.reduce((sum, d) => sum + d, 0) / 300;
    const variance = differences.reduce((sum, d) => sum + (d - mean) ** 2, 0) / 300;
    expect(ranking[1]!.excess).toBeCloseTo(Math.abs(mean), 12);
    expect(ranking[1]!.excessError).toBeCloseTo(Math.sqrt(variance / 300), 12);
  });

  test("counts weights as repetitions", () => {
    const { scores, labels } = rows(200, (s) => s, 5);
    const run = (weights?: Float64Array) =>
      compareCalibrators(scores, labels, { calibrators: { platt: fitPlatt }, seed: 1, weights }).ranking[0]!;
    const twice = run(new Float64Array(200).fill(2));
    // The same fits up to Platt's targets, which see twice the counts.
    expect(twice.logLoss).toBeCloseTo(run().logLoss, 2);
    const onlyFirst = run(scores.map((_, i) => (i < 150 ? 1 : 0)));
    expect(onlyFirst.logLoss).not.toBe(run().logLoss);
  });

  test("two that are certain and wrong are equals, the smaller maximum weight first", () => {
    const { ranking, reason } = compareCalibrators(curved.scores, curved.labels, {
      calibrators: { one: fitIsotonic, other: fitIsotonic },
      seed: 3,
    });
    expect(ranking.map(({ excess, isTied }) => [excess, isTied])).toEqual([
      [0, true],
      [0, true],
    ]);
    expect(reason).toMatch(/^one has an infinite log loss: .* other has an infinite log loss: /);
  });

  test("names the calibrator that cannot be fitted, and keeps its error", () => {
    const cause = new RangeError("no luck");
    const broken = () => {
      throw cause;
    };
    const run = () => compareCalibrators(curved.scores, curved.labels, { calibrators: { broken }, seed: 1 });
    expect(run).toThrow(new Error("compareCalibrators: broken cannot be fitted: no luck"));
    expect(run).toThrow(expect.objectContaining({ cause }));
  });

  test("refuses nothing to compare, and what is no function", () => {
    const run = (calibrators: object) => () =>
      compareCalibrators([1, 2, 3, 4], [0, 1, 0, 1], { calibrators, folds: 2, seed: 1 } as never);
    expect(run({})).toThrow(
      new RangeError("compareCalibrators: calibrators must name at least one, got none"),
    );
    expect(run({ platt: "platt" })).toThrow(
      new TypeError('compareCalibrators: calibrators.platt must be a function, got "platt"'),
    );
    expect(() => compareCalibrators([1, 2], [0, 1], { calibrators: { platt: fitPlatt }, seed: 1 })).toThrow(
      "compareCalibrators: folds must be an integer from 2 to the 1 rows of the rarer class, got 5",
    );
  });
});

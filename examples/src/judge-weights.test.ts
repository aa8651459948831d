import { predictSelection } from "@mhgan/mcmc/predictions";
import { describe, expect, test } from "vitest";
import { judgeWeights } from "./judge-weights.ts";
import { laplacePair, paperPair, type ScoreGrid } from "./score-pair.ts";

/** Three points, so that everything can be done by hand. */
const grid: ScoreGrid = {
  scores: Float64Array.of(0, 1, 2),
  real: Float64Array.of(0.1, 0.3, 0.6),
  fake: Float64Array.of(0.5, 0.3, 0.2),
  logWeights: Float64Array.of(0.2, 1, 3).map(Math.log),
};

/** The law after so many steps, by the matrix of the chain. */
function afterSteps(start: Float64Array, logWeights: Float64Array, steps: number): Float64Array {
  let law = start;
  for (let step = 0; step < steps; step++) {
    const next = new Float64Array(law.length);
    law.forEach((mass, from) => {
      grid.fake.forEach((proposed, to) => {
        const ratio =
          logWeights[to]! === logWeights[from]! ? 1 : Math.exp(logWeights[to]! - logWeights[from]!);
        const accepted = mass * proposed * Math.min(1, ratio);
        next[to]! += accepted;
        next[from]! += mass * proposed - accepted;
      });
    });
    law = next;
  }
  return law;
}

const half = (sum: number, i: number, law: Float64Array): number =>
  sum + Math.abs(law[i]! - grid.real[i]!) / 2;

describe("judgeWeights", () => {
  test("by hand on three points", () => {
    const judgement = judgeWeights(grid, Float64Array.of(0.5, 0.5, 2).map(Math.log), Math.log(2), 3);
    expect(judgement.meanWeight).toBeCloseTo(0.8, 12);
    expect(judgement.maximumWeight).toBeCloseTo(2, 12);
    // 0.3125, 0.1875, 0.5 against 0.1, 0.3, 0.6
    expect(judgement.totalVariation).toBeCloseTo(0.2125, 12);
    expect(judgement.proposalsPerDraw).toBeCloseTo(2.5, 12);
    // Only the heaviest refuses: 0.8 · ¾ of proposals.
    expect(judgement.capOut).toBeCloseTo(0.6 * 0.6 ** 3, 12);
    const loss = (p: readonly number[]): number =>
      p.reduce(
        (sum, pi, i) => sum - (grid.real[i]! * Math.log(pi) + grid.fake[i]! * Math.log(1 - pi)) / 2,
        0,
      );
    expect(judgement.logLossExcess).toBeCloseTo(
      loss([1 / 3, 1 / 3, 2 / 3]) - loss([1 / 6, 1 / 2, 3 / 4]),
      12,
    );
  });

  test.each([
    ["finite", [-1, 0.3, 1.1]],
    ["with ties", [-0.4, -0.4, 0.9]],
    ["infinite", [-Infinity, 0.2, Infinity]],
  ])("chains do what the matrix of the chain says, for weights that are %s", (_name, values) => {
    const logWeights = Float64Array.from(values);
    const steps = 4;
    const judgement = judgeWeights(grid, logWeights, logWeights[2]!, steps);
    // A start is survived where every step proposed another point and was refused.
    const survivals = grid.real.map((mass, from) => {
      const refused = grid.fake.reduce((sum, proposed, to) => {
        const ratio = logWeights[to] === logWeights[from] ? 1 : Math.exp(logWeights[to]! - logWeights[from]!);
        return sum + proposed * (1 - Math.min(1, ratio));
      }, 0);
      return mass * refused ** steps;
    });
    const capOut = survivals.reduce((sum, mass) => sum + mass, 0);
    expect(judgement.capOut).toBeCloseTo(capOut, 12);
    const restarted = afterSteps(grid.fake, logWeights, steps);
    const draws = afterSteps(grid.real, logWeights, steps).map(
      (mass, i) => mass - survivals[i]! + capOut * restarted[i]!,
    );
    expect(judgement.chainTotalVariation).toBeCloseTo(
      draws.reduce((sum, _, i) => half(sum, i, draws), 0),
      12,
    );
  });

  test("of infinite weights, exact sampling accepts nothing else", () => {
    const judgement = judgeWeights(grid, Float64Array.of(-Infinity, 0, Infinity), Infinity, 640);
    expect(judgement.totalVariation).toBeCloseTo(0.4, 12);
    expect(judgement.proposalsPerDraw).toBeCloseTo(5, 12);
    expect(judgement.meanWeight).toBe(Infinity);
    expect(judgement.logLossExcess).toBe(Infinity);
  });

  test("of weights without a bound, exact sampling has no end", () => {
    const judgement = judgeWeights(grid, grid.logWeights, Infinity, 640);
    expect(judgement.totalVariation).toBeCloseTo(0, 12);
    expect(judgement.proposalsPerDraw).toBe(Infinity);
  });

  test("finds nothing wrong with the truth but what predictSelection says of it", () => {
    for (const pair of [laplacePair(2), paperPair()]) {
      const truth = judgeWeights(pair.grid, pair.grid.logWeights, Math.log(pair.maximumWeight), 640);
      const prediction = predictSelection(pair.grid.logWeights, { masses: pair.grid.fake });
      expect(truth.meanWeight).toBeCloseTo(1, 6);
      expect(truth.totalVariation).toBeLessThan(1e-12);
      expect(truth.logLossExcess).toBeCloseTo(0, 12);
      expect(truth.capOut).toBeCloseTo(prediction.capOut(640), 9);
      expect(truth.chainTotalVariation).toBeCloseTo(prediction.totalVariation(640, "target"), 9);
    }
  });

  test("knows the exact figures of the paper's example", () => {
    const { grid: points } = paperPair();
    const truth = judgeWeights(points, points.logWeights, points.logWeights.at(-1)!, 640);
    expect(truth.capOut).toBeCloseTo(0.0598, 4);
    expect(truth.chainTotalVariation).toBeCloseTo(0.0557, 4);
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chooseIndex } from "../random/choose-index.ts";
import { randomStream } from "../random/random-stream.ts";
import { chiSquareZ } from "../testing/chi-square.ts";
import { selectRejection } from "./select-rejection.ts";

// A skewed target: a symmetric one could not catch a sign or a direction that is wrong.
const target = [0.02, 0.05, 0.08, 0.25, 0.6];
const proposal = [0.4, 0.3, 0.1, 0.15, 0.05];
const logWeightOf = target.map((p, i) => Math.log(p / proposal[i]!));

describe("selectRejection", () => {
  test("gives exact draws of the target at the rate mean w / bound", () => {
    const random = randomStream("rejection");
    const states = Array.from({ length: 400_000 }, () => chooseIndex(random, proposal));
    const { accepted, acceptanceRate } = selectRejection(
      states.map((x) => logWeightOf[x]!),
      { random, logWeightBound: Math.log(12) },
    );
    const counts = new Float64Array(target.length);
    for (const k of accepted) counts[states[k]!] = counts[states[k]!]! + 1;
    // Fixed seed; a right sampler exceeds 5 (chi-square of 4 degrees above 18) for about 1 seed in 1000.
    expect(chiSquareZ(counts, target)).toBeLessThan(5);
    // The mean weight is 1; five standard deviations of a binomial, exceeded by 1 seed in a million.
    expect(Math.abs(acceptanceRate - 1 / 12)).toBeLessThan(
      5 * Math.sqrt((1 / 12) * (11 / 12) * (1 / 400_000)),
    );
  });

  test("accepts iff u ≤ w / bound, uniform number k deciding proposal k", () => {
    const uniforms = [0.5 - 1e-9, 0.5 + 1e-9, 1, 0.25 - 1e-9, 2 ** -53];
    let next = 0;
    const random = () => 1 - uniforms[next++]!;
    const logWeights = [1, 1, 2, 0.5, 0].map(Math.log);
    const { accepted, acceptanceRate } = selectRejection(logWeights, { random, logWeightBound: Math.log(2) });
    expect(Array.from(accepted)).toEqual([0, 2, 3]);
    expect(acceptanceRate).toBe(0.6);
  });

  test("depends on differences from the bound alone, takes one uniform a proposal, and the same seed gives the same", () => {
    // Integers, so that the shift is exact in floating point.
    const integers = fc.array(fc.integer({ min: -8, max: 0 }), { maxLength: 40 });
    fc.assert(
      fc.property(integers, fc.integer({ min: -1000, max: 1000 }), fc.nat(), (weights, shift, seed) => {
        const run = (by: number) => {
          const random = randomStream(seed);
          const result = selectRejection(
            weights.map((w) => w + by),
            { random, logWeightBound: by },
          );
          expect(random.position).toBe(weights.length);
          return result;
        };
        expect(run(shift)).toEqual(run(0));
      }),
      { seed: 1 },
    );
  });

  test("treats equal infinities as equal", () => {
    const random = () => 0;
    const accepted = (logWeights: number[], logWeightBound: number) =>
      Array.from(selectRejection(logWeights, { random, logWeightBound }).accepted);
    expect(accepted([0, Infinity, -Infinity], Infinity)).toEqual([1]);
    expect(accepted([-Infinity, -Infinity], -Infinity)).toEqual([0, 1]);
    const luckiest = () => 1 - 2 ** -53;
    expect(selectRejection([-Infinity], { random: luckiest, logWeightBound: 0 }).accepted).toHaveLength(0);
  });

  test("accepts nothing of nothing", () => {
    expect(selectRejection([], { random: randomStream(1), logWeightBound: 0 })).toEqual({
      accepted: new Uint32Array(0),
      acceptanceRate: 0,
    });
  });

  test("refuses NaN and a weight above the bound, by index", () => {
    const random = randomStream(1);
    const run = (logWeights: number[], logWeightBound: number) => () =>
      selectRejection(logWeights, { random, logWeightBound });
    expect(run([0, Number.NaN], 0)).toThrow(
      new RangeError("selectRejection: logWeights must not be NaN, got NaN at index 1"),
    );
    expect(run([0, 2], 1)).toThrow(
      new RangeError("selectRejection: logWeights must be at most logWeightBound 1, got 2 at index 1"),
    );
    expect(run([0], Number.NaN)).toThrow("logWeightBound must be a number or ±Infinity, got NaN");
  });
});

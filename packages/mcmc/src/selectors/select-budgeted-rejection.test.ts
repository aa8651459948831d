import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chooseIndex } from "../random/choose-index.ts";
import { randomStream } from "../random/random-stream.ts";
import { chiSquareZ } from "../testing/chi-square.ts";
import { budgetedAcceptance } from "./budgeted-acceptance.ts";
import { selectBudgetedRejection } from "./select-budgeted-rejection.ts";

const mean = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((sum, x) => sum + x, 0) / values.length;
const acceptances = (logWeights: readonly number[], budget: number): number[] =>
  logWeights.map(budgetedAcceptance(logWeights, budget).acceptance);

const finite = fc.double({ min: -2000, max: 2000, noNaN: true });
const someWeights = fc.array(fc.oneof(finite, fc.double({ min: -3, max: 3, noNaN: true }), fc.constant(1)), {
  minLength: 1,
  maxLength: 50,
});
const budgets = fc.oneof(fc.double({ min: 1e-3, max: 1, noNaN: true }), fc.constantFrom(0.25, 0.5, 1));

describe("budgetedAcceptance", () => {
  test("finds the scale of a case worked by hand", () => {
    // 8c is cut off at 1; the rest must sum to 2: c · 5 = 2.
    const { logScale, acceptance } = budgetedAcceptance([8, 1, 1, 2, 0.5, 0.5].map(Math.log), 0.5);
    expect(logScale).toBeCloseTo(Math.log(0.4), 14);
    expect(acceptance(Math.log(2))).toBeCloseTo(0.8, 14);
    expect(acceptance(Math.log(2.5))).toBeCloseTo(1, 14);
    expect(acceptance(1e9)).toBe(1);
    expect(acceptance(-1e9)).toBe(0);
  });

  test("has the budget as its mean, and is min(1, c·w), for weights of any size", () => {
    fc.assert(
      fc.property(someWeights, budgets, (logWeights, budget) => {
        const { logScale, acceptance } = budgetedAcceptance(logWeights, budget);
        const probabilities = logWeights.map(acceptance);
        expect(Math.abs(mean(probabilities) - budget)).toBeLessThan(1e-12);
        probabilities.forEach((probability, k) => {
          expect(probability).toBeCloseTo(Math.min(1, Math.exp(logScale + logWeights[k]!)), 11);
        });
      }),
      { seed: 1, numRuns: 2000 },
    );
  });

  test("has the budget as its mean over 100,000 weights", () => {
    const random = randomStream("many");
    const logWeights = Float64Array.from({ length: 100_000 }, () => -30 * Math.log(1 - random()));
    for (const budget of [1e-4, 0.03, 0.4, 0.99]) {
      const { acceptance } = budgetedAcceptance(logWeights, budget);
      expect(Math.abs(mean(logWeights.map(acceptance)) - budget)).toBeLessThan(1e-12);
    }
  });

  test("depends on differences alone, and on no order", () => {
    const integers = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(integers, budgets, fc.integer({ min: -999, max: 999 }), (logWeights, budget, shift) => {
        const plain = acceptances(logWeights, budget);
        const shifted = logWeights.map((w) => w + shift);
        expect(acceptances(shifted, budget)).toEqual(plain);
        expect(acceptances(logWeights.toReversed(), budget).toReversed()).toEqual(plain);
      }),
      { seed: 2 },
    );
  });

  test("no other rule with that budget brings the accepted closer in total variation or divergence", () => {
    const random = randomStream("alternatives");
    for (let round = 0; round < 40; round++) {
      // Proposals are equally likely, so the target is their weights and the accepted follow their acceptances.
      const logWeights = Array.from({ length: 6 }, () => 3 * random());
      const budget = 0.1 + 0.8 * random();
      const total = logWeights.reduce((sum, w) => sum + Math.exp(w), 0);
      const target = logWeights.map((w) => Math.exp(w) / total);
      const accepted = (rule: readonly number[]) => rule.map((a) => a / (6 * budget));
      const totalVariation = (rule: readonly number[]) =>
        accepted(rule).reduce((sum, q, k) => sum + Math.abs(q - target[k]!) / 2, 0);
      const divergence = (rule: readonly number[]) =>
        accepted(rule).reduce((sum, q, k) => sum + target[k]! * Math.log(target[k]! / q), 0);
      const best = acceptances(logWeights, budget);
      for (let other = 0; other < 200; other++) {
        // A rule of random acceptances, scaled towards 0 or 1 until its mean is the budget; every other one near the best.
        const noise = Array.from({ length: 6 }, random);
        const near = other % 2 === 0 ? noise : noise.map((a, k) => 0.05 * a + 0.95 * best[k]!);
        const m = mean(near);
        const rule = near.map((a) =>
          m > budget ? (a * budget) / m : 1 - ((1 - a) * (1 - budget)) / (1 - m),
        );
        expect(mean(rule)).toBeCloseTo(budget, 12);
        expect(totalVariation(rule)).toBeGreaterThan(totalVariation(best) - 1e-12);
        expect(divergence(rule)).toBeGreaterThan(divergence(best) - 1e-12);
      }
    }
  });

  test("treats equal infinities as equal, and never accepts a weight of 0 beside another", () => {
    expect(acceptances([Infinity, 0, Infinity, -Infinity], 0.25)).toEqual([0.5, 0, 0.5, 0]);
    expect(budgetedAcceptance([Infinity, 0], 0.25).logScale).toBe(-Infinity);
    expect(acceptances([Infinity, 0, 0, -Infinity], 0.5)).toEqual([1, 0.5, 0.5, 0]);
    // Even all positive weights do not fill the budget.
    expect(acceptances([Infinity, 0, -5, -Infinity], 0.9)).toEqual([1, 1, 1, 0]);
    expect(budgetedAcceptance([0, -Infinity], 0.9).logScale).toBe(Infinity);
    // They fill it just so.
    expect(acceptances([0, -5, -Infinity, -Infinity], 0.5)).toEqual([1, 1, 0, 0]);
    expect(budgetedAcceptance([0, -5, -Infinity, -Infinity], 0.5).logScale).toBe(5);
    // All alike.
    expect(acceptances([-Infinity, -Infinity], 0.25)).toEqual([0.25, 0.25]);
    expect(acceptances([7], 0.25)).toEqual([0.25]);
    expect(acceptances([3, -1], 1)).toEqual([1, 1]);
  });

  test("refuses nothing, NaN by index, and budgets that are none", () => {
    expect(() => budgetedAcceptance([], 0.5)).toThrow(
      new RangeError("budgetedAcceptance: logWeights must not be empty, got length 0"),
    );
    expect(() => budgetedAcceptance([0, Number.NaN], 0.5)).toThrow(
      new RangeError("budgetedAcceptance: logWeights must not be NaN, got NaN at index 1"),
    );
    for (const budget of [0, -1, 1.001, Number.NaN]) {
      expect(() => budgetedAcceptance([0], budget)).toThrow(
        new RangeError(`budgetedAcceptance: budget must be in (0, 1], got ${budget}`),
      );
    }
    for (const logWeights of [[0], [0, -Infinity]]) {
      expect(() => budgetedAcceptance(logWeights, 0.9).acceptance(Number.NaN)).toThrow(
        "acceptance: logWeight must be a number or ±Infinity, got NaN",
      );
    }
  });
});

describe("selectBudgetedRejection", () => {
  // A skewed target: a symmetric one could not catch a sign or a direction that is wrong.
  const target = [0.02, 0.05, 0.08, 0.25, 0.6];
  const proposal = [0.4, 0.3, 0.1, 0.15, 0.05];
  const logWeightOf = target.map((p, i) => Math.log(p / proposal[i]!));

  test("accepts each proposal with the probability it states", () => {
    const random = randomStream("budget");
    const states = Array.from({ length: 200_000 }, () => chooseIndex(random, proposal));
    const logWeights = states.map((x) => logWeightOf[x]!);
    const { accepted, acceptanceProbabilities, acceptanceRate, logScale } = selectBudgetedRejection(
      logWeights,
      { random, budget: 0.2 },
    );
    expect(mean(acceptanceProbabilities)).toBeCloseTo(0.2, 12);
    expect(acceptanceRate).toBe(accepted.length / states.length);
    const counts = new Float64Array(target.length);
    for (const k of accepted) counts[states[k]!] = counts[states[k]!]! + 1;
    const seen = new Float64Array(target.length);
    for (const x of states) seen[x] = seen[x]! + 1;
    const expected = seen.map(
      (n, x) => (n / states.length) * Math.min(1, Math.exp(logScale + logWeightOf[x]!)),
    );
    // Fixed seed; a right sampler exceeds 5 (chi-square of 4 degrees above 18) for less than 1 seed in 1000.
    expect(
      chiSquareZ(
        counts,
        expected.map((p) => p / 0.2),
      ),
    ).toBeLessThan(5);
  });

  test("uniform number k decides proposal k, and the same seed gives the same", () => {
    fc.assert(
      fc.property(someWeights, budgets, fc.nat(), (logWeights, budget, seed) => {
        const random = randomStream(seed);
        const result = selectBudgetedRejection(logWeights, { random, budget });
        expect(random.position).toBe(logWeights.length);
        random.seek(0);
        const { acceptance, logScale } = budgetedAcceptance(logWeights, budget);
        const expected = logWeights.flatMap((w, k) => (1 - random() <= acceptance(w) ? [k] : []));
        expect(Array.from(result.accepted)).toEqual(expected);
        expect(result.logScale).toBe(logScale);
      }),
      { seed: 3 },
    );
  });

  test("refuses what budgetedAcceptance refuses, in its own name", () => {
    const random = randomStream(1);
    expect(() => selectBudgetedRejection([], { random, budget: 0.5 })).toThrow(
      "selectBudgetedRejection: logWeights must not be empty",
    );
    expect(() => selectBudgetedRejection([0, Number.NaN], { random, budget: 0.5 })).toThrow(
      "selectBudgetedRejection: logWeights must not be NaN, got NaN at index 1",
    );
    expect(() => selectBudgetedRejection([0], { random, budget: 2 })).toThrow(
      "selectBudgetedRejection: budget must be in (0, 1], got 2",
    );
  });
});

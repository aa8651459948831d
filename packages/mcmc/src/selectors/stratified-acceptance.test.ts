import { expect, test } from "vitest";
import { normal } from "../random/normal.ts";
import { randomStream } from "../random/random-stream.ts";
import { budgetedAcceptance } from "./budgeted-acceptance.ts";
import { stratifiedAcceptance } from "./stratified-acceptance.ts";

const random = randomStream("strata");
const strata = Array.from({ length: 3000 }, (_, i) => (i < 60 ? 2 : i % 2));
const logWeights = strata.map((stratum) => normal(random) + stratum);

/** How much of the proposals is accepted in each stratum, of all proposals. */
function accepted(rule: ReturnType<typeof stratifiedAcceptance>): number[] {
  const sums = [0, 0, 0];
  logWeights.forEach((logWeight, i) => {
    sums[strata[i]!]! += rule.acceptance(logWeight, strata[i]!) / logWeights.length;
  });
  return sums;
}

test("accepts the budget, in the shares that were asked for", () => {
  const sums = accepted(stratifiedAcceptance(logWeights, strata, { shares: [1, 2, 1], budget: 0.04 }));
  expect(sums[0]).toBeCloseTo(0.01, 10);
  expect(sums[1]).toBeCloseTo(0.02, 10);
  expect(sums[2]).toBeCloseTo(0.01, 10);
});

test("takes all of a stratum that is too small, and keeps the ratio of the others", () => {
  const rule = stratifiedAcceptance(logWeights, strata, { shares: [1, 2, 1], budget: 0.2 });
  const sums = accepted(rule);
  expect(rule.rates[2]).toBe(1);
  expect(sums[2]).toBeCloseTo(0.02, 10);
  expect(sums[0]).toBeCloseTo(0.06, 10);
  expect(sums[1]).toBeCloseTo(0.12, 10);
});

test("accepts everything that has a share at a budget of 1, and nothing that has none", () => {
  expect([...stratifiedAcceptance(logWeights, strata, { shares: [1, 2, 1], budget: 1 }).rates]).toEqual([
    1, 1, 1,
  ]);
  const rule = stratifiedAcceptance(logWeights, strata, { shares: [1, 0, 1], budget: 0.1 });
  expect(rule.rates[1]).toBe(0);
  expect(rule.acceptance(100, 1)).toBe(0);
});

test("is budgeted rejection where there is one stratum, or shares are those of its accepted", () => {
  const { acceptance } = budgetedAcceptance(logWeights, 0.1);
  const one = stratifiedAcceptance(
    logWeights,
    logWeights.map(() => 0),
    { shares: [7], budget: 0.1 },
  );
  const shares = [0, 0, 0];
  logWeights.forEach((logWeight, i) => {
    shares[strata[i]!]! += acceptance(logWeight);
  });
  const same = stratifiedAcceptance(logWeights, strata, { shares, budget: 0.1 });
  for (const logWeight of [-3, 0, 1, 2.5, 4]) {
    expect(one.acceptance(logWeight, 0)).toBeCloseTo(acceptance(logWeight), 10);
    for (const stratum of [0, 1, 2]) {
      expect(same.acceptance(logWeight, stratum)).toBeCloseTo(acceptance(logWeight), 8);
    }
  }
});

test("says what is wrong", () => {
  const given = { shares: [1, 1], budget: 0.5 };
  expect(() => stratifiedAcceptance([0, 0], [0], given)).toThrow(
    "stratifiedAcceptance: strata must have one number for each of 2 weights, got 1",
  );
  expect(() => stratifiedAcceptance([0, 0], [0, 2], given)).toThrow(
    "strata must be integers from 0 to 1, got 2 at index 1",
  );
  expect(() => stratifiedAcceptance([0, 0], [0, 0.5], given)).toThrow("got 0.5 at index 1");
  expect(() => stratifiedAcceptance([0, NaN], [0, 1], given)).toThrow(/NaN at index 1/);
  expect(() => stratifiedAcceptance([0, 0], [0, 1], { ...given, budget: 0 })).toThrow(
    "stratifiedAcceptance: budget must be in (0, 1], got 0",
  );
  expect(() => stratifiedAcceptance([0, 0], [0, 1], { ...given, shares: [1, -1] })).toThrow(
    "shares must be finite and from 0, got -1 at index 1",
  );
  expect(() => stratifiedAcceptance([0, 0], [0, 0], { ...given, shares: [0, 1] })).toThrow(
    "shares must be above 0 for some stratum with proposals",
  );
  const { acceptance } = stratifiedAcceptance([0, 0], [0, 1], given);
  expect(() => acceptance(0, 2)).toThrow("acceptance: stratum must be an integer from 0 to 1, got 2");
  expect(() => acceptance(NaN, 0)).toThrow(/NaN/);
});

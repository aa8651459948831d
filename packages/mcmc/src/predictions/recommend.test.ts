import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { normal } from "../random/normal.ts";
import { randomStream } from "../random/random-stream.ts";
import { predictSelection } from "./predict-selection.ts";
import { type PredictedChoice, recommend } from "./recommend.ts";

/** Log weights with a mean weight of 1 and a spread. */
function pilots(count: number, spread: number): Float64Array {
  const random = randomStream("pilots");
  return Float64Array.from({ length: count }, () => spread * normal(random) - spread ** 2 / 2);
}

const names = ({ selector }: PredictedChoice): string => selector;

describe("recommend", () => {
  const logWeights = pilots(2000, 0.5);
  const logWeightBound = 2;

  test("takes what is exact where that is asked for and a bound is known", () => {
    const known = recommend(logWeights, { totalVariation: 1e-4 }, { logWeightBound });
    expect(known).toMatchObject({
      selector: "couplingFromThePast",
      options: {},
      totalVariation: 0,
      warnings: [],
    });
    const cost = predictSelection(logWeights).couplingFromThePast({ logWeightBound }).proposalsPerDraw;
    expect(known.proposalsPerDraw).toBe(cost);
    expect(known.reason).toBe(
      `couplingFromThePast, because with weights of at most ${cost.toPrecision(3)} times their mean an exact draw takes as many proposals; next is rejection with a total variation of 0 for ${cost.toPrecision(3)}.`,
    );
    const affordable = recommend(logWeights, { proposalsPerDraw: 20 }, { logWeightBound });
    expect(affordable.selector).toBe("couplingFromThePast");
    const unknown = recommend(logWeights, { totalVariation: 1e-4 });
    expect([unknown, ...unknown.alternatives].map(names)).not.toContain("rejection");
    expect(unknown.totalVariation).toBeLessThanOrEqual(1e-4);
    expect(unknown.warnings).toEqual([
      expect.stringMatching(/^2000 pilots cannot show total variations below 0\.00\d+\.$/),
    ]);
  });

  test("compares every selector", () => {
    const { alternatives, ...best } = recommend(logWeights, { totalVariation: 0.01 }, { logWeightBound });
    expect([best, ...alternatives].map((choice) => choice.selector).sort()).toEqual([
      "budgetedRejection",
      "couplingFromThePast",
      "discriminatorRejection",
      "importanceResampling",
      "iteratedSir",
      "metropolisHastings",
      "rejection",
    ]);
    expect(best.reason).toMatch(
      /^budgetedRejection, because no other comes within a total variation of 0\.01 for as few proposals per draw: 2\.\d+; next is \w+ with a total variation of 0\.\d+ for \d\.\d+\.$/,
    );
    expect(recommend(logWeights, { proposalsPerDraw: 2 }).reason).toMatch(
      /^budgetedRejection, because no other comes as close within 2 proposals per draw: to a total variation of 0\.\d+; next is/,
    );
  });

  test("searches to the last proposal", () => {
    const prediction = predictSelection(logWeights);
    const { alternatives, ...best } = recommend(logWeights, { totalVariation: 0.01 });
    for (const choice of [best, ...alternatives] as PredictedChoice[]) {
      expect(choice.totalVariation).toBeLessThanOrEqual(0.01);
      if (choice.selector === "metropolisHastings") {
        expect(choice.options.chainLength).toBe(prediction.chainLength(0.01, "proposal") + 1);
      }
      if (choice.selector === "importanceResampling") {
        const candidates = choice.options.candidates - 1;
        expect(prediction.importanceResampling({ candidates }).totalVariation).toBeGreaterThan(0.01);
      }
    }
    const chains = recommend(logWeights, { totalVariation: 0.01 }, { start: "target" }).alternatives;
    expect(chains.find((choice) => choice.selector === "metropolisHastings")!.options).toEqual({
      chainLength: prediction.chainLength(0.01, "target"),
      restart: "fresh",
    });
  });

  test("gives what predictSelection gives, within the target, and nothing better is left", () => {
    const weights = fc
      .array(fc.oneof(fc.double({ min: -5, max: 3, noNaN: true }), fc.constantFrom(0, -Infinity)), {
        minLength: 1,
        maxLength: 30,
      })
      .filter((values) => values.some((value) => value > -Infinity));
    const target = fc.oneof(
      fc.double({ min: 0.001, max: 1, noNaN: true }).map((totalVariation) => ({ totalVariation })),
      fc.double({ min: 1, max: 300, noNaN: true }).map((proposalsPerDraw) => ({ proposalsPerDraw })),
    );
    const options = fc.record({
      start: fc.constantFrom("target" as const, "proposal" as const),
      logWeightBound: fc.constantFrom(3, 5, Infinity),
    });
    fc.assert(
      fc.property(weights, target, options, (values, wanted, known) => {
        const { alternatives, ...best } = recommend(values, wanted, known);
        const prediction = predictSelection(values);
        for (const choice of [best, ...alternatives] as PredictedChoice[]) {
          const predict = prediction[choice.selector] as (options: object) => object;
          const { totalVariation, proposalsPerDraw } = choice;
          expect(predict({ ...choice.options, ...known })).toEqual({ totalVariation, proposalsPerDraw });
          if ("totalVariation" in wanted && best.totalVariation > 0) {
            expect(best.totalVariation).toBeLessThanOrEqual(wanted.totalVariation);
            if (totalVariation <= wanted.totalVariation && known.logWeightBound === Infinity) {
              expect(best.proposalsPerDraw).toBeLessThanOrEqual(proposalsPerDraw + 0.011);
            }
          }
          if ("proposalsPerDraw" in wanted) {
            expect(best.proposalsPerDraw).toBeLessThanOrEqual(wanted.proposalsPerDraw * (1 + 1e-8));
            if (proposalsPerDraw <= wanted.proposalsPerDraw) {
              expect(best.totalVariation).toBeLessThanOrEqual(totalVariation + 2e-9);
            }
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  test("may have no alternative", () => {
    expect(recommend([-Infinity, 0], { proposalsPerDraw: 1 }, { start: "target" })).toMatchObject({
      selector: "importanceResampling",
      options: { candidates: 1 },
      alternatives: [],
      reason:
        "importanceResampling, because no other comes as close within 1 proposals per draw: to a total variation of 0.5.",
    });
  });

  test("warns of pilots that cannot be relied on", () => {
    const heavy = recommend(pilots(2000, 3), { proposalsPerDraw: 20 }).warnings;
    expect(heavy[0]).toMatch(
      /^Pareto k-hat is \d\.\d+, above 0\.697: proposals will be met that are heavier/,
    );
    expect(heavy[1]).toMatch(/^The pilots are worth only [\d.]+ samples of the target\.$/);
    expect(recommend([0, 1, 2], { proposalsPerDraw: 20 }).warnings[0]).toBe(
      "3 pilots do not show how heavy the tail of the weights is.",
    );
    expect(
      recommend(
        logWeights.map((w) => w + 1),
        { totalVariation: 0.1 },
      ).warnings,
    ).toEqual([expect.stringMatching(/^The mean weight is 2\.\d+, not 1: /)]);
  });

  test("refuses what it cannot use", () => {
    const refuse = (target: object, options: object = {}): (() => unknown) => {
      return () => recommend([0, 1], target as { totalVariation: number }, options);
    };
    expect(refuse({})).toThrow(
      "recommend: target must be { totalVariation } or { proposalsPerDraw }, got {}",
    );
    expect(refuse({ totalVariation: 0.1, proposalsPerDraw: 2 })).toThrow("recommend: target must be");
    for (const totalVariation of [0, 1.5, Number.NaN]) {
      expect(refuse({ totalVariation })).toThrow("recommend: totalVariation must be in (0, 1], got");
    }
    for (const proposalsPerDraw of [0.5, Infinity, Number.NaN]) {
      expect(refuse({ proposalsPerDraw })).toThrow(
        "recommend: proposalsPerDraw must be finite and at least 1",
      );
    }
    expect(refuse({ totalVariation: 0.1 }, { start: "real" })).toThrow("recommend: start must be one of");
    expect(refuse({ totalVariation: 0.1 }, { logWeightBound: 0.5 })).toThrow(
      "recommend: logWeightBound must be at least the largest pilot",
    );
    expect(() => recommend([Number.NaN], { totalVariation: 0.1 })).toThrow("got NaN at index 0");
  });
});

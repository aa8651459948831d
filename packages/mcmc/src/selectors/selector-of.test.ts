import { describe, expect, test } from "vitest";
import { recommend, type SelectorChoice } from "../predictions/index.ts";
import { randomStream } from "../random/random-stream.ts";
import { selectorOf } from "./selector-of.ts";

describe("selectorOf", () => {
  const random = randomStream(1);
  const logWeights = Array.from({ length: 500 }, () => Math.log(random()));
  const advice = recommend(logWeights, { totalVariation: 0.05 }, { logWeightBound: 0, start: "target" });
  const choices = [advice, ...advice.alternatives];

  test("knows every selector that can be recommended", () => {
    expect(choices.map((choice) => selectorOf(choice).name)).toEqual(choices.map(({ selector }) => selector));
    expect(choices).toHaveLength(7);
  });

  test("passes the options on", () => {
    expect(() => selectorOf({ selector: "budgetedRejection", options: { budget: 2 } })).toThrow(
      /budgetedRejection: .*budget/,
    );
  });

  test("refuses what is no selector", () => {
    const choice = JSON.parse('{"selector": "toString", "options": {}}') as SelectorChoice;
    expect(() => selectorOf(choice)).toThrow(/selector must be one of budgetedRejection, .* got "toString"/);
  });
});

import { normal, randomStream } from "@mhgan/mcmc";
import { predictSelection, recommend } from "@mhgan/mcmc/predictions";
import { describe, expect, test } from "vitest";
import {
  inMethodNames,
  methodNames,
  predictionOf,
  requireMethodOptions,
  samplerChoice,
  samplerChoiceOf,
  samplerText,
  selectorOf,
} from "./methods.ts";

const samplers = methodNames.filter((name) => name !== "auto" && name !== "weights");
const random = randomStream(1);
const logWeights = Float64Array.from({ length: 500 }, () => Math.min(2, normal(random) - 0.5));
const prediction = predictSelection(logWeights);

describe("every sampler", () => {
  test.each(samplers)("%s has a selector, a prediction and a text", (method) => {
    const choice = samplerChoice(method, {});
    expect(choice.method).toBe(method);
    const select = selectorOf(choice).prepare({ logWeightBound: 2, pilotLogWeights: logWeights });
    expect(select).toBeTypeOf("function");
    const { totalVariation, proposalsPerDraw } = predictionOf(choice, prediction, 2);
    expect(totalVariation).toBeLessThan(0.2);
    expect(proposalsPerDraw).toBeGreaterThan(1);
    expect(samplerText(choice)).toMatch(new RegExp(`^${method}`));
  });

  test("is reached from what recommend says", () => {
    const best = recommend(logWeights, { totalVariation: 0.02 }, { logWeightBound: 2, start: "target" });
    const all = [best, ...best.alternatives];
    const choices = all.map(samplerChoiceOf);
    expect(choices.map(({ method }) => method).sort()).toEqual([...samplers].sort());
    // The predictions are those of the recommendation: nothing is lost on the way.
    for (const [i, choice] of choices.entries()) {
      const { totalVariation, proposalsPerDraw } = predictionOf(choice, prediction, 2);
      expect(totalVariation).toBeCloseTo(all[i]!.totalVariation, 9);
      expect(proposalsPerDraw).toBeCloseTo(all[i]!.proposalsPerDraw, 6);
    }
    expect(inMethodNames(best.reason)).not.toMatch(/[a-z][A-Z]/);
  });
});

test("samplerText is what is typed", () => {
  expect(samplerText(samplerChoice("mh", { chainLength: 5 }))).toBe("mh --chain-length 5");
  expect(samplerText(samplerChoice("mh", { restart: "fresh" }))).toBe(
    "mh --chain-length 640 --restart fresh",
  );
  expect(samplerText(samplerChoice("drs", { gamma: { percentile: 80 } }))).toBe(
    "drs --gamma 80% --candidates 640",
  );
  expect(samplerText(samplerChoice("obrs", { budget: 1 / 3 }))).toBe("obrs --budget 0.333333");
  expect(samplerText(samplerChoice("perfect", {}))).toBe("perfect");
});

test("requireMethodOptions refuses an option of another method", () => {
  requireMethodOptions("i-sir", { candidates: 4, steps: 2 });
  expect(() => requireMethodOptions("sir", { candidates: 4, steps: 2 })).toThrow(
    "--steps is not for --method sir, whose options are: --candidates",
  );
  expect(() => requireMethodOptions("rejection", { proposalsPerDraw: 2 })).toThrow(
    "--proposals-per-draw is not for --method rejection, whose options are: none of its own",
  );
});

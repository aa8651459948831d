import { calibrateScores } from "@mhgan/gan-core";
import { normal, randomStream, selectFromArray } from "@mhgan/mcmc";
import { describe, expect, it } from "vitest";
import { chosenMethod, type MethodOptions, methodNames, methodOf } from "./methods.ts";

const random = randomStream(1);
const real = Array.from({ length: 2000 }, () => 1 + normal(random));
const fake = Array.from({ length: 2000 }, () => normal(random));
const scores = calibrateScores(real, fake, { output: "logit", calibrator: "isotonic", seed: 1 });

describe("methodOf", () => {
  const needed: Partial<Record<string, Partial<MethodOptions>>> = {
    obrs: { budget: 4 },
    sir: { candidates: 8 },
    "i-sir": { candidates: 4 },
    drs: { candidates: 20 },
    mh: { chainLength: 30 },
  };

  it.each(methodNames)("%s draws scores like the real ones", (method) => {
    const { selector, label } = methodOf({ method, ...needed[method] }, scores);
    expect(label).not.toBe("");
    const proposals = Array.from({ length: 20_000 }, () => normal(random));
    const { picked } = selectFromArray(scores.logWeights(proposals), {
      selector,
      logWeightBound: scores.logWeightBound,
      pilotLogWeights: scores.pilotLogWeights,
      startLogWeights: scores.realLogWeights,
      draws: 300,
      seed: 1,
    });
    expect(picked).toHaveLength(300);
    const mean = picked.reduce((sum, index) => sum + (proposals[index] ?? 1), 0) / picked.length;
    // Real scores have mean 1, generated ones 0; all methods come most of the way. Standard error .06.
    expect(mean).toBeGreaterThan(0.6);
    expect(mean).toBeLessThan(1.3);
  });

  it("tempers, and auto keeps to its target", () => {
    expect(methodOf({ method: "perfect", temper: 0.5 }, scores).label).toBe("perfect, weights^0.5");
    expect(methodOf({ method: "auto" }, scores).label).toBe(
      chosenMethod(scores.recommend({ totalVariation: 0.01 })).label,
    );
    expect(methodOf({ method: "auto", budget: 2 }, scores).label).toBe("obrs, budget 2");
  });

  it("refuses options of other methods, and asks for those it needs", () => {
    const call = (options: MethodOptions) => () => methodOf(options, scores);
    expect(call({ method: "perfect", chainLength: 3 })).toThrow(
      "--chain-length is an option of the method mh, got it with perfect",
    );
    expect(call({ method: "mh", candidates: 3 })).toThrow("method drs and sir and i-sir, got it with mh");
    expect(call({ method: "obrs" })).toThrow("--budget must be given with the method obrs");
    expect(call({ method: "auto", budget: 4, totalVariation: 0.1 })).toThrow("cannot both be");
    expect(call({ method: "mh", temper: 0 })).toThrow("--temper must be in (0, 1], got 0");
  });
});

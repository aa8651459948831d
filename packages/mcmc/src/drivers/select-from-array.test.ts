import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { randomStream } from "../random/random-stream.ts";
import { importanceResampling } from "../selectors/importance-resampling.ts";
import { metropolisHastings } from "../selectors/metropolis-hastings.ts";
import { rejection } from "../selectors/rejection.ts";
import { selectMetropolisHastings } from "../selectors/select-metropolis-hastings.ts";
import { selectFromArray } from "./select-from-array.ts";

// What every selector must do is tested by selectors/selector.test.ts.

const logWeightsOf = (seed: number, length: number) =>
  Float64Array.from({ length }, randomStream(seed)).map((u) => 4 * u - 2);

describe("selectFromArray", () => {
  test("gives every proposal to one run, in order", () => {
    const logWeights = logWeightsOf(1, 65);
    const run = selectFromArray(logWeights, { selector: metropolisHastings({ chainLength: 10 }), seed: 2 });
    expect(run).toMatchObject({ proposals: 60, proposalsUsed: new Uint32Array(6).fill(10) });
    run.picked.forEach((index, r) => {
      const stream = randomStream(2).split(r);
      let k = 0;
      const random = () => stream.split(k++)();
      const own = logWeights.subarray(10 * r, 10 * r + 10);
      expect(index).toBe(10 * r + selectMetropolisHastings(own, { random }).picked);
    });
  });

  test("wastes no proposal on selectors that may stop at any: rejection draws every accepted one", () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 0, max: 200 }), (seed, length) => {
        const logWeights = logWeightsOf(seed, length);
        const run = selectFromArray(logWeights, { selector: rejection(), logWeightBound: 2, seed });
        const last = run.picked.at(-1);
        expect(run.proposals).toBe(last === undefined ? 0 : last + 1);
        expect(run.proposalsUsed.reduce((sum, used) => sum + used, 0)).toBe(run.proposals);
        expect(Array.from(run.picked)).toEqual(Array.from(new Set(run.picked)).sort((a, b) => a - b));
      }),
    );
  });

  test("says which start a draw is", () => {
    const selector = metropolisHastings({ chainLength: 2, restart: "never" });
    const { picked, capOuts } = selectFromArray(new Float64Array(400), {
      selector,
      seed: 1,
      startLogWeights: [Infinity, 0, Infinity],
    });
    const starts = Array.from(picked).filter((index) => index < 0);
    expect(new Set(starts)).toEqual(new Set([-1, -3]));
    expect(capOuts).toBe(starts.length);
  });

  test("stops at the draws that are wanted", () => {
    const logWeights = logWeightsOf(3, 100);
    const selector = importanceResampling({ candidates: 10, draws: 4 });
    const six = selectFromArray(logWeights, { selector, seed: 1, draws: 6 });
    expect(six).toMatchObject({ proposals: 20, acceptanceRate: expect.any(Number) });
    const all = selectFromArray(logWeights, { selector, seed: randomStream(1) });
    expect(all.picked.length).toBe(40);
    expect(six.picked).toEqual(all.picked.slice(0, 6));
    expect(selectFromArray(logWeights, { selector, seed: 1, draws: 0 }).picked.length).toBe(0);
  });

  test("refuses what is off", () => {
    const run = (options: object) =>
      selectFromArray([0, 1], { selector: metropolisHastings({ chainLength: 1 }), seed: 1, ...options });
    expect(() => run({ draws: -1 })).toThrow("selectFromArray: draws must be a safe integer from 0, got -1");
    expect(() => run({ logWeightBound: 0 })).toThrow("logWeights must be at most 0, got 1 at index 1");
    expect(() => run({ logWeightBound: Number.NaN })).toThrow("logWeightBound must be");
    expect(() => run({ startLogWeights: [Number.NaN] })).toThrow("startLogWeights[0] must be");
  });
});

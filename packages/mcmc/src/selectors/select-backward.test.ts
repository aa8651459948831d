import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { normal } from "../random/normal.ts";
import { randomStream } from "../random/random-stream.ts";
import { selectBackward } from "./select-backward.ts";
import { selectMetropolisHastings } from "./select-metropolis-hastings.ts";

describe("selectBackward", () => {
  test("picks what the forward chain picks and leaves the stream where it does, infinities and restarts included", () => {
    const logWeight = fc.oneof(
      { weight: 8, arbitrary: fc.double({ min: -20, max: 20, noNaN: true }) },
      { weight: 1, arbitrary: fc.constantFrom(0, 3, Infinity, -Infinity) },
    );
    const options = fc.record({
      initialLogWeight: logWeight,
      restart: fc.constantFrom("same-proposals" as const, "never" as const),
    });
    fc.assert(
      fc.property(
        fc.array(logWeight, { maxLength: 30 }),
        options,
        fc.nat(),
        fc.nat(99),
        (weights, rest, seed, at) => {
          const forwardStream = randomStream(seed);
          const backwardStream = randomStream(seed);
          forwardStream.seek(at);
          backwardStream.seek(at);
          const forward = selectMetropolisHastings(weights, { random: forwardStream, ...rest });
          const backward = selectBackward(weights, { random: backwardStream, ...rest });
          expect(backward.picked).toBe(forward.picked);
          expect(backward.capOut).toBe(forward.capOut);
          expect(backwardStream.position).toBe(forwardStream.position);
          const bounded = { ...rest, logWeightBound: Math.max(3, ...weights) };
          expect(selectBackward(weights, { random: randomStream(seed), ...bounded }).picked).toBe(
            selectMetropolisHastings(weights, { random: randomStream(seed), ...rest }).picked,
          );
        },
      ),
      { seed: 1, numRuns: 3000 },
    );
  });

  test("picks what the forward chain picks on 10,000 chains of 64, and looks at about w* of them", () => {
    const chainLength = 64;
    const root = randomStream("many chains");
    let used = 0;
    for (let chain = 0; chain < 10_000; chain++) {
      const proposals = root.split("proposals").split(chain);
      const logWeights = Float64Array.from({ length: chainLength }, () => -Math.abs(normal(proposals)));
      const initialLogWeight = -Math.abs(normal(proposals));
      const accept = root.split("accept").split(chain);
      const forward = selectMetropolisHastings(logWeights, { random: accept, initialLogWeight });
      accept.seek(0);
      const backward = selectBackward(logWeights, { random: accept, initialLogWeight, logWeightBound: 0 });
      if (backward.picked !== forward.picked) expect.fail(`chain ${chain}`);
      used += backward.proposalsUsed;
    }
    // E[w / max w] = E exp(−|z|) = 0.5231…, and the mean of a geometric variable is its inverse.
    expect(used / 10_000).toBeCloseTo(1 / 0.52315658, 1);
  });

  test("refuses NaN and a weight above the bound, by index", () => {
    const random = randomStream(1);
    expect(() => selectBackward([0, Number.NaN], { random })).toThrow("got NaN at index 1");
    expect(() => selectBackward([0, 2], { random, logWeightBound: 1 })).toThrow(
      "must be at most logWeightBound 1, got 2 at index 1",
    );
    expect(() => selectBackward([0], { random, logWeightBound: Number.NaN })).toThrow("logWeightBound");
    expect(() => selectBackward([0], { random, initialLogWeight: Number.NaN })).toThrow("initialLogWeight");
  });

  test("keeps the start without proposals", () => {
    expect(selectBackward([], { random: randomStream(1), initialLogWeight: 0 })).toEqual({
      picked: -1,
      capOut: true,
      proposalsUsed: 0,
    });
  });
});

import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { randomStream } from "../random/random-stream.ts";
import {
  type SelectDiscriminatorRejectionOptions,
  selectDiscriminatorRejection,
} from "./select-discriminator-rejection.ts";

interface Case {
  name: string;
  scores: number[];
  score_max: number;
  epsilon: number;
  gamma_percentile: number | null;
  bound: "running_max" | "batch_max";
  u: number[];
  expected: {
    F: number[];
    gamma: number;
    accept_prob: number[];
    accepted: number[];
    picked: number;
    fell_back_to_best: boolean;
    mean_accept_prob: number;
  };
}
const golden: { cases: Case[] } = JSON.parse(
  readFileSync(new URL("./golden/drs.json", import.meta.url), "utf8"),
);

/** The logit as the reference takes it. */
const clippedLogit = (score: number): number => {
  const clipped = Math.min(Math.max(score, 1e-14), 1 - 1e-14);
  return Math.log(clipped) - Math.log1p(-clipped);
};

const expectClose = (got: number, want: number, relative: number, absolute: number) =>
  expect(Math.abs(got - want)).toBeLessThanOrEqual(absolute + relative * Math.abs(want));

describe("selectDiscriminatorRejection on golden cases", () => {
  test("there are 13 of them", () => {
    expect(golden.cases).toHaveLength(13);
  });

  test.each(golden.cases)("$name", (entry) => {
    let next = 0;
    const got = selectDiscriminatorRejection(entry.scores.map(clippedLogit), {
      random: () => 1 - entry.u[next++]!,
      initialLogMaximum: clippedLogit(entry.score_max),
      maximum: entry.bound === "running_max" ? "running" : "batch",
      epsilon: entry.epsilon,
      gamma: entry.gamma_percentile === null ? 0 : { percentile: entry.gamma_percentile },
    });
    const { expected } = entry;
    expectClose(got.gamma, expected.gamma, 1e-8, 1e-8);
    got.acceptanceProbabilities.forEach((probability, k) => {
      expectClose(probability, expected.accept_prob[k]!, 1e-7, 1e-12);
    });
    const mean = got.acceptanceProbabilities.reduce((sum, p) => sum + p) / entry.scores.length;
    expectClose(mean, expected.mean_accept_prob, 1e-7, 1e-12);
    expect(Array.from(got.accepted)).toEqual(expected.accepted);
    expect(got.picked).toBe(expected.picked);
    expect(got.fellBack).toBe(expected.fell_back_to_best);
    expect(next).toBe(entry.scores.length);
  });
});

describe("selectDiscriminatorRejection", () => {
  const run = (logWeights: number[], options: Partial<SelectDiscriminatorRejectionOptions> = {}) =>
    selectDiscriminatorRejection(logWeights, { random: randomStream(1), gamma: 0, ...options });
  const probabilities = (logWeights: number[], options?: Partial<SelectDiscriminatorRejectionOptions>) =>
    Array.from(run(logWeights, options).acceptanceProbabilities);

  test("is rejection sampling at γ = 0 and the true maximum", () => {
    const logWeights = [0.1, 2, 5, 1e-9, 10].map(Math.log);
    for (const options of [{ maximum: "batch" as const }, { initialLogMaximum: Math.log(10) }]) {
      probabilities(logWeights, options).forEach((probability, k) => {
        // σ(F) = ρ / (1 + ρ − ρ·exp(−ε)), which is ρ = w / max w up to ε.
        expectClose(probability, Math.exp(logWeights[k]!) / 10, 1.1e-8, 0);
      });
    }
  });

  test("measures against the maximum so far, or that of all", () => {
    const logWeights = [1, 4, 2].map(Math.log);
    expect(probabilities(logWeights)).toEqual([1, 1, 0.5].map((p) => expect.closeTo(p, 7)));
    expect(probabilities(logWeights, { maximum: "batch" })).toEqual(
      [0.25, 1, 0.5].map((p) => expect.closeTo(p, 7)),
    );
  });

  test("accepts half at the percentile, and fewer the larger gamma is", () => {
    const logWeights = [-3, 1, 0, -1, 2];
    const { acceptanceProbabilities, gamma } = run(logWeights, {
      maximum: "batch",
      gamma: { percentile: 50 },
    });
    expect(acceptanceProbabilities[2]).toBe(0.5);
    const shifted = probabilities(logWeights, { maximum: "batch", gamma: gamma + 1 });
    shifted.forEach((probability, k) => {
      expect(probability).toBeLessThan(acceptanceProbabilities[k]!);
    });
  });

  test("depends on differences of log weights alone, takes one uniform a proposal, and the same seed gives the same", () => {
    // Integers, so that the shift is exact in floating point.
    const integers = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 30 });
    const settings = fc.record({
      maximum: fc.constantFrom("running" as const, "batch" as const),
      gamma: fc.oneof(
        fc.integer({ min: -5, max: 5 }),
        fc.record({ percentile: fc.integer({ min: 0, max: 100 }) }),
      ),
    });
    fc.assert(
      fc.property(
        integers,
        settings,
        fc.integer({ min: -999, max: 999 }),
        fc.nat(),
        (weights, options, shift, seed) => {
          const shifted = (by: number) => {
            const random = randomStream(seed);
            const result = selectDiscriminatorRejection(
              weights.map((w) => w + by),
              { random, initialLogMaximum: 3 + by, ...options },
            );
            expect(random.position).toBe(weights.length);
            expect(result.fellBack).toBe(result.accepted.length === 0);
            const heaviest = weights.indexOf(Math.max(...weights));
            expect(result.picked).toBe(result.fellBack ? heaviest : result.accepted[0]);
            return result;
          };
          expect(shifted(shift)).toEqual(shifted(0));
        },
      ),
      { seed: 1 },
    );
  });

  test("in one batch, probabilities do not depend on the order", () => {
    const logWeights = [3, -1, 0.5, 2];
    const options = { maximum: "batch" as const, gamma: { percentile: 80 } };
    expect(probabilities(logWeights.toReversed(), options).toReversed()).toEqual(
      probabilities(logWeights, options),
    );
  });

  test("treats equal infinities as equal, and never accepts a weight of 0 beside another", () => {
    const certain = expect.closeTo(1, 7);
    expect(probabilities([Infinity, 0, Infinity, -Infinity])).toEqual([certain, 0, certain, 0]);
    // Before the maximum is met, too.
    expect(probabilities([-Infinity, 0])).toEqual([0, certain]);
    expect(probabilities([-Infinity, -Infinity])).toEqual([certain, certain]);
    const low = run([-Infinity, -Infinity], { initialLogMaximum: 0, gamma: { percentile: 95 } });
    expect(low).toEqual({
      accepted: new Uint32Array(0),
      acceptanceProbabilities: new Float64Array(2),
      gamma: -Infinity,
      picked: 0,
      fellBack: true,
    });
    expect(probabilities([-Infinity, 0, -Infinity], { gamma: { percentile: 20 } })).toEqual([0, 1, 0]);
  });

  test("refuses nothing, NaN by index, and options that are off", () => {
    expect(() => run([])).toThrow(
      new RangeError("selectDiscriminatorRejection: logWeights must not be empty, got length 0"),
    );
    expect(() => run([0, Number.NaN])).toThrow(
      new RangeError("selectDiscriminatorRejection: logWeights must not be NaN, got NaN at index 1"),
    );
    expect(() => run([0], { initialLogMaximum: Number.NaN })).toThrow("initialLogMaximum must be a number");
    // @ts-expect-error: not one of the words
    expect(() => run([0], { maximum: "none" })).toThrow("maximum must be one of running, batch, got none");
    for (const epsilon of [0, -1, Infinity, Number.NaN]) {
      expect(() => run([0], { epsilon })).toThrow(`epsilon must be finite and above 0, got ${epsilon}`);
    }
    expect(() => run([0], { gamma: Infinity })).toThrow(
      "gamma must be finite or { percentile }, got Infinity",
    );
    for (const percentile of [-1, 101, Number.NaN]) {
      expect(() => run([0], { gamma: { percentile } })).toThrow(
        `gamma.percentile must be in [0, 100], got ${percentile}`,
      );
    }
    // @ts-expect-error: neither a number nor a percentile
    expect(() => run([0], { gamma: undefined })).toThrow(
      "gamma.percentile must be in [0, 100], got undefined",
    );
  });
});

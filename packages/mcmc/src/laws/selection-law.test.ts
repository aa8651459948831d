import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { randomStream } from "../random/random-stream.ts";
import { selectMetropolisHastings } from "../selectors/select-metropolis-hastings.ts";
import { chiSquareZ } from "../testing/chi-square.ts";
import { selectionExpectations } from "./selection-expectations.ts";
import { selectionProbabilities } from "./selection-probabilities.ts";

interface Golden {
  cases: {
    name: string;
    D: (number | string)[];
    w: (number | string)[];
    expected: { p_index: number[]; expected_w: number[]; p_cap_out: number; expected_acceptance: number };
  }[];
}
const { cases }: Golden = JSON.parse(
  readFileSync(new URL("./golden/exact_dist.json", import.meta.url), "utf8"),
);
const logOdds = (d: number): number => Math.log(d) - Math.log1p(-d);
const close = (got: number, want: number, absolute: number): void => {
  expect(Math.abs(got - want)).toBeLessThanOrEqual(absolute + 1e-9 * Math.abs(want));
};

describe.each(cases)("golden case $name", ({ D, w, expected }) => {
  const [initialLogWeight, ...logWeights] = D.map((d) => logOdds(Number(d))) as [number, ...number[]];
  const [initialValue, ...values] = w.map(Number) as [number, ...number[]];

  test("has the probabilities of its states", () => {
    const { probabilities, startProbability, acceptanceRate } = selectionProbabilities(logWeights, {
      initialLogWeight,
    });
    [startProbability, ...probabilities].forEach((p, i) => {
      close(p, expected.p_index[i]!, 1e-12);
    });
    close(startProbability, expected.p_cap_out, 1e-12);
    close(acceptanceRate, expected.expected_acceptance, 1e-12);
  });

  test("has the mean after every step", () => {
    selectionExpectations(logWeights, values, { initialLogWeight, initialValue }).forEach((mean, k) => {
      close(mean, expected.expected_w[k]!, 1e-11);
    });
  });
});

describe("selectionProbabilities", () => {
  /** The same law by the definition, over all states: O(K²). */
  function byDefinition(logWeights: readonly number[], initialLogWeight: number): number[] {
    const all = [initialLogWeight, ...logWeights];
    const p: number[] = all.map((_, i) => (i === 0 ? 1 : 0));
    for (let k = 1; k < all.length; k++) {
      let moved = 0;
      for (let j = 0; j < k; j++) {
        const ratio = all[k]! - all[j]!;
        const leaving = p[j]! * (Number.isNaN(ratio) ? 1 : Math.min(1, Math.exp(ratio)));
        p[j]! -= leaving;
        moved += leaving;
      }
      p[k] = moved;
    }
    return p;
  }
  const logWeight = fc.oneof(
    fc.double({ min: -30, max: 30, noNaN: true }),
    fc.constantFrom(0, Infinity, -Infinity),
  );

  test("is the law by definition, and sums to 1", () => {
    fc.assert(
      fc.property(fc.array(logWeight, { maxLength: 40 }), logWeight, (logWeights, initialLogWeight) => {
        const { probabilities, startProbability } = selectionProbabilities(logWeights, { initialLogWeight });
        const got = [startProbability, ...probabilities];
        byDefinition(logWeights, initialLogWeight).forEach((p, i) => {
          expect(Math.abs(got[i]! - p)).toBeLessThan(1e-12);
        });
        expect(got.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
      }),
      { seed: 1, numRuns: 1000 },
    );
  });

  test("is what selectMetropolisHastings samples", () => {
    // Falling, so that every state can be the last.
    const logWeights = [1.5, 0.9, 0.4, -0.2, -1];
    const { probabilities, startProbability } = selectionProbabilities(logWeights, { initialLogWeight: 2 });
    const counts = new Float64Array(6);
    const random = randomStream("law");
    for (let i = 0; i < 200_000; i++) {
      const { picked } = selectMetropolisHastings(logWeights, { random, initialLogWeight: 2 });
      counts[picked + 1]!++;
    }
    // Fixed seed; above 5 for about 1 seed in 1000.
    expect(chiSquareZ(counts, [startProbability, ...probabilities])).toBeLessThan(5);
  });

  test("keeps few states alive among 100,000 proposals", () => {
    const random = randomStream(3);
    const logWeights = Float64Array.from({ length: 100_000 }, random);
    const { probabilities } = selectionProbabilities(logWeights);
    // About log K of them; what makes it quick.
    expect(probabilities.filter((p) => p > 0).length).toBeLessThan(40);
  });

  test("refuses NaN, by index, and lengths that differ", () => {
    expect(() => selectionProbabilities([0, Number.NaN])).toThrow(
      "selectionProbabilities: logWeights must not be NaN, got NaN at index 1",
    );
    expect(() => selectionProbabilities([0], { initialLogWeight: Number.NaN })).toThrow("initialLogWeight");
    const start = { initialLogWeight: 0, initialValue: 0 };
    expect(() => selectionExpectations([0], [1, 2], start)).toThrow("values must have length 1, got 2");
  });
});

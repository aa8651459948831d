import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chooseIndex } from "../random/choose-index.ts";
import { randomStream } from "../random/random-stream.ts";
import { chiSquareZ } from "../testing/chi-square.ts";
import { selectIteratedSir } from "./select-iterated-sir.ts";

// A skewed target: a symmetric one could not catch a sign or a direction that is wrong.
const target = [0.1, 0.3, 0.6];
const proposal = [0.55, 0.3, 0.15];
const logWeightOf = target.map((p, i) => Math.log(p / proposal[i]!));

/** All lists of states of a length. */
function listsOf(states: number, length: number): number[][] {
  if (length === 0) return [[]];
  return listsOf(states, length - 1).flatMap((list) =>
    Array.from({ length: states }, (_, x) => [...list, x]),
  );
}

/**
 * The probabilities with which one step picks −1, 0, 1, …, read off by bisection on the uniform: the pick is a step function
 * of it that never falls.
 */
function pickLaw(logWeights: readonly number[], initialLogWeight: number): number[] {
  const candidates = logWeights.length + 1;
  const pick = (u: number) =>
    selectIteratedSir(logWeights, { random: () => 1 - u, candidates, initialLogWeight }).picked;
  const upTo = [-1, ...logWeights.keys()].map((index) => {
    let [low, high] = [0, 1];
    if (pick(1) <= index) return 1;
    for (let i = 0; i < 52; i++) {
      const middle = (low + high) / 2;
      if (pick(middle) <= index) low = middle;
      else high = middle;
    }
    return low;
  });
  return upTo.map((sum, i) => sum - (upTo[i - 1] ?? 0));
}

describe("selectIteratedSir", () => {
  test.each([2, 3, 4])("leaves the target invariant exactly, with %d candidates", (candidates) => {
    const after = [0, 0, 0];
    for (const [start, p] of target.entries()) {
      for (const list of listsOf(3, candidates - 1)) {
        const chance = list.reduce((product, x) => product * proposal[x]!, p);
        const law = pickLaw(
          list.map((x) => logWeightOf[x]!),
          logWeightOf[start]!,
        );
        law.forEach((share, i) => {
          const end = i === 0 ? start : list[i - 1]!;
          after[end] = after[end]! + chance * share;
        });
      }
    }
    after.forEach((p, x) => {
      expect(p).toBeCloseTo(target[x]!, 13);
    });
  });

  test("picks with probability proportional to weight", () => {
    const law = pickLaw([2, 0, 5].map(Math.log), Math.log(3));
    [0.3, 0.2, 0, 0.5].forEach((p, i) => {
      expect(law[i]).toBeCloseTo(p, 14);
    });
  });

  test.each([
    [2, 6],
    [5, 12],
  ])("gives draws of the target after many steps: %d candidates, %d proposals", (candidates, length) => {
    const counts = [0, 0, 0];
    const random = randomStream("i-SIR").split(candidates);
    for (let chain = 0; chain < 50_000; chain++) {
      const start = chooseIndex(random, target);
      const states = Array.from({ length }, () => chooseIndex(random, proposal));
      const logWeights = states.map((x) => logWeightOf[x]!);
      const { picked } = selectIteratedSir(logWeights, {
        random,
        candidates,
        initialLogWeight: logWeightOf[start]!,
      });
      const end = picked === -1 ? start : states[picked]!;
      counts[end] = counts[end]! + 1;
    }
    // Fixed seed; a right sampler exceeds 6 (chi-square of 2 degrees above 14) for about 1 seed in 1000.
    expect(chiSquareZ(counts, target)).toBeLessThan(6);
  });

  const integers = fc.array(fc.integer({ min: -20, max: 20 }), { maxLength: 12 });

  test("depends on differences of log weights alone, takes one uniform a step, and the same seed gives the same", () => {
    const settings = [integers, fc.integer({ min: 2, max: 5 }), fc.integer({ min: -999, max: 999 })] as const;
    fc.assert(
      fc.property(...settings, fc.nat(), (some, candidates, shift, seed) => {
        const weights = Array.from(
          { length: some.length * (candidates - 1) },
          (_, k) => some[k % some.length]!,
        );
        const run = (by: number) => {
          const random = randomStream(seed);
          const result = selectIteratedSir(
            weights.map((w) => w + by),
            { random, candidates, initialLogWeight: 3 + by },
          );
          expect(random.position).toBe(result.steps);
          expect(result.capOut).toBe(result.moveCount === 0);
          return result;
        };
        expect(run(shift)).toEqual(run(0));
        expect(run(0).steps).toBe(some.length);
      }),
      { seed: 1 },
    );
  });

  test("does not overflow, whoever is the heaviest", () => {
    expect(pickLaw([0, 1], 2000)).toEqual([1, 0, 0]);
    expect(pickLaw([0, 2000], 1)).toEqual([0, 0, 1]);
    expect(pickLaw([-2000, -9000], -2000)).toEqual([0.5, 0.5, 0]);
  });

  test("treats equal infinities as equal, and passes over weights of 0", () => {
    expect(pickLaw([Infinity, 3, Infinity], 5)).toEqual([0, 0.5, 0, 0.5]);
    expect(pickLaw([-Infinity, -Infinity, -Infinity], -Infinity)).toEqual([0.25, 0.25, 0.25, 0.25]);
    expect(pickLaw([-Infinity, -700, -Infinity], -Infinity)).toEqual([0, 0, 1, 0]);
    for (const random of [() => 0, () => 1 - 2 ** -53]) {
      const logWeights = [-Infinity, 2, -Infinity, -Infinity];
      expect(selectIteratedSir(logWeights, { random, candidates: 5 })).toEqual({
        picked: 1,
        moveCount: 1,
        steps: 1,
        capOut: false,
      });
    }
  });

  test("keeps the start without proposals", () => {
    expect(selectIteratedSir([], { random: randomStream(1), candidates: 4, initialLogWeight: 0 })).toEqual({
      picked: -1,
      moveCount: 0,
      steps: 0,
      capOut: true,
    });
  });

  test("refuses NaN by index, incomplete steps and options that are off", () => {
    const random = randomStream(1);
    expect(() => selectIteratedSir([0, Number.NaN], { random, candidates: 3 })).toThrow(
      new RangeError("selectIteratedSir: logWeights must not be NaN, got NaN at index 1"),
    );
    expect(() => selectIteratedSir([0, 1, 2], { random, candidates: 3 })).toThrow(
      new RangeError(
        "selectIteratedSir: logWeights must have a length that is a multiple of candidates − 1 = 2, got length 3",
      ),
    );
    for (const candidates of [1, 2.5, Number.NaN]) {
      expect(() => selectIteratedSir([0], { random, candidates })).toThrow(
        new RangeError(`selectIteratedSir: candidates must be a safe integer from 2, got ${candidates}`),
      );
    }
    expect(() => selectIteratedSir([0], { random, candidates: 2, initialLogWeight: Number.NaN })).toThrow(
      "initialLogWeight must be a number or ±Infinity, got NaN",
    );
  });
});

import { describe, expect, expectTypeOf, test } from "vitest";
import { normal } from "../random/normal.ts";
import { randomStream } from "../random/random-stream.ts";
import { type IndependenceSampler, independenceSampler, type Step } from "./independence-sampler.ts";

describe("independenceSampler", () => {
  const target = [0.05, 0.15, 0.3, 0.5];
  const proposal = [0.4, 0.3, 0.2, 0.1];
  const finiteLogWeight = (state: number) => Math.log(target[state]! / proposal[state]!);
  const finite = independenceSampler({
    propose: (random) => {
      const u = random();
      return [0.4, 0.7, 0.9].filter((edge) => u >= edge).length;
    },
    logWeight: finiteLogWeight,
  });

  /** The exact transition matrix, from the acceptance probabilities that the kernel reports for each proposal. */
  function transitionMatrix(): number[][] {
    return target.map((_, from) => {
      const row = target.map((_, to) => {
        const kernel = independenceSampler({ propose: () => to, logWeight: finiteLogWeight });
        const { info } = kernel.step(kernel.init(from), randomStream(0));
        expect(info.proposed).toEqual({ position: to, logWeight: finiteLogWeight(to) });
        return to === from ? 0 : proposal[to]! * info.acceptanceProbability;
      });
      row[from] = 1 - row.reduce((sum, p) => sum + p, 0);
      return row;
    });
  }

  test("satisfies detailed balance exactly on a finite space", () => {
    const matrix = transitionMatrix();
    for (let i = 0; i < 4; i++) {
      for (let j = 0; j < 4; j++) {
        expect(target[i]! * matrix[i]![j]!).toBeCloseTo(target[j]! * matrix[j]![i]!, 15);
      }
    }
    const after = target.map((_, j) => target.reduce((sum, p, i) => sum + p * matrix[i]![j]!, 0));
    after.forEach((p, j) => {
      expect(p).toBeCloseTo(target[j]!, 15);
    });
  });

  test("moves as often as the matrix says", () => {
    const steps = 40_000;
    const random = randomStream(3);
    let state = finite.init(3);
    let moved = 0;
    for (let t = 0; t < steps; t++) {
      const step = finite.step(finite.init(3), random.split(t));
      if (step.info.accepted) moved++;
      state = step.state;
    }
    expect(state.logWeight).toBe(finiteLogWeight(state.position));
    const expected = 0.1 + proposal.slice(0, 3).reduce((sum, q, i) => sum + q * (target[i]! / q / 5), 0);
    // Four standard errors: a right kernel fails for 1 seed in 16,000.
    expect(Math.abs(moved / steps - expected)).toBeLessThan(
      4 * Math.sqrt((expected * (1 - expected)) / steps),
    );
  });

  test("is pure: the same state and stream give the same step", () => {
    const sampler = independenceSampler({ propose: normal, logWeight: (x) => -x });
    const state = sampler.init(0.5);
    const stream = randomStream(9);
    expect(sampler.step(state, stream.split(1))).toEqual(sampler.step(state, stream.split(1)));
    expect(sampler.step(state, stream.split(1))).not.toEqual(sampler.step(state, stream.split(2)));
  });

  test("repeats the very state on rejection and reports the proposal", () => {
    const sampler = independenceSampler({ propose: () => 1, logWeight: (x) => (x === 1 ? -Infinity : 0) });
    const state = sampler.init(0);
    const step = sampler.step(state, randomStream(1));
    expect(step.state).toBe(state);
    expect(step.info).toEqual({
      accepted: false,
      acceptanceProbability: 0,
      proposed: { position: 1, logWeight: -Infinity },
    });
  });

  test("takes asynchronous and batched targets, with the same steps", async () => {
    const logWeight = (x: number) => -(x ** 2);
    const plain = independenceSampler({ propose: normal, logWeight });
    const half = independenceSampler({ propose: normal, logWeight: async (x: number) => logWeight(x) });
    const batched = independenceSampler<number>({
      proposeBatch: async (streams) => Float64Array.from(streams, (stream) => normal(stream)),
      logWeightBatch: (positions) => positions.map(logWeight),
    });
    const random = randomStream(4);
    const expected = plain.step(plain.init(0), random.split(0));
    expect(await half.step(await half.init(0), random.split(0))).toEqual(expected);
    expect(await batched.step(await batched.init(0), random.split(0))).toEqual(expected);
    expectTypeOf(plain).toEqualTypeOf<IndependenceSampler<number>>();
    expectTypeOf(half.step).returns.toEqualTypeOf<Promise<Step<number>>>();
  });

  test("treats infinities by the contract and refuses NaN", () => {
    const random = randomStream(1);
    const from = (start: number, proposed: number) => {
      const sampler = independenceSampler({ propose: () => proposed, logWeight: (x) => x });
      return sampler.step(sampler.init(start), random.split(0)).info.acceptanceProbability;
    };
    expect(from(Infinity, Infinity)).toBe(1);
    expect(from(-Infinity, -Infinity)).toBe(1);
    expect(from(-Infinity, -1e308)).toBe(1);
    expect(from(Infinity, 1e308)).toBe(0);
    expect(() => from(0, Number.NaN)).toThrow("the log weight of a proposal must be a number");
    expect(() => from(Number.NaN, 0)).toThrow("the log weight of the start must be a number");
  });
});

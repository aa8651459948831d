import { describe, expect, test } from "vitest";
import { normal } from "../random/normal.ts";
import { type RandomStream, randomStream } from "../random/random-stream.ts";
import { kolmogorovSmirnovPValue } from "../testing/kolmogorov-smirnov.ts";
import type { GradientState } from "./gradient-target.ts";
import {
  type IteratedSirMalaKernel,
  type IteratedSirMalaStep,
  type IteratedSirMalaTarget,
  iteratedSirMala,
} from "./iterated-sir-mala.ts";
import type { Kernel, KernelStep } from "./kernel.ts";
import { mala } from "./mala.ts";

const start = (kernel: Kernel<GradientState>, positions: ArrayLike<number>) =>
  kernel.init(positions) as GradientState;
const stepOf = (kernel: IteratedSirMalaKernel, state: GradientState, random: readonly RandomStream[]) =>
  kernel.step(state, random) as IteratedSirMalaStep;
/** The streams of a step. */
const streams = (chains: number, step = 0) => {
  const random = randomStream(5).split(step);
  return Array.from({ length: chains }, (_, i) => random.split(i));
};

/** 0.3 normal(−6, 1) + 0.7 normal(6, 1), with proposals normal(0, 6). */
const twoModes: IteratedSirMalaTarget = {
  dimensions: 1,
  logDensityAndGradient: (x) => ({
    logDensities: twoModes.logDensity!(x) as Float64Array,
    gradients: x.map((v) => {
      const right = 1 / (1 + (0.3 / 0.7) * Math.exp(-12 * v));
      return right * (6 - v) + (1 - right) * (-6 - v);
    }),
  }),
  logDensity: (x) =>
    x.map((v) => Math.log(0.3 * Math.exp(-((v + 6) ** 2) / 2) + 0.7 * Math.exp(-((v - 6) ** 2) / 2))),
  propose: (random) => [6 * normal(random)],
  logProposalDensity: (x) => x.map((v) => -(v ** 2) / 72),
};

/** A normal target in the plane, with mean (1, −1) and variances 1 and 0.25, and proposals normal(0, 2). */
const plane: IteratedSirMalaTarget = {
  dimensions: 2,
  logDensityAndGradient: (x) => ({
    logDensities: Float64Array.from(
      { length: x.length / 2 },
      (_, i) => -((x[2 * i]! - 1) ** 2) / 2 - 2 * (x[2 * i + 1]! + 1) ** 2,
    ),
    gradients: x.map((v, k) => (k % 2 === 0 ? 1 - v : -4 * (v + 1))),
  }),
  propose: (random) => [2 * normal(random), 2 * normal(random)],
  logProposalDensity: (x) =>
    Float64Array.from({ length: x.length / 2 }, (_, i) => -(x[2 * i]! ** 2 + x[2 * i + 1]! ** 2) / 8),
};

describe("the global step", () => {
  const target = [0.1, 0.3, 0.6];
  const proposal = [0.55, 0.3, 0.15];

  /** All lists of states of a length. */
  function listsOf(states: number, length: number): number[][] {
    if (length === 0) return [[]];
    return listsOf(states, length - 1).flatMap((list) =>
      Array.from({ length: states }, (_, x) => [...list, x]),
    );
  }

  /**
   * Steps with given proposals and uniforms. A position is a state and a tag, so that one can see which proposal was selected:
   * the tag is its index, and −1 for the state before.
   */
  function steps(
    logP: readonly number[],
    logQ: readonly number[],
    from: number,
    list: readonly number[],
    uniforms: readonly number[],
  ) {
    const tabulated = (table: readonly number[]) => (x: Float64Array) =>
      Array.from({ length: x.length / 2 }, (_, i) => table[x[2 * i]!]!);
    const kernel = iteratedSirMala(
      {
        dimensions: 2,
        logDensityAndGradient: () => expect.unreachable("no gradient without local steps"),
        logDensity: tabulated(logP),
        logProposalDensity: tabulated(logQ),
        propose: (random) => [list[random()]!, random()],
      },
      { candidates: list.length + 1, localSteps: 0, stepSize: 1 },
    );
    const state = start(
      kernel,
      uniforms.flatMap(() => [from, -1]),
    );
    const random = uniforms.map((u) =>
      Object.assign(() => 1 - u, { split: (j: number) => () => j }),
    ) as unknown as RandomStream[];
    const step = stepOf(kernel, state, random);
    return { ...step, picked: uniforms.map((_, i) => step.state.positions[2 * i + 1]!) };
  }

  /** The probabilities with which −1, 0, 1, … are selected, by bisection on the uniform: the index never falls with it. */
  function selectionLaw(logP: readonly number[], logQ: readonly number[], from: number, list: number[]) {
    let low = list.map(() => 0);
    let high = list.map(() => 1);
    for (let t = 0; t < 53; t++) {
      const middle = low.map((a, i) => (a + high[i]!) / 2);
      const { picked } = steps(logP, logQ, from, list, middle);
      // Number i looks for the end of index i − 1.
      low = low.map((a, i) => (picked[i]! < i ? middle[i]! : a));
      high = high.map((b, i) => (picked[i]! < i ? b : middle[i]!));
    }
    return [...low, 1].map((end, i) => end - (low[i - 1] ?? 0));
  }

  test.each([2, 3, 4])(
    "satisfies detailed balance exactly on three states, with %d candidates",
    (candidates) => {
      const matrix = target.map((_, from) => {
        const row = [0, 0, 0];
        for (const list of listsOf(3, candidates - 1)) {
          const chance = list.reduce((product, x) => product * proposal[x]!, 1);
          // Up to constants, which must not matter.
          const logP = target.map((p) => Math.log(p) + 3);
          const logQ = proposal.map((q) => Math.log(q) - 2);
          const law = selectionLaw(logP, logQ, from, list);
          expect(steps(logP, logQ, from, list, [0.5]).info.moveProbabilities[0]).toBeCloseTo(1 - law[0]!, 14);
          law.forEach((share, i) => {
            const to = i === 0 ? from : list[i - 1]!;
            row[to] = row[to]! + chance * share;
          });
        }
        return row;
      });
      for (let x = 0; x < 3; x++) {
        const after = target.reduce((sum, p, from) => sum + p * matrix[from]![x]!, 0);
        expect(after).toBeCloseTo(target[x]!, 13);
        for (let y = 0; y < x; y++) {
          expect(matrix[x]![y]).toBeGreaterThan(0.01);
          expect(target[x]! * matrix[x]![y]!).toBeCloseTo(target[y]! * matrix[y]![x]!, 13);
        }
      }
    },
  );

  test("selects by weight, also where weights are 0 or infinite", () => {
    const law = (logP: number[], logQ: number[]) => selectionLaw(logP, logQ, 0, [1, 2, 1]);
    const closeTo = (probabilities: number[], expected: number[]) => {
      expected.forEach((p, i) => {
        expect(probabilities[i]).toBeCloseTo(p, 14);
      });
    };
    closeTo(law([6, 2, 5].map(Math.log), [2, 1, 1].map(Math.log)), [3 / 12, 2 / 12, 5 / 12, 2 / 12]);
    closeTo(law([2000, 2000, 2001], [1000, 1000, 0]), [0, 0, 1, 0]);
    closeTo(law([-Infinity, -Infinity, -2000], [0, 0, 0]), [0, 0, 1, 0]);
    closeTo(law([0, -Infinity, -Infinity], [0, 0, 0]), [1, 0, 0, 0]);
    closeTo(law([-Infinity, -Infinity, -Infinity], [0, 0, 0]), [0.25, 0.25, 0.25, 0.25]);
    // Where q never is the state stays, unless p is not there either.
    closeTo(law([-5, 2, 2], [-Infinity, 0, 0]), [1, 0, 0, 0]);
    closeTo(law([-Infinity, 0, 0], [-Infinity, 0, 0]), [0, 1 / 3, 1 / 3, 1 / 3]);
  });

  test("reports itself without local steps", () => {
    const { state, info } = steps([0, 0, 0], [0, 0, 0], 0, [1, 2], [0.1, 0.5, 0.9]);
    expect(state).toEqual({
      positions: Float64Array.of(0, -1, 1, 0, 2, 1),
      logDensities: new Float64Array(3),
      gradients: new Float64Array(6),
    });
    expect(info.moved).toEqual(Uint8Array.of(0, 1, 1));
    expect(info.moveProbabilities[0]).toBeCloseTo(2 / 3, 15);
    expect(info.accepted).toEqual(info.moved);
    expect(info.acceptanceProbabilities).toEqual(info.moveProbabilities);
    expect(info.proposed).toEqual(state.positions);
  });
});

describe("iteratedSirMala", () => {
  test("visits both modes in their shares, where mala stays in one", () => {
    const chains = 4000;
    const options = { stepSize: 1.5, candidates: 5, localSteps: 2 };
    const kernel = iteratedSirMala(twoModes, options);
    const local = mala(twoModes, options);
    let state = start(kernel, new Float64Array(chains).fill(-6));
    for (let t = 0; t < 40; t++) ({ state } = stepOf(kernel, state, streams(chains, t)));
    const random = streams(chains);
    let stuck = start(local, new Float64Array(chains).fill(-6));
    for (let t = 0; t < 40; t++) ({ state: stuck } = local.step(stuck, random) as KernelStep<GradientState>);
    const right = (positions: Float64Array) => positions.filter((x) => x > 0).length / chains;
    // Four standard errors: a right kernel fails for 1 seed in 16,000.
    expect(Math.abs(right(state.positions) - 0.7)).toBeLessThan(4 * Math.sqrt((0.7 * 0.3) / chains));
    expect(right(stuck.positions)).toBe(0);
    // Each mode as it is: fixed seed, fails for 1 seed in 1000.
    const centred = [...state.positions].map((x) => x - 6 * Math.sign(x));
    expect(kolmogorovSmirnovPValue(centred, normalCumulative)).toBeGreaterThan(0.001);
  });

  test.each([0, 3])("finds mean and variance of a normal target, with %d local steps", (localSteps) => {
    const chains = 4000;
    const kernel = iteratedSirMala(plane, { candidates: 6, localSteps, stepSize: 0.5, noiseScale: 0.5 });
    let state = start(kernel, new Float64Array(2 * chains).fill(4));
    for (let t = 0; t < 30; t++) ({ state } = stepOf(kernel, state, streams(chains, t)));
    for (const [k, mean, deviation] of [
      [0, 1, 1],
      [1, -1, 0.5],
    ] as const) {
      const z = Float64Array.from(
        { length: chains },
        (_, i) => (state.positions[2 * i + k]! - mean) / deviation,
      );
      const first = z.reduce((sum, v) => sum + v, 0) / chains;
      const second = z.reduce((sum, v) => sum + v * v, 0) / chains;
      // Four standard errors, eight times in all: a right kernel fails for 1 seed in 2000.
      expect(Math.abs(first)).toBeLessThan(4 / Math.sqrt(chains));
      expect(Math.abs(second - 1)).toBeLessThan(4 * Math.sqrt(2 / chains));
    }
  });

  test("is a global step and then steps of mala, from the next values of the stream", () => {
    const chains = 30;
    const options = { candidates: 4, stepSize: 1 };
    const positions = Float64Array.from({ length: 2 * chains }, (_, k) => Math.sin(k));
    const random = streams(chains);
    const kernel = iteratedSirMala(plane, options);
    const step = stepOf(kernel, start(kernel, positions), random);
    expect(random.map((stream) => stream.position)).toEqual(random.map(() => 1 + 3 * 3));

    const again = streams(chains);
    const plain = iteratedSirMala(plane, { ...options, localSteps: 0 });
    const global = stepOf(plain, start(plain, positions), again);
    const local = mala(plane, options);
    let last = { state: start(local, global.state.positions) } as KernelStep<GradientState>;
    for (let l = 0; l < 3; l++) last = local.step(last.state, again) as KernelStep<GradientState>;
    const { moved, moveProbabilities } = global.info;
    expect(step).toEqual({ state: last.state, info: { ...last.info, moved, moveProbabilities } });
    expect(moved.includes(1) && moved.includes(0)).toBe(true);

    // What was selected was the state or came from the stream of its number.
    for (let i = 0; i < chains; i++) {
      const rows = [0, 1, 2].map((j) => plane.propose(streams(chains)[i]!.split(j)) as number[]);
      const row = [...global.state.positions.subarray(2 * i, 2 * i + 2)];
      if (moved[i]) expect(rows).toContainEqual(row);
      else expect(row).toEqual([...positions.subarray(2 * i, 2 * i + 2)]);
    }
  });

  test("calls the target once in each phase, for all chains", () => {
    const calls: [string, number][] = [];
    const counted = (target: IteratedSirMalaTarget): IteratedSirMalaTarget => {
      const watched = { ...target };
      for (const name of ["logDensity", "logDensityAndGradient", "logProposalDensity"] as const) {
        const method = target[name];
        if (method === undefined) continue;
        Object.assign(watched, {
          [name]: (x: Float64Array) => {
            calls.push([name, x.length / target.dimensions]);
            return method(x);
          },
        });
      }
      return watched;
    };
    const callsOfStep = (target: IteratedSirMalaTarget, localSteps: number) => {
      const kernel = iteratedSirMala(counted(target), { candidates: 4, localSteps, stepSize: 1 });
      const state = start(kernel, new Float64Array(5 * target.dimensions));
      calls.length = 0;
      stepOf(kernel, state, streams(5));
      return calls;
    };
    const weigh = [
      ["logDensity", 15],
      ["logProposalDensity", 20],
    ];
    const gradient = ["logDensityAndGradient", 5];
    expect(callsOfStep(twoModes, 2)).toEqual([...weigh, gradient, gradient, gradient]);
    expect(callsOfStep(twoModes, 0)).toEqual(weigh);
    expect(callsOfStep(plane, 1)).toEqual([
      ["logDensityAndGradient", 15],
      ["logProposalDensity", 20],
      gradient,
      gradient,
    ]);
  });

  test.each([0, 2])(
    "moves a chain the same way whatever others there are, asynchronously or from a copy: %d local steps",
    async (localSteps) => {
      const options = { candidates: 4, localSteps, stepSize: 1 };
      const positions = Float64Array.from({ length: 10 }, (_, k) => Math.cos(3 * k));
      const streamsOf = (chains: readonly number[], t: number) =>
        chains.map((i) => randomStream(9).split(i).split(t));
      const kernel = iteratedSirMala(plane, options);
      const run = (chains: readonly number[]) => {
        let state = start(
          kernel,
          chains.flatMap((i) => [...positions.subarray(2 * i, 2 * i + 2)]),
        );
        for (let t = 0; t < 10; t++) {
          const copy = structuredClone(state);
          const step = stepOf(kernel, state, streamsOf(chains, t));
          expect(state).toEqual(copy);
          expect(step.state.gradients).not.toBe(state.gradients);
          expect(stepOf(kernel, copy, streamsOf(chains, t))).toEqual(step);
          ({ state } = step);
        }
        return state;
      };
      const everyone = [0, 1, 2, 3, 4];
      const all = run(everyone);
      for (const group of [[0], [3, 1], [4, 2, 0]]) {
        const some = run(group);
        group.forEach((i, row) => {
          const rowOf = (state: GradientState, n: number) => [
            ...state.positions.subarray(2 * n, 2 * n + 2),
            ...state.gradients.subarray(2 * n, 2 * n + 2),
            state.logDensities[n],
          ];
          expect(rowOf(some, row)).toEqual(rowOf(all, i));
        });
      }

      const later = iteratedSirMala(
        {
          ...plane,
          logDensityAndGradient: async (x) => plane.logDensityAndGradient(x),
          logProposalDensity: async (x) => plane.logProposalDensity(x),
        },
        options,
      );
      let state = await later.init(positions);
      for (let t = 0; t < 10; t++) ({ state } = await later.step(state, streamsOf(everyone, t)));
      expect(state).toEqual(all);
    },
  );

  test("refuses options that are off", () => {
    for (const candidates of [1, 2.5, Number.NaN]) {
      expect(() => iteratedSirMala(plane, { candidates, stepSize: 1 })).toThrow(
        new RangeError(`iteratedSirMala: candidates must be a safe integer from 2, got ${candidates}`),
      );
    }
    const candidates = 2;
    expect(() => iteratedSirMala(plane, { candidates, stepSize: 1, localSteps: -1 })).toThrow(
      new RangeError("iteratedSirMala: localSteps must be a safe integer from 0, got -1"),
    );
    expect(() => iteratedSirMala(plane, { candidates, stepSize: 0 })).toThrow(
      new RangeError("iteratedSirMala: stepSize must be positive and finite, got 0"),
    );
    expect(() => iteratedSirMala(plane, { candidates, stepSize: 1, noiseScale: Number.NaN })).toThrow(
      new RangeError("iteratedSirMala: noiseScale must be positive and finite, got NaN"),
    );
  });

  test("refuses wrong lengths", () => {
    const step = (changes: Partial<IteratedSirMalaTarget>, chains = 2) => {
      const kernel = iteratedSirMala({ ...plane, ...changes }, { candidates: 4, stepSize: 1 });
      return () => kernel.step(start(kernel, [1, 2, 3, 4]), streams(chains));
    };
    expect(step({}, 1)).toThrow(new RangeError("iteratedSirMala: streams must have length 2, got length 1"));
    expect(step({ propose: () => [1] })).toThrow(
      new RangeError("iteratedSirMala: the result of propose must have length 2, got length 1"),
    );
    expect(step({ logDensity: () => [1] })).toThrow(
      new RangeError("iteratedSirMala: the result of logDensity must have length 6, got length 1"),
    );
    expect(step({ logProposalDensity: () => [1, 2] })).toThrow(
      new RangeError("iteratedSirMala: the result of logProposalDensity must have length 8, got length 2"),
    );
    expect(() => iteratedSirMala(plane, { candidates: 2, stepSize: 1 }).init([1])).toThrow(
      "iteratedSirMala: positions must have a length that is a multiple of dimensions = 2, got length 1",
    );
  });

  test("refuses values that are off, by chain", () => {
    const at = (row: number, value: number) => (x: Float64Array) =>
      Array.from({ length: x.length / 2 }, (_, i) => (i === row ? value : 0));
    const step = (changes: Partial<IteratedSirMalaTarget>) => {
      const kernel = iteratedSirMala({ ...plane, ...changes }, { candidates: 4, stepSize: 1 });
      return () => kernel.step(start(kernel, [1, 2, 3, 4]), streams(2));
    };
    for (const value of [Number.NaN, Infinity]) {
      expect(step({ logDensity: at(4, value) })).toThrow(
        new RangeError(
          `iteratedSirMala: the log density at the proposal of chain 1 must be finite or -Infinity, got ${value}`,
        ),
      );
      expect(step({ logProposalDensity: at(7, value) })).toThrow(
        new RangeError(
          `iteratedSirMala: the log proposal density at the position of chain 1 must be finite or -Infinity, got ${value}`,
        ),
      );
    }
    for (const value of [Number.NaN, Infinity, -Infinity]) {
      expect(step({ logProposalDensity: at(2, value) })).toThrow(
        new RangeError(
          `iteratedSirMala: the log proposal density at the proposal of chain 0 must be finite, got ${value}`,
        ),
      );
    }
    const kernel = iteratedSirMala(
      {
        ...plane,
        logDensityAndGradient: (x) => ({ logDensities: at(-1, 0)(x), gradients: x.map(() => Number.NaN) }),
      },
      { candidates: 4, stepSize: 1 },
    );
    expect(() => kernel.init([1, 2])).toThrow(
      new RangeError("iteratedSirMala: the gradient at the position of chain 0 must be finite, got NaN"),
    );
  });

  test("finds the target from a start where it never is", () => {
    const halfPlane: IteratedSirMalaTarget = {
      ...plane,
      logDensityAndGradient: (x) => ({
        logDensities: Array.from({ length: x.length / 2 }, (_, i) =>
          x[2 * i]! > 0 ? -x[2 * i]! : -Infinity,
        ),
        gradients: x.map((_, k) => (k % 2 === 1 ? 0 : x[k]! > 0 ? -1 : Number.NaN)),
      }),
    };
    const kernel = iteratedSirMala(halfPlane, { candidates: 10, stepSize: 0.1 });
    let state = start(kernel, new Float64Array(40).fill(-8));
    for (let t = 0; t < 5; t++) ({ state } = stepOf(kernel, state, streams(20, t)));
    // A proposal misses half of the plane 45 times on end for 1 seed in 10^12.
    expect(state.logDensities.every(Number.isFinite)).toBe(true);
  });
});

/** The standard normal distribution function, by its series: accurate within 8 deviations. */
function normalCumulative(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; n < 200; n++) {
    term *= (x * x) / (2 * n + 1);
    sum += term;
  }
  return 0.5 + (sum * Math.exp(-(x * x) / 2)) / Math.sqrt(2 * Math.PI);
}

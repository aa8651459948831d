import { describe, expect, test } from "vitest";
import { randomStream } from "../random/random-stream.ts";
import type { GradientState, GradientTarget } from "./gradient-target.ts";
import type { Kernel, KernelStep } from "./kernel.ts";
import { langevin } from "./langevin.ts";

/** Independent normals with mean 0 and these variances. */
function gaussian(variances: readonly number[]): GradientTarget {
  const d = variances.length;
  return {
    dimensions: d,
    logDensityAndGradient: (x) => ({
      logDensities: Array.from({ length: x.length / d }, (_, i) =>
        variances.reduce((sum, v, k) => sum - x[i * d + k]! ** 2 / (2 * v), 0),
      ),
      gradients: x.map((value, k) => -value / variances[k % d]!),
    }),
  };
}

const streams = (chains: number) => Array.from({ length: chains }, (_, i) => randomStream(7).split(i));
const start = (kernel: Kernel<GradientState>, positions: ArrayLike<number>) =>
  kernel.init(positions) as GradientState;

describe("langevin", () => {
  test.each([{ stepSize: 1 }, { stepSize: 0.5 }, { stepSize: 1, noiseScale: 0.6 }])(
    "has its exact biased variance for a normal target: %j",
    ({ stepSize, noiseScale }) => {
      const variances = [1, 0.6];
      const chains = 20_000;
      const kernel = langevin(gaussian(variances), noiseScale ? { stepSize, noiseScale } : { stepSize });
      const random = streams(chains);
      let state = start(kernel, new Float64Array(2 * chains));
      for (let t = 0; t < 40; t++) ({ state } = kernel.step(state, random) as KernelStep<GradientState>);
      for (const [k, v] of variances.entries()) {
        const keep = 1 - stepSize / (2 * v);
        const expected = (noiseScale ?? Math.sqrt(stepSize)) ** 2 / (1 - keep ** 2);
        if (noiseScale === undefined) expect(expected).toBeCloseTo(v / (1 - stepSize / (4 * v)), 14);
        let squares = 0;
        for (let i = 0; i < chains; i++) squares += state.positions[2 * i + k]! ** 2;
        // In standard errors; a right kernel exceeds 4 in one of the six for 1 seed in 2600. The bias itself is more than 10.
        const z = (found: number) => (squares / chains / found - 1) / Math.sqrt(2 / chains);
        expect(Math.abs(z(expected))).toBeLessThan(4);
        expect(Math.abs(z(v))).toBeGreaterThan(10);
      }
    },
  );

  test("takes the next d values of each stream, and accepts everything", () => {
    const kernel = langevin(gaussian([1, 4]), { stepSize: 0.5 });
    const state = start(kernel, [1, 2, -3, 4]);
    const random = streams(2);
    const { state: next, info } = kernel.step(state, random) as KernelStep<GradientState>;
    expect(random.map((stream) => stream.position)).toEqual([2, 2]);
    expect(info).toEqual({
      accepted: Uint8Array.of(1, 1),
      acceptanceProbabilities: Float64Array.of(1, 1),
      proposed: next.positions,
    });
    expect(next.gradients).toEqual(next.positions.map((x, k) => -x / [1, 4][k % 2]!));
    // Noise alone: with a step that is tiny beside it.
    const noise = langevin(gaussian([1, 4]), { stepSize: 1e-300, noiseScale: Math.sqrt(0.5) });
    const moved = noise.step(state, streams(2)) as KernelStep<GradientState>;
    next.positions.forEach((x, k) => {
      expect(x).toBeCloseTo(moved.state.positions[k]! + 0.25 * state.gradients[k]!, 14);
    });
  });

  test("leaves the state alone, and a copy of it moves the same way", () => {
    const kernel = langevin(gaussian([1]), { stepSize: 0.5 });
    const state = start(kernel, [0, 5, -5]);
    const copy = structuredClone(state);
    const step = kernel.step(state, streams(3));
    expect(state).toEqual(copy);
    expect(kernel.step(copy, streams(3))).toEqual(step);
  });

  test("moves on where the log density is −∞, and says when a chain diverges", () => {
    const slope: GradientTarget = {
      dimensions: 1,
      logDensityAndGradient: (x) => ({ logDensities: x.map(() => -Infinity), gradients: x.map(() => 2) }),
    };
    const kernel = langevin(slope, { stepSize: 1, noiseScale: 1e-9 });
    const step = kernel.step(start(kernel, [3]), streams(1)) as KernelStep<GradientState>;
    expect(step.state.positions[0]).toBeCloseTo(4, 7);

    const quartic: GradientTarget = {
      dimensions: 1,
      logDensityAndGradient: (x) => ({
        logDensities: x.map((v) => -(v ** 4)),
        gradients: x.map((v) => -4 * v ** 3),
      }),
    };
    const diverging = langevin(quartic, { stepSize: 1 });
    let state = start(diverging, [0, 10]);
    expect(() => {
      for (let t = 0; t < 10; t++)
        ({ state } = diverging.step(state, streams(2)) as KernelStep<GradientState>);
    }).toThrow(/^langevin: the gradient at the proposal of chain 1 must be finite, got -?Infinity$/);
  });

  test("refuses dimensions and options that are off", () => {
    for (const dimensions of [0, 1.5, Number.NaN]) {
      expect(() => langevin({ ...gaussian([1]), dimensions }, { stepSize: 1 })).toThrow(
        new RangeError(`langevin: dimensions must be a safe integer from 1, got ${dimensions}`),
      );
    }
    for (const bad of [0, -1, Infinity, Number.NaN]) {
      expect(() => langevin(gaussian([1]), { stepSize: bad })).toThrow(
        new RangeError(`langevin: stepSize must be positive and finite, got ${bad}`),
      );
      expect(() => langevin(gaussian([1]), { stepSize: 1, noiseScale: bad })).toThrow(
        new RangeError(`langevin: noiseScale must be positive and finite, got ${bad}`),
      );
    }
  });

  test("refuses wrong lengths", () => {
    const kernel = langevin(gaussian([1, 1]), { stepSize: 1 });
    expect(() => kernel.init([1, 2, 3])).toThrow(
      new RangeError(
        "langevin: positions must have a length that is a multiple of dimensions = 2, got length 3",
      ),
    );
    expect(() => kernel.step(start(kernel, [1, 2]), streams(2))).toThrow(
      new RangeError("langevin: streams must have length 1, got length 2"),
    );
    const returns = (logDensities: number, gradients: number) =>
      langevin(
        {
          dimensions: 2,
          logDensityAndGradient: () => ({
            logDensities: new Float64Array(logDensities),
            gradients: new Float64Array(gradients),
          }),
        },
        { stepSize: 1 },
      );
    expect(() => returns(3, 4).init([1, 2, 3, 4])).toThrow(
      new RangeError("langevin: logDensities must have length 2, got length 3"),
    );
    expect(() => returns(2, 2).init([1, 2, 3, 4])).toThrow(
      new RangeError("langevin: gradients must have length 4, got length 2"),
    );
  });
});

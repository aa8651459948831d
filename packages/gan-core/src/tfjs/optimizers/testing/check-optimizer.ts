import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import "@tensorflow/tfjs-layers";
import { beforeEach, describe, expect, it } from "vitest";
import { installWasmKernels } from "../../wasm-kernels/install-wasm-kernels.ts";
import type { Optimizer } from "../optimizer.ts";
import type { ReferenceOptimizer } from "./reference-optimizers.ts";

/** Kernels of dense and convolution layers, wide and narrow, and a bias. */
const shapes = [[5, 9], [3, 2], [7], [2, 2, 3, 8]] as const;
const sizeOf = (shape: readonly number[]): number => shape.reduce((size, side) => size * side, 1);

const startValues = (shape: readonly number[]): Float32Array =>
  Float32Array.from({ length: sizeOf(shape) }, (_, i) => Math.cos(2 * i));

/** Gradient of step t: of both signs, over some decades, the same on every backend. */
const gradientValues = (shape: readonly number[], step: number): Float32Array =>
  Float32Array.from(
    { length: sizeOf(shape) },
    (_, i) => (Math.sin(3 * i + step * step + shape.length) + 0.3) * 10 ** ((i % 5) - 2),
  );

const start = (): tf.Variable[] =>
  shapes.map((shape) => tf.variable(tf.tensor(startValues(shape), [...shape])));

function run(optimizer: Optimizer, weights: readonly tf.Variable[], from: number, to: number): void {
  for (let t = from; t <= to; t++) {
    tf.tidy(() => {
      const gradients = weights.map(({ name, shape }) => [name, tf.tensor(gradientValues(shape, t), shape)]);
      optimizer.applyGradients(Object.fromEntries(gradients));
    });
  }
}

const valuesOf = (weights: readonly tf.Variable[]): number[][] =>
  weights.map((weight) => [...weight.dataSync()]);

/**
 * The laws that every optimizer obeys, on cpu and on wasm: the numbers of a float64 reference, resuming to the same bits from any
 * step, and no leaks.
 *
 * @param slots - how many tensors it keeps for each variable.
 */
export function checkOptimizer(
  name: string,
  make: () => Optimizer,
  reference: ReferenceOptimizer,
  slots: number,
): void {
  describe.each(["cpu", "wasm"])(`${name} on %s`, (backend) => {
    beforeEach(async () => {
      installWasmKernels();
      await tf.setBackend(backend);
    });

    it("equals its reference in float64 over 60 steps, to float32 rounding", () => {
      const weights = start();
      run(make(), weights, 1, 60);
      weights.forEach((weight, w) => {
        const shape = shapes[w]!;
        const expected = Float64Array.from(startValues(shape));
        const step = reference(shape);
        for (let t = 1; t <= 60; t++) step(expected, Float64Array.from(gradientValues(shape, t)));
        const gaps = [...weight.dataSync()].map((value, i) => Math.abs(value - expected[i]!));
        // Weights go up to about 2: 60 roundings of at most 1.2e-7 each, and they rarely add up.
        expect(Math.max(...gaps), `variable ${w}`).toBeLessThan(2e-6);
        // The reference itself must have moved, or the comparison would say nothing.
        expect(Math.abs(expected[0]! - startValues(shape)[0]!)).toBeGreaterThan(1e-3);
      });
    });

    // Seven steps in a row see every place in a period of six, and the change of rule of rectified Adam.
    it.each([1, 2, 3, 4, 5, 6, 7])("resumes after step %i to the same bits", async (stop) => {
      const whole = start();
      run(make(), whole, 1, stop + 13);

      const weights = start();
      const before = make();
      run(before, weights, 1, stop);
      const state = structuredClone(await before.getState());
      const saved = weights.map((weight) => weight.dataSync().slice());
      run(before, weights, stop + 1, stop + 2); // the state is a copy: going on does not change it

      const resumed = saved.map((values, w) => tf.variable(tf.tensor(values, [...shapes[w]!])));
      const after = make();
      after.setState(state);
      expect(await after.getState()).toEqual(state);
      run(after, resumed, stop + 1, stop + 13);
      expect(valuesOf(resumed)).toEqual(valuesOf(whole));
      expect((await after.getState()).step).toBe(stop + 13);
    });

    it("goes back to an earlier state", async () => {
      const weights = start();
      const optimizer = make();
      run(optimizer, weights, 1, 4);
      const state = await optimizer.getState();
      const saved = weights.map((weight) => weight.dataSync().slice());
      run(optimizer, weights, 5, 9);
      const first = valuesOf(weights);
      optimizer.setState(state);
      expect(await optimizer.getState()).toEqual(state);
      weights.forEach((weight, w) => {
        tf.tidy(() => weight.assign(tf.tensor(saved[w]!, weight.shape)));
      });
      run(optimizer, weights, 5, 9);
      expect(valuesOf(weights)).toEqual(first);
    });

    it("follows the learning rate", () => {
      const [still, moved] = [start(), start()];
      const optimizer = make();
      const { learningRate } = optimizer;
      optimizer.learningRate = 0;
      expect(optimizer.learningRate).toBe(0);
      run(optimizer, still, 1, 7);
      expect(valuesOf(still)).toEqual(valuesOf(start()));
      optimizer.learningRate = learningRate;
      run(optimizer, moved, 8, 9);
      expect(valuesOf(moved)).not.toEqual(valuesOf(start()));
    });

    it(`keeps ${slots} tensors a variable, and none after dispose`, () => {
      const weights = start();
      const before = tf.memory().numTensors;
      const optimizer = make();
      run(optimizer, weights, 1, 13);
      expect(tf.memory().numTensors).toBe(before + slots * weights.length);
      optimizer.dispose();
      expect(tf.memory().numTensors).toBe(before);
    });

    it("leaves tensors alone that share the old weights, and gradients to the caller", () => {
      const weights = start();
      const shared = tf.reshape(weights[0]!, [-1]);
      const old = [...shared.dataSync()];
      run(make(), weights, 1, 6);
      expect([...shared.dataSync()]).toEqual(old);
      const gradient = tf.ones([5, 9]);
      make().applyGradients({ [weights[0]!.name]: gradient });
      expect([...gradient.dataSync()]).toEqual(Array(45).fill(1));
    });
  });

  describe(name, () => {
    it("rejects what is not a variable, gradients of another shape, and states that are not its own", async () => {
      const optimizer = make();
      const [weights] = start();
      expect(() => optimizer.applyGradients({ nobody: tf.ones([2, 2]) })).toThrow('variables, got "nobody"');
      expect(() => make().applyGradients({ [weights!.name]: tf.ones([2, 2]) })).toThrow(
        "must have shape [5,9], got [2,2]",
      );
      run(optimizer, [weights!], 1, 1);
      const state = await make().getState();
      expect(() => optimizer.setState({ ...state, step: -1 })).toThrow("integer step from 0, got -1");
      expect(() => optimizer.setState({ ...state, slots: {} })).toThrow(/must have the slots .* got none/);
      expect(() => optimizer.setState({ ...state, slots: { ...state.slots, third: [] } })).toThrow(
        "third (0)",
      );
      const slotsOfSize = (size: number) =>
        Object.fromEntries(Object.keys(state.slots).map((slot) => [slot, [new Float32Array(size)]]));
      expect(() => optimizer.setState({ step: 1, slots: slotsOfSize(3) })).toThrow(
        "must have 45 values, got 3",
      );
      const fresh = make();
      fresh.setState({ step: 1, slots: slotsOfSize(3) });
      expect(() => run(fresh, [weights!], 1, 1)).toThrow("must have 45 values, got 3");
    });
  });
}

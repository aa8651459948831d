import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-layers";
import { beforeEach, describe, expect, it } from "vitest";
import { testBackends } from "../../testing/backends.ts";
import { useBackend } from "../backend.ts";
import { weightAverage } from "./weight-average.ts";

describe.each(testBackends)("weightAverage on %s", (backend) => {
  beforeEach(() => useBackend(backend));

  const variables = (): tf.Variable[] => [
    tf.variable(tf.tensor1d([1, 2, 3])),
    tf.variable(tf.tensor2d([[4, 5]])),
  ];

  it("is the exponential average, starting at the weights", async () => {
    const [weights] = variables() as [tf.Variable, tf.Variable];
    const average = weightAverage([weights], { decay: 0.9 });
    const expected = [1, 2, 3];
    for (let step = 1; step <= 20; step++) {
      weights.assign(tf.tensor1d([step, -step, Math.sin(step)]));
      average.update();
      [step, -step, Math.sin(step)].forEach((value, i) => {
        expected[i] = 0.9 * expected[i]! + 0.1 * value;
      });
    }
    const [actual] = await average.getState();
    expected.forEach((value, i) => {
      expect(actual![i]).toBeCloseTo(value, 5);
    });
  });

  it("copies to other variables, which later updates leave alone", async () => {
    const weights = variables();
    const targets = variables();
    const average = weightAverage(weights, { decay: 0.5 });
    for (const weight of weights) weight.assign(tf.zerosLike(weight));
    average.update();
    average.copyTo(targets);
    average.update();
    const copied = await Promise.all(targets.map((target) => target.data()));
    expect(copied.map((values) => [...values])).toEqual([
      [0.5, 1, 1.5],
      [2, 2.5],
    ]);
    expect((await average.getState()).map((values) => [...values])).toEqual([
      [0.25, 0.5, 0.75],
      [1, 1.25],
    ]);
  });

  it("goes on from its state to the same bits, and the state is a copy", async () => {
    const weights = variables();
    const average = weightAverage(weights, { decay: 0.7 });
    const state = await average.getState();
    for (const weight of weights) weight.assign(tf.onesLike(weight));
    average.update();
    const once = await average.getState();
    average.setState(state);
    expect(await average.getState()).toEqual(state);
    average.update();
    expect(await average.getState()).toEqual(once);
  });

  it("leaks nothing", () => {
    const weights = variables();
    const targets = variables();
    const before = tf.memory().numTensors;
    const average = weightAverage(weights);
    for (let step = 0; step < 5; step++) {
      average.update();
      average.copyTo(targets);
    }
    expect(tf.memory().numTensors).toBe(before + 2);
    average.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it("rejects decays out of range and shapes that differ", () => {
    expect(() => weightAverage([], { decay: 1 })).toThrow("weightAverage: decay must be in [0, 1), got 1");
    const average = weightAverage(variables());
    expect(() => average.copyTo([])).toThrow("copyTo must get arrays of 3, 2 values");
    expect(() => average.setState([new Float32Array(2)])).toThrow(
      "setState must get arrays of 3, 2 values, got 2",
    );
  });
});

import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-layers";
import { beforeEach, describe, expect, it } from "vitest";
import { testBackends } from "../../testing/backends.ts";
import { useBackend } from "../backend.ts";
import { adam } from "./adam.ts";
import type { Optimizer } from "./optimizer.ts";
import { checkOptimizer } from "./testing/check-optimizer.ts";
import { referenceAdam } from "./testing/reference-optimizers.ts";

const options = { learningRate: 0.01, beta1: 0.5, beta2: 0.99, epsilon: 1e-8 };
const size = 37;

/** Gradient i of step t: of both signs, over some decades, the same on every backend. */
const gradientValues = (step: number): Float32Array =>
  Float32Array.from({ length: size }, (_, i) => Math.sin(3 * i + step * step) * 10 ** ((i % 5) - 2));

/** Algorithm 1 of Kingma and Ba in float64. */
function reference(steps: number, rate: (step: number) => number = () => options.learningRate): Float64Array {
  const { beta1, beta2, epsilon } = options;
  const theta = Float64Array.from({ length: size }, (_, i) => i / 10);
  const m = new Float64Array(size);
  const v = new Float64Array(size);
  for (let t = 1; t <= steps; t++) {
    gradientValues(t).forEach((g, i) => {
      m[i] = beta1 * m[i]! + (1 - beta1) * g;
      v[i] = beta2 * v[i]! + (1 - beta2) * g * g;
      const first = m[i]! / (1 - beta1 ** t);
      const second = v[i]! / (1 - beta2 ** t);
      theta[i] = theta[i]! - (rate(t) * first) / (Math.sqrt(second) + epsilon);
    });
  }
  return theta;
}

const start = (): tf.Variable => tf.variable(tf.tidy(() => tf.div(tf.range(0, size), 10)));

function run(optimizer: Optimizer, weights: tf.Variable, from: number, to: number): void {
  for (let t = from; t <= to; t++) {
    tf.tidy(() => optimizer.applyGradients({ [weights.name]: tf.tensor1d(gradientValues(t)) }));
  }
}

const largestGap = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i]!)));

describe.each(testBackends)("adam on %s", (backend) => {
  beforeEach(() => useBackend(backend));

  it("equals algorithm 1 in float64 over 50 steps, to float32 rounding", async () => {
    const weights = start();
    run(adam(options), weights, 1, 50);
    // Weights go up to 4: 50 roundings of at most 2.4e-7 each, and they rarely add up.
    expect(largestGap(await weights.data(), reference(50))).toBeLessThan(5e-6);
  });

  it("equals tf.train.adam", async () => {
    const ours = start();
    const theirs = start();
    run(adam(options), ours, 1, 50);
    const peer = tf.train.adam(options.learningRate, options.beta1, options.beta2, options.epsilon);
    run(peer as unknown as Optimizer, theirs, 1, 50);
    expect(largestGap(await ours.data(), await theirs.data())).toBeLessThan(2e-5);
  });

  it("follows a schedule of learning rates", async () => {
    const weights = start();
    const optimizer = adam(options);
    for (let t = 1; t <= 20; t++) {
      optimizer.learningRate = 0.1 / t;
      run(optimizer, weights, t, t);
    }
    expect(
      largestGap(
        await weights.data(),
        reference(20, (t) => 0.1 / t),
      ),
    ).toBeLessThan(5e-6);
  });

  it("resumes from its state to the same bits", async () => {
    const whole = start();
    run(adam(options), whole, 1, 30);

    const weights = start();
    const before = adam(options);
    run(before, weights, 1, 12);
    const state = structuredClone(await before.getState());
    const saved = (await weights.data()).slice();
    run(before, weights, 13, 15); // the state is a copy: going on does not change it

    const resumed = tf.variable(tf.tensor1d(saved));
    const after = adam(options);
    after.setState(state);
    expect(await after.getState()).toEqual(state);
    run(after, resumed, 13, 30);
    expect([...(await resumed.data())]).toEqual([...(await whole.data())]);
  });

  it("goes back to an earlier state", async () => {
    const weights = start();
    const optimizer = adam(options);
    run(optimizer, weights, 1, 3);
    const state = await optimizer.getState();
    run(optimizer, weights, 4, 5);
    optimizer.setState(state);
    expect(await optimizer.getState()).toEqual(state);
  });

  it("keeps no tensors but two moments per variable, and none after dispose", () => {
    const weights = start();
    const before = tf.memory().numTensors;
    const optimizer = adam(options);
    run(optimizer, weights, 1, 10);
    expect(tf.memory().numTensors).toBe(before + 2);
    optimizer.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it("leaves tensors alone that share the old weights", async () => {
    const weights = start();
    const shared = tf.reshape(weights, [size, 1]);
    const old = [...(await shared.data())];
    run(adam(options), weights, 1, 1);
    expect([...(await shared.data())]).toEqual(old);
  });

  it("trains a layer whose weights the backend keeps packed", async () => {
    const x = tf.tensor2d(gradientValues(1).slice(0, 32), [8, 4]);
    const weights = tf.variable(tf.ones([4, 8]) as tf.Tensor2D);
    const product = (): Promise<Float32Array> => tf.matMul(x, weights).data<"float32">();
    const before = await product();
    const optimizer = adam({ learningRate: 1 });
    tf.tidy(() => optimizer.applyGradients({ [weights.name]: tf.fill([4, 8], -1) }));
    const sums = await tf.sum(x, 1).data();
    // Adam's first step moves every weight by the learning rate: from 1 to 2.
    expect(
      largestGap(
        before,
        Array.from(before, (_, i) => sums[Math.floor(i / 8)]!),
      ),
    ).toBeLessThan(1e-4);
    expect(
      largestGap(
        await product(),
        Array.from(before, (_, i) => 2 * sums[Math.floor(i / 8)]!),
      ),
    ).toBeLessThan(1e-4);
  });
});

const decaying = { ...options, weightDecay: 0.2 };
checkOptimizer("adam with weight decay", () => adam(decaying), referenceAdam(decaying), 2);

describe("adam", () => {
  it("rejects options out of range", () => {
    expect(() => adam({ learningRate: Number.NaN })).toThrow(
      "adam: learningRate must be at least 0, got NaN",
    );
    expect(() => adam({ beta1: 1 })).toThrow(RangeError);
    expect(() => adam({ beta2: -0.1 })).toThrow(RangeError);
    expect(() => adam({ epsilon: -1 })).toThrow(RangeError);
  });

  it("rejects unknown variables and moments of the wrong size", () => {
    const optimizer = adam();
    expect(() => optimizer.applyGradients({ nobody: tf.scalar(1) })).toThrow('got "nobody"');
    const weights = start();
    optimizer.setState({ step: 1, slots: { first: [new Float32Array(3)], second: [new Float32Array(3)] } });
    expect(() => run(optimizer, weights, 1, 1)).toThrow(`must have ${size} values, got 3`);
  });
});

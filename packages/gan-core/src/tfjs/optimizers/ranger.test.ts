import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { ranger } from "./ranger.ts";
import { checkOptimizer } from "./testing/check-optimizer.ts";
import {
  referenceCentralization,
  referenceLookahead,
  referenceRectifiedAdam,
} from "./testing/reference-optimizers.ts";

const defaults = { learningRate: 1e-3, beta1: 0.95, beta2: 0.999, epsilon: 1e-5 };
const options = { learningRate: 0.02, beta1: 0.9, beta2: 0.99, epsilon: 1e-6, weightDecay: 0.1 };

const reference = (of: typeof defaults, period: number, slowStep: number) =>
  referenceLookahead(referenceCentralization(referenceRectifiedAdam(of)), period, slowStep);

checkOptimizer("ranger", ranger, reference(defaults, 6, 0.5), 3);
checkOptimizer(
  "ranger with options",
  () => ranger({ ...options, period: 4, slowStep: 0.8 }),
  reference(options, 4, 0.8),
  3,
);

describe("ranger", () => {
  it("keeps the sums of a kernel's columns", async () => {
    await tf.setBackend("cpu");
    const kernel = tf.variable(tf.tensor2d([1, 2, 3, 4, 5, 6], [3, 2]));
    const optimizer = ranger({ learningRate: 0.1 });
    for (let t = 1; t <= 4; t++) {
      // While steps go along the momentum, they are sums of centralised gradients.
      tf.tidy(() => optimizer.applyGradients({ [kernel.name]: tf.tensor2d([t, 1, 0, 5, -3, t], [3, 2]) }));
    }
    expect([...kernel.dataSync()][0]).not.toBeCloseTo(1, 2);
    const sums = tf.tidy(() => [...tf.sum(kernel, 0).dataSync()]);
    expect(sums[0]).toBeCloseTo(9, 5);
    expect(sums[1]).toBeCloseTo(12, 5);
  });

  it("rejects options out of range", () => {
    expect(() => ranger({ beta2: 1 })).toThrow(RangeError);
    expect(() => ranger({ period: 0 })).toThrow("lookahead: period");
  });
});

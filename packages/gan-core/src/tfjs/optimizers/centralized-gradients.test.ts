import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { adam } from "./adam.ts";
import { centralizedGradients } from "./centralized-gradients.ts";
import type { Optimizer } from "./optimizer.ts";
import { checkOptimizer } from "./testing/check-optimizer.ts";
import { referenceAdam, referenceCentralization } from "./testing/reference-optimizers.ts";

const options = { learningRate: 0.01, beta1: 0.5, beta2: 0.99, epsilon: 1e-8 };
checkOptimizer(
  "centralizedGradients",
  () => centralizedGradients(adam(options)),
  referenceCentralization(referenceAdam(options)),
  2,
);

describe("centralizedGradients", () => {
  it("takes the mean over all dimensions but the last off, and leaves vectors alone", async () => {
    await tf.setBackend("cpu");
    const given: Record<string, number[]> = {};
    const recorder: Optimizer = {
      ...adam(),
      applyGradients(gradients) {
        for (const [name, gradient] of Object.entries(gradients)) given[name] = [...gradient.dataSync()];
      },
    };
    tf.tidy(() =>
      centralizedGradients(recorder).applyGradients({
        matrix: tf.tensor2d([1, 10, 2, 20, 6, 60], [3, 2]),
        kernel: tf.tensor4d([1, 2, 3, 6], [2, 1, 1, 2]),
        bias: tf.tensor1d([1, 2, 3]),
        scalar: tf.scalar(7),
      }),
    );
    expect(given).toEqual({
      matrix: [-2, -20, -1, -10, 3, 30],
      kernel: [-1, -2, 1, 2],
      bias: [1, 2, 3],
      scalar: [7],
    });
  });
});

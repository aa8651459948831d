import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { adam } from "./adam.ts";
import { lookahead } from "./lookahead.ts";
import { checkOptimizer } from "./testing/check-optimizer.ts";
import { referenceAdam, referenceLookahead } from "./testing/reference-optimizers.ts";

const options = { learningRate: 0.01, beta1: 0.5, beta2: 0.99, epsilon: 1e-8 };
checkOptimizer(
  "lookahead",
  () => lookahead(adam(options), { period: 5, slowStep: 0.3 }),
  referenceLookahead(referenceAdam(options), 5, 0.3),
  3,
);

describe("lookahead", () => {
  it("goes back every period", async () => {
    await tf.setBackend("cpu");
    const weight = tf.variable(tf.scalar(10));
    // With these betas Adam steps by the learning rate against the gradient's sign.
    const optimizer = lookahead(adam({ learningRate: 1, beta1: 0, beta2: 0, epsilon: 0 }), { period: 3 });
    const seen = [1, 2, 3, 4, 5, 6, 7].map(() => {
      tf.tidy(() => optimizer.applyGradients({ [weight.name]: tf.scalar(5) }));
      return weight.dataSync()[0];
    });
    expect(seen).toEqual([9, 8, 8.5, 7.5, 6.5, 7, 6]);
    const { step, slots } = await optimizer.getState();
    expect(step).toBe(7);
    expect(Object.keys(slots)).toEqual(["first", "second", "slow"]);
    expect(slots["slow"]).toEqual([Float32Array.of(7)]);
  });

  it("takes back variables that have no gradient in the last step of a period", async () => {
    await tf.setBackend("cpu");
    const [a, b] = [tf.variable(tf.scalar(0)), tf.variable(tf.scalar(0))];
    const inner = adam({ learningRate: 1, beta1: 0, beta2: 0, epsilon: 0 });
    const optimizer = lookahead(inner, { period: 2 });
    tf.tidy(() => {
      optimizer.applyGradients({ [a.name]: tf.scalar(1), [b.name]: tf.scalar(1) });
      optimizer.applyGradients({ [a.name]: tf.scalar(1) });
    });
    expect([a.dataSync()[0], b.dataSync()[0]]).toEqual([-1, -0.5]);
  });

  it("rejects options out of range, and inner optimizers of a life of their own", async () => {
    await tf.setBackend("cpu");
    expect(() => lookahead(adam(), { period: 0 })).toThrow(
      "lookahead: period must be an integer from 1, got 0",
    );
    expect(() => lookahead(adam(), { period: 1.5 })).toThrow(RangeError);
    expect(() => lookahead(adam(), { slowStep: 0 })).toThrow("lookahead: slowStep must be in (0, 1], got 0");
    expect(() => lookahead(adam(), { slowStep: Number.NaN })).toThrow(RangeError);
    await expect(lookahead(lookahead(adam())).getState()).rejects.toThrow("must not be a lookahead itself");
    const inner = adam();
    const weight = tf.variable(tf.scalar(0));
    inner.applyGradients({ [weight.name]: tf.scalar(1) });
    await expect(lookahead(inner).getState()).rejects.toThrow("got 1 steps instead of 0");
  });
});

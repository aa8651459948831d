import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { beforeAll, expect, test } from "vitest";
import { clipWeights } from "./clip-weights.ts";

beforeAll(() => tf.setBackend("cpu"));

test("clipWeights brings every weight within the limit, and leaks nothing", () => {
  const weights = [tf.variable(tf.tensor1d([-2, -0.5, 0, 0.5, 2])), tf.variable(tf.tensor2d([[0.25, 9]]))];
  const before = tf.memory().numTensors;
  clipWeights(weights, 0.5);
  expect(weights.map((weight) => [...weight.dataSync()])).toEqual([
    [-0.5, -0.5, 0, 0.5, 0.5],
    [0.25, 0.5],
  ]);
  expect(tf.memory().numTensors).toBe(before);
});

test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])("clipWeights refuses the limit %s", (limit) => {
  expect(() => clipWeights([], limit)).toThrow(
    `clipWeights: limit must be positive and finite, got ${limit}`,
  );
});

import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import "@tensorflow/tfjs-layers";
import { beforeEach, describe, expect, it } from "vitest";
import { mish } from "../mish.ts";
import { installGradients } from "./install-gradients.ts";

interface Case {
  readonly op: (x: tf.Tensor) => tf.Tensor;
  readonly first: (x: number) => number;
  readonly second: (x: number) => number;
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
// ReLUs bend at zero only: their squares have a second derivative to see.
const cases: Record<string, Case> = {
  exp: { op: tf.exp, first: Math.exp, second: Math.exp },
  tanh: {
    op: tf.tanh,
    first: (x) => 1 - Math.tanh(x) ** 2,
    second: (x) => -2 * Math.tanh(x) * (1 - Math.tanh(x) ** 2),
  },
  sigmoid: {
    op: tf.sigmoid,
    first: (x) => sigmoid(x) * (1 - sigmoid(x)),
    second: (x) => sigmoid(x) * (1 - sigmoid(x)) * (1 - 2 * sigmoid(x)),
  },
  "square of relu": {
    op: (x) => tf.square(tf.relu(x)),
    first: (x) => 2 * Math.max(x, 0),
    second: (x) => (x > 0 ? 2 : 0),
  },
  "square of leaky relu": {
    op: (x) => tf.square(tf.leakyRelu(x, 0.5)),
    first: (x) => (x > 0 ? 2 * x : 0.5 * x),
    second: (x) => (x > 0 ? 2 : 0.5),
  },
};
const xs = [-3, -1.5, -0.25, 0.125, 0.5, 2];

// Here the wasm backend has its stock kernels alone; tests of the others are beside them.
describe.each(["cpu", "wasm"])("gradients on stock %s", (backend) => {
  beforeEach(async () => {
    installGradients();
    installGradients();
    await tf.setBackend(backend);
  });

  for (const [name, { op, first, second }] of Object.entries(cases)) {
    it(`${name}: first and second derivative`, () => {
      tf.tidy(() => {
        const x = tf.tensor1d(xs);
        const slope = tf.grad((v) => tf.sum(op(v)));
        const slopes = slope(x).dataSync();
        const bends = tf
          .grad((v) => tf.sum(slope(v)))(x)
          .dataSync();
        xs.forEach((value, i) => {
          expect(slopes[i]! / first(value) || 0).toBeCloseTo(first(value) === 0 ? 0 : 1, 5);
          expect(bends[i]).toBeCloseTo(second(value), 5);
        });
      });
    });
  }

  it("a second derivative through one function of several is whole", () => {
    tf.tidy(() => {
      // d²/dx² x tanh(x) = 2 t' + x t'': without t'' the first term would still be there, and no error.
      const slope = tf.grad((v) => tf.sum(tf.mul(v, tf.tanh(v))));
      const bends = tf
        .grad((v) => tf.sum(slope(v)))(tf.tensor1d(xs))
        .dataSync();
      xs.forEach((x, i) => {
        expect(bends[i]).toBeCloseTo(2 * cases["tanh"]!.first(x) + x * cases["tanh"]!.second(x), 5);
      });
    });
  });

  it("mish is made of stock operations", () => {
    tf.tidy(() => {
      const x = tf.tensor1d([-1, 1]);
      const slope = tf.grad((v) => tf.sum(mish(v)));
      const expected = [
        [-0.3034014613741089, 0.8650983882673103],
        [0.05921675587739495, 1.0490362200997922],
        [0.3497056736706449, 0.18468576447332827],
      ];
      const actual = [mish(x), slope(x), tf.grad((v) => tf.sum(slope(v)))(x)];
      expected.forEach((row, i) => {
        row.forEach((value, j) => {
          expect(actual[i]!.dataSync()[j]).toBeCloseTo(value, 6);
        });
      });
    });
  });
});

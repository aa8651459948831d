import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import "@tensorflow/tfjs-layers";
import { beforeEach, describe, expect, it } from "vitest";
import { installWasmKernels } from "../wasm-kernels/install-wasm-kernels.ts";
import type { GanLoss } from "./gan-loss.ts";
import { hingeLoss } from "./hinge-loss.ts";
import { leastSquaresLoss } from "./least-squares-loss.ts";
import { nonSaturatingLoss } from "./non-saturating-loss.ts";
import { wassersteinLoss } from "./wasserstein-loss.ts";

/** A loss as a sum over scores of functions with known derivatives, in float64. */
interface Reference {
  readonly loss: GanLoss;
  readonly real: (score: number) => number;
  readonly realSlope: (score: number) => number;
  readonly fake: (score: number) => number;
  readonly fakeSlope: (score: number) => number;
  readonly generator: (score: number) => number;
  readonly generatorSlope: (score: number) => number;
}

const softplus = (s: number): number => Math.max(s, 0) + Math.log1p(Math.exp(-Math.abs(s)));
const sigmoid = (s: number): number => 1 / (1 + Math.exp(-s));
const nonSaturating = (smoothing: number) => ({
  real: (s: number) => (1 - smoothing) * softplus(-s) + smoothing * softplus(s),
  realSlope: (s: number) => sigmoid(s) - (1 - smoothing),
  fake: softplus,
  fakeSlope: sigmoid,
  generator: (s: number) => softplus(-s),
  generatorSlope: (s: number) => sigmoid(s) - 1,
});

const references: Record<string, Reference> = {
  "least squares": {
    loss: leastSquaresLoss(),
    real: (s) => (s - 1) ** 2 / 2,
    realSlope: (s) => s - 1,
    fake: (s) => s ** 2 / 2,
    fakeSlope: (s) => s,
    generator: (s) => (s - 1) ** 2 / 2,
    generatorSlope: (s) => s - 1,
  },
  "least squares with other targets": {
    loss: leastSquaresLoss({ realTarget: 0.9, fakeTarget: -1, generatorTarget: 0 }),
    real: (s) => (s - 0.9) ** 2 / 2,
    realSlope: (s) => s - 0.9,
    fake: (s) => (s + 1) ** 2 / 2,
    fakeSlope: (s) => s + 1,
    generator: (s) => s ** 2 / 2,
    generatorSlope: (s) => s,
  },
  "non-saturating": { loss: nonSaturatingLoss(), ...nonSaturating(0) },
  "smoothed non-saturating": { loss: nonSaturatingLoss({ labelSmoothing: 0.1 }), ...nonSaturating(0.1) },
  hinge: {
    loss: hingeLoss(),
    real: (s) => Math.max(0, 1 - s),
    realSlope: (s) => (s < 1 ? -1 : 0),
    fake: (s) => Math.max(0, 1 + s),
    fakeSlope: (s) => (s > -1 ? 1 : 0),
    generator: (s) => -s,
    generatorSlope: () => -1,
  },
  Wasserstein: {
    loss: wassersteinLoss(),
    real: (s) => -s,
    realSlope: () => -1,
    fake: (s) => s,
    fakeSlope: () => 1,
    generator: (s) => -s,
    generatorSlope: () => -1,
  },
};

// On both sides of every kink and target, near and far. One score at a time is an extreme one, so that it hides no other.
const scores = [-1e4, -100, -5, -0.99, -0.3, 0, 0.25, 0.99, 1.5, 7, 100, 1e4];
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

describe.each(["cpu", "wasm"])("losses on %s", (backend) => {
  beforeEach(async () => {
    installWasmKernels();
    await tf.setBackend(backend);
  });

  const expectClose = (actual: ArrayLike<number>, expected: readonly number[]): void => {
    expected.forEach((value, i) => {
      // Float32 rounds to 6e-8 of the largest term.
      expect(Math.abs(actual[i]! - value)).toBeLessThanOrEqual(3e-7 * Math.max(1, Math.abs(value)));
    });
  };

  for (const [name, { loss, ...terms }] of Object.entries(references)) {
    it(`${name}: values are the means of its terms`, () => {
      for (const score of scores) {
        const real = [score, 0.5];
        const fake = [-0.5, score, 0.1];
        tf.tidy(() => {
          const value = loss.discriminator(tf.tensor2d(real, [2, 1]), tf.tensor2d(fake, [3, 1]));
          expect(value.shape).toEqual([]);
          expectClose(value.dataSync(), [mean(real.map(terms.real)) + mean(fake.map(terms.fake))]);
          expectClose(loss.generator(tf.tensor1d(fake)).dataSync(), [mean(fake.map(terms.generator))]);
        });
      }
    });

    it(`${name}: gradients are the derivatives of its terms, at scores of any size`, () => {
      tf.tidy(() => {
        const batch = (): tf.Tensor => tf.tensor1d(scores);
        const [real, fake] = tf.grads((r, f) => loss.discriminator(r, f))([batch(), batch()]);
        const generator = tf.grad((f) => loss.generator(f))(batch());
        expectClose(tf.mul(real!, scores.length).dataSync(), scores.map(terms.realSlope));
        expectClose(tf.mul(fake!, scores.length).dataSync(), scores.map(terms.fakeSlope));
        expectClose(tf.mul(generator, scores.length).dataSync(), scores.map(terms.generatorSlope));
      });
    });
  }
});

describe("losses", () => {
  it("leak nothing", () => {
    const scores = tf.tensor1d([1, 2]);
    for (const { loss } of Object.values(references)) {
      const before = tf.memory().numTensors;
      tf.dispose([loss.discriminator(scores, scores), loss.generator(scores)]);
      expect(tf.memory().numTensors).toBe(before);
    }
  });

  it("say what their scores mean", () => {
    const said = [leastSquaresLoss(), nonSaturatingLoss(), hingeLoss(), wassersteinLoss()];
    expect(said.map(({ name, output }) => [name, output])).toEqual([
      ["least squares", "unbounded"],
      ["non-saturating", "logit"],
      ["hinge", "unbounded"],
      ["Wasserstein", "unbounded"],
    ]);
  });

  it("refuse options out of range", () => {
    expect(() => leastSquaresLoss({ realTarget: Number.NaN })).toThrow(
      "leastSquaresLoss: realTarget must be finite, got NaN",
    );
    expect(() => leastSquaresLoss({ generatorTarget: Number.POSITIVE_INFINITY })).toThrow("generatorTarget");
    expect(() => leastSquaresLoss({ realTarget: 0 })).toThrow("must differ from fakeTarget, got 0 for both");
    expect(() => nonSaturatingLoss({ labelSmoothing: 0.5 })).toThrow(
      "nonSaturatingLoss: labelSmoothing must be in [0, 0.5), got 0.5",
    );
    expect(() => nonSaturatingLoss({ labelSmoothing: -0.1 })).toThrow(RangeError);
    expect(() => nonSaturatingLoss({ labelSmoothing: Number.NaN })).toThrow(RangeError);
  });
});

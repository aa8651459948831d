import { randomStream } from "@mhgan/mcmc";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import { type LayersModel, layers, type Sequential, sequential } from "@tensorflow/tfjs-layers";
import { beforeEach, describe, expect, it } from "vitest";
import { dcganDiscriminator } from "../dcgan.ts";
import { mish } from "../mish.ts";
import { installWasmKernels } from "../wasm-kernels/install-wasm-kernels.ts";
import { type CriticPenalty, gradientPenalty, r1Penalty } from "./critic-penalty.ts";

const numbers = (count: number, seed: number): number[] =>
  Array.from({ length: count }, (_, i) => Math.sin(12.9898 * (i + 1) * seed + seed));
const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((total, value, i) => total + value * b[i]!, 0);

interface Activation {
  readonly op: (x: tf.Tensor) => tf.Tensor;
  /** Its derivative, in float64. */
  readonly slope: (x: number) => number;
  readonly value: (x: number) => number;
}

const tanhSoftplus = (x: number): number => Math.tanh(Math.log1p(Math.exp(x)));
const activations: Record<string, Activation> = {
  relu: { op: tf.relu, value: (x) => Math.max(x, 0), slope: (x) => (x > 0 ? 1 : 0) },
  "leaky relu": {
    op: (x) => tf.leakyRelu(x, 0.2),
    value: (x) => (x > 0 ? x : 0.2 * x),
    slope: (x) => (x > 0 ? 1 : 0.2),
  },
  mish: {
    op: mish,
    value: (x) => x * tanhSoftplus(x),
    slope: (x) => tanhSoftplus(x) + (x * (1 - tanhSoftplus(x) ** 2)) / (1 + Math.exp(-x)),
  },
  tanh: { op: tf.tanh, value: Math.tanh, slope: (x) => 1 - Math.tanh(x) ** 2 },
  sigmoid: {
    op: tf.sigmoid,
    value: (x) => 1 / (1 + Math.exp(-x)),
    slope: (x) => Math.exp(-x) / (1 + Math.exp(-x)) ** 2,
  },
  softplus: {
    op: tf.softplus,
    value: (x) => Math.log1p(Math.exp(x)),
    slope: (x) => 1 / (1 + Math.exp(-x)),
  },
};

const shapes = [[3, 5], [5], [5, 4], [4], [4, 1]] as const;
const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);
const initial = shapes.map((shape, i) => numbers(sizeOf(shape), i + 1));

/** x -> product with a matrix of that many columns, plus a bias. */
const affine = (x: readonly number[], weights: readonly number[], bias: readonly number[]): number[] =>
  bias.map((b, j) => x.reduce((total, value, i) => total + value * weights[i * bias.length + j]!, b));
/** The transposed product. */
const back = (dy: readonly number[], weights: readonly number[], rows: number): number[] =>
  Array.from({ length: rows }, (_, i) => dot(dy, weights.slice(i * dy.length, (i + 1) * dy.length)));

/** |∇D(x)|² of a critic with two hidden layers, in float64. */
function squaredSlope(x: readonly number[], parameters: number[][], { value, slope }: Activation): number {
  const [w1, b1, w2, b2, w3] = parameters as [number[], number[], number[], number[], number[]];
  const first = affine(x, w1, b1);
  const second = affine(first.map(value), w2, b2);
  const dSecond = second.map((z, j) => slope(z) * w3[j]!);
  const dFirst = back(dSecond, w2, 5).map((d, i) => d * slope(first[i]!));
  const gradient = back(dFirst, w1, 3);
  return dot(gradient, gradient);
}

/** Central differences of the mean over samples of `term(|∇D|²)`, by every parameter. */
function referenceGradients(samples: number[][], activation: Activation, term: (squared: number) => number) {
  const penalty = (parameters: number[][]): number =>
    samples.reduce((sum, x) => sum + term(squaredSlope(x, parameters, activation)), 0) / samples.length;
  const step = 1e-5;
  const gradients = initial.map((values, p) =>
    values.map((_, i) => {
      const moved = (by: number): number[][] =>
        initial.map((others, q) => others.map((value, j) => (p === q && i === j ? value + by : value)));
      return (penalty(moved(step)) - penalty(moved(-step))) / (2 * step);
    }),
  );
  return { value: penalty(initial), gradients };
}

function tfjsGradients(penalty: CriticPenalty, samples: number[][], { op }: Activation) {
  return tf.tidy(() => {
    const variables = shapes.map((shape, i) => tf.variable(tf.tensor(initial[i]!, [...shape])));
    const [w1, b1, w2, b2, w3] = variables as [
      tf.Variable,
      tf.Variable,
      tf.Variable,
      tf.Variable,
      tf.Variable,
    ];
    const layer = (x: tf.Tensor, w: tf.Tensor, b: tf.Tensor): tf.Tensor => op(tf.add(tf.matMul(x, w), b));
    const critic = (x: tf.Tensor): tf.Tensor => tf.matMul(layer(layer(x, w1, b1), w2, b2), w3);
    const x = tf.tensor2d(samples);
    // Equal batches: then the interpolates are the samples, whatever the shares.
    const { value, grads } = tf.variableGrads(() => penalty(critic, x, x, randomStream(1)), variables);
    const gradients = variables.map((variable) => {
      const gradient = grads[variable.name];
      return gradient === undefined ? Array(variable.size).fill(0) : [...gradient.dataSync()];
    });
    tf.dispose(variables);
    return { value: value.dataSync()[0]!, gradients };
  });
}

const variablesOf = (model: LayersModel): tf.Variable[] =>
  model.trainableWeights.map((weight) => weight.read() as tf.Variable);

describe.each(["cpu", "wasm"])("critic penalties on %s", (backend) => {
  beforeEach(async () => {
    installWasmKernels();
    await tf.setBackend(backend);
  });

  const samples = [0, 1, 2, 3].map((i) => numbers(3, i + 0.7));

  for (const [name, activation] of Object.entries(activations)) {
    it(`with ${name}: values and gradients equal differences in float64`, () => {
      const kinds: [CriticPenalty, (squared: number) => number][] = [
        [gradientPenalty({ weight: 3, target: 0.5 }), (squared) => 3 * (Math.sqrt(squared) - 0.5) ** 2],
        [r1Penalty({ weight: 4 }), (squared) => 2 * squared],
      ];
      for (const [penalty, term] of kinds) {
        const expected = referenceGradients(samples, activation, term);
        const actual = tfjsGradients(penalty, samples, activation);
        const scale = Math.max(...expected.gradients.flat().map(Math.abs));
        expect(actual.value / expected.value).toBeCloseTo(1, 5);
        expected.gradients.forEach((values, p) => {
          values.forEach((value, i) => {
            expect(Math.abs(actual.gradients[p]![i]! - value) / scale, `parameter ${p}, ${i}`).toBeLessThan(
              1e-5,
            );
          });
        });
      }
    });
  }

  it("of a linear critic are known in closed form", () => {
    tf.tidy(() => {
      const weights = tf.variable(tf.tensor2d([3, 0, 4], [3, 1]));
      const critic = (x: tf.Tensor): tf.Tensor => tf.matMul(x, weights);
      const x = tf.tensor2d(samples);
      const gradientsOf = (penalty: CriticPenalty) => {
        const { value, grads } = tf.variableGrads(
          () => penalty(critic, x, tf.neg(x), randomStream(2)),
          [weights],
        );
        return [...value.dataSync(), ...grads[weights.name]!.dataSync()];
      };
      const expectClose = (actual: number[], expected: number[]): void => {
        expected.forEach((value, i) => {
          expect(actual[i]).toBeCloseTo(value, 3);
        });
      };
      // |w| = 5: 10 (5 − 1)² with gradient 20 (5 − 1) w/5, and 10/2 · 25 with gradient 10 w.
      expectClose(gradientsOf(gradientPenalty()), [160, 48, 0, 64]);
      expectClose(gradientsOf(r1Penalty()), [125, 30, 0, 40]);
      weights.dispose();
    });
  });

  it("have finite gradients where the critic is flat", () => {
    tf.tidy(() => {
      const weights = tf.variable(tf.zeros([3, 1]));
      const critic = (x: tf.Tensor): tf.Tensor => tf.matMul(x, weights);
      const x = tf.tensor2d(samples);
      for (const penalty of [gradientPenalty(), r1Penalty()]) {
        const { value, grads } = tf.variableGrads(() => penalty(critic, x, x, randomStream(2)), [weights]);
        expect(value.dataSync()[0]).toBeCloseTo(penalty(critic, x, x, randomStream(2)).dataSync()[0]!, 6);
        expect([...grads[weights.name]!.dataSync()].every(Number.isFinite)).toBe(true);
      }
      weights.dispose();
    });
  });

  it("go through convolutions: D is linear in each kernel, so each kernel's gradient times it is twice the penalty", () => {
    const model = dcganDiscriminator({ image: [8, 8, 2], channels: [3, 4], random: randomStream("critic") });
    const variables = variablesOf(model);
    const critic = (x: tf.Tensor): tf.Tensor => model.apply(x, { training: true }) as tf.Tensor;
    tf.tidy(() => {
      const x = tf.tensor(numbers(5 * 128, 1), [5, 8, 8, 2]);
      const { value, grads } = tf.variableGrads(() => r1Penalty()(critic, x, x, randomStream(1)), variables);
      const penalty = value.dataSync()[0]!;
      expect(penalty).toBeGreaterThan(0);
      for (const variable of variables) {
        const product = grads[variable.name] && dot(grads[variable.name]!.dataSync(), variable.dataSync());
        if (variable.rank > 1) expect(product! / penalty).toBeCloseTo(2, 4);
        else expect(product ?? 0).toBe(0);
      }
    });
    model.dispose();
  });

  it("go through convolutions that bend, and agree with differences along a direction", () => {
    const model = sequential({
      layers: [
        layers.conv2d({ filters: 3, kernelSize: 3, strides: 2, padding: "same", inputShape: [6, 6, 1] }),
        layers.activation({ activation: "tanh" }),
        layers.conv2dTranspose({ filters: 2, kernelSize: 4, strides: 2, padding: "same" }),
        layers.activation({ activation: "softplus" as never }),
        layers.flatten(),
        layers.dense({ units: 1 }),
      ],
    });
    const variables = variablesOf(model);
    const starts = variables.map(({ size }, i) => numbers(size, i + 2));
    const directions = variables.map(({ size }, i) => numbers(size, i + 20));
    const set = (by: number): void => {
      variables.forEach(({ shape }, i) => {
        const values = starts[i]!.map((value, j) => 0.5 * value + by * directions[i]![j]!);
        tf.tidy(() => variables[i]!.assign(tf.tensor(values, shape)));
      });
    };
    tf.tidy(() => {
      const x = tf.tensor(numbers(4 * 36, 1), [4, 6, 6, 1]);
      const critic = (samples: tf.Tensor): tf.Tensor => model.apply(samples, { training: true }) as tf.Tensor;
      const penalty = (): tf.Scalar => gradientPenalty({ target: 0 })(critic, x, x, randomStream(1));
      set(0);
      const { grads } = tf.variableGrads(penalty, variables);
      const slope = variables.reduce((total, variable, i) => {
        const gradient = grads[variable.name];
        return gradient === undefined ? total : total + dot(gradient.dataSync(), directions[i]!);
      }, 0);
      const at = (by: number): number => {
        set(by);
        return penalty().dataSync()[0]!;
      };
      // Richardson's combination of two central differences: its error is of fourth order.
      const difference = (h: number): number => (at(h) - at(-h)) / (2 * h);
      const expected = (4 * difference(5e-3) - difference(1e-2)) / 3;
      expect(slope / expected).toBeCloseTo(1, 3);
    });
    model.dispose();
  });

  it("leak nothing", () => {
    const model = dcganDiscriminator({ image: [4, 4, 1], channels: [2, 2], random: randomStream(1) });
    const critic = (x: tf.Tensor): tf.Tensor => model.apply(x, { training: true }) as tf.Tensor;
    const x = tf.ones([2, 4, 4, 1]);
    const step = (): void => {
      for (const penalty of [gradientPenalty(), r1Penalty()]) {
        const { value, grads } = tf.variableGrads(
          () => penalty(critic, x, x, randomStream(1)),
          variablesOf(model),
        );
        tf.dispose([value, grads, penalty(critic, x, x, randomStream(1))]);
      }
    };
    step();
    const before = tf.memory().numTensors;
    step();
    expect(tf.memory().numTensors).toBe(before);
    tf.dispose([x]);
    model.dispose();
  });
});

describe("gradientPenalty", () => {
  it("looks at points on the lines between the samples, one share a sample", async () => {
    await tf.setBackend("cpu");
    const seen: number[][] = [];
    const critic = (x: tf.Tensor): tf.Tensor => {
      seen.push([...x.dataSync()]);
      return tf.sum(x, [1, 2]);
    };
    tf.tidy(() => gradientPenalty()(critic, tf.ones([3, 2, 2]), tf.zeros([3, 2, 2]), randomStream(5)));
    const random = randomStream(5);
    const shares = [random(), random(), random()];
    expect(seen).toEqual([shares.flatMap((share) => Array(4).fill(Math.fround(share)))]);
  });

  it("refuses batches of different shapes, and options out of range", () => {
    const critic = (x: tf.Tensor): tf.Tensor => x;
    expect(() => gradientPenalty()(critic, tf.ones([3, 2]), tf.ones([2, 2]), randomStream(1))).toThrow(
      "gradientPenalty: real and fake must have the same shape, got [3,2] and [2,2]",
    );
    expect(() => r1Penalty()(critic, tf.ones([3, 2]), tf.ones([3, 2]), randomStream(1))).toThrow(
      "r1Penalty: critic must give one score a sample, got shape [3,2] for 3",
    );
    expect(() => r1Penalty()(critic, tf.ones([0, 2]), tf.ones([0, 2]), randomStream(1))).toThrow(
      "at least one sample",
    );
    expect(() => gradientPenalty({ weight: -1 })).toThrow(
      "gradientPenalty: weight must be finite and at least 0, got -1",
    );
    expect(() => gradientPenalty({ target: Number.NaN })).toThrow("target must be finite");
    expect(() => r1Penalty({ weight: Number.POSITIVE_INFINITY })).toThrow("r1Penalty: weight");
  });

  const looks = (...hidden: Parameters<Sequential["add"]>[0][]) => {
    const model = sequential();
    for (const layer of hidden) model.add(layer);
    model.add(layers.flatten());
    model.add(layers.dense({ units: 1 }));
    const critic = (x: tf.Tensor): tf.Tensor => model.apply(x) as tf.Tensor;
    const x = tf.ones([2, 4, 4, 1]);
    return (): unknown =>
      tf.variableGrads(() => r1Penalty()(critic, x, x, randomStream(1)), variablesOf(model));
  };

  type Maker = () => Parameters<Sequential["add"]>[0];
  const unfit: [name: string, ...makers: Maker[]][] = [
    ["MaxPoolGrad", () => layers.maxPooling2d({ poolSize: 2, inputShape: [4, 4, 1] })],
    ["EluGrad", () => layers.dense({ units: 2, activation: "elu", inputShape: [4, 4, 1] })],
    [
      "Greater",
      () => layers.conv2d({ filters: 2, kernelSize: 2, inputShape: [4, 4, 1] }),
      () => layers.prelu(),
    ],
  ];
  it.each(unfit)("names the operation %s that has no second derivative", (name, ...makers) => {
    expect(looks(...makers.map((make) => make()))).toThrow(
      new RegExp(`critic must be twice differentiable.*${name};.*clipWeights`),
    );
  });

  it("minds no such operation that the weights do not go through", () => {
    const weights = tf.variable(tf.ones([2, 1]));
    // The slope of PReLU is chosen by a comparison, here one of the samples alone.
    const critic = (x: tf.Tensor): tf.Tensor => tf.matMul(tf.prelu(x, tf.scalar(0.5)), weights);
    const x = tf.tensor2d([[1, -2]]);
    const { grads } = tf.variableGrads(() => r1Penalty()(critic, x, x, randomStream(1)), [weights]);
    expect([...grads[weights.name]!.dataSync()]).toEqual([10, 2.5]);
  });
});

import { randomStream } from "@mhgan/mcmc";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import { layers, loadLayersModel, sequential } from "@tensorflow/tfjs-layers";
import { beforeEach, describe, expect, it, test } from "vitest";
import { dcganDiscriminator, dcganGenerator } from "./dcgan.ts";
import type { HiddenActivation } from "./hidden-activation.ts";
import { mish } from "./mish.ts";
import { MishLayer } from "./mish-layer.ts";
import { multilayerPerceptron } from "./multilayer-perceptron.ts";
import { installWasmKernels } from "./wasm-kernels/install-wasm-kernels.ts";

/** x, Mish, its first and its second derivative there, from 50-digit arithmetic (mpmath). */
const references = [
  [-100, -3.720075976020836e-42, -3.682875216260628e-42, -3.645674456500419e-42],
  [-30, -2.807286890651921e-12, -2.713710660963392e-12, -2.620134431274741e-12],
  [-10, -0.00045398899185674697, -0.00040857978690299194, -0.0003631623373348363],
  [-5, -0.033576237730161704, -0.026747498019901932, -0.019850678262608362],
  [-3, -0.14564746127562458, -0.09339311453232084, -0.03992871324212925],
  [-2, -0.2525014826957089, -0.10835509242039394, 0.035027081852659236],
  [-1.25, -0.3084139611415277, -0.01469756247301954, 0.24380693689485022],
  [-1, -0.3034014613741089, 0.05921675587739495, 0.3497056736706449],
  [-0.5, -0.22074377465173, 0.2895106779135122, 0.5639709231132666],
  [-0.125, -0.06997990718000248, 0.519606473544816, 0.6434704891600261],
  [0, 0, 0.6, 0.64],
  [0.125, 0.07995757084735981, 0.6788926605008476, 0.6194435016570544],
  [0.5, 0.3752452113048951, 0.8864243753577272, 0.4680533778448866],
  [1, 0.8650983882673103, 1.0490362200997922, 0.18468576447332827],
  [2, 1.9439589595339946, 1.0693179342794896, -0.05772466740829405],
  [3, 2.986535004967957, 1.0211069109294437, -0.03026649663932699],
  [5, 4.999552077529406, 1.0008002248320826, -0.0014056704791877502],
  [8, 7.999998200644843, 1.000003372583688, -6.2920095078779335e-6],
  [12, 11.99999999909398, 1.0000000017365294, -3.3220237634830527e-9],
  [20, 20, 1.0000000000000002, -6.4574984070979e-16],
  [30, 30, 1, -2.0315104969447274e-24],
  [1000, 1000, 1, 0],
] as const;
const xs = references.map(([x]) => x);

describe.each(["cpu", "wasm"])("mish on %s", (backend) => {
  beforeEach(async () => {
    installWasmKernels();
    await tf.setBackend(backend);
  });

  const expectClose = (actual: tf.Tensor, column: 1 | 2 | 3, error: number): void => {
    const values = actual.dataSync();
    references.forEach((row, i) => {
      const expected = row[column];
      const gap = Math.abs(values[i]! - expected);
      // Relative, and absolute near zeros of the derivatives.
      expect(gap / Math.max(Math.abs(expected), 1e-3), `at ${row[0]}: ${values[i]}`).toBeLessThan(error);
    });
  };

  it("equals 50-digit values to float32", () => {
    tf.tidy(() => expectClose(mish(tf.tensor1d(xs)), 1, 5e-7));
  });

  it("keeps relative precision where it is tiny", () => {
    tf.tidy(() => {
      const [first, second] = mish(tf.tensor1d([-30, -10])).dataSync();
      expect(first! / -2.807286890651921e-12).toBeCloseTo(1, 5);
      expect(second! / -0.00045398899185674697).toBeCloseTo(1, 5);
    });
  });

  it("has the 50-digit first derivative", () => {
    tf.tidy(() => {
      const slopes = tf.grad(mish)(tf.tensor1d(xs));
      // Near its zero at −1.19 two terms of size 0.3 cancel.
      expectClose(slopes, 2, 2e-5);
      expectClose(tf.div(tf.grad(mish)(tf.tensor1d(xs), tf.fill([xs.length], 3)), 3), 2, 2e-5);
    });
  });

  it("has the 50-digit second derivative, in x and in dy", () => {
    tf.tidy(() => {
      const slope = tf.grad((x) => tf.sum(mish(x)));
      expectClose(tf.grad((x) => tf.sum(slope(x)))(tf.tensor1d(xs)), 3, 2e-4);
      // d/ddy of dy mish'(x) is mish'(x).
      const x = tf.tensor1d(xs);
      expectClose(tf.grad((dy) => tf.sum(tf.grad(mish)(x, dy)))(tf.ones([xs.length])), 2, 2e-5);
    });
  });

  it("and its gradients are finite for any number, and NaN for NaN", () => {
    tf.tidy(() => {
      const x = tf.tensor1d([-3e38, -1e4, -87.5, 88, 1e4, 3e38]);
      const slope = tf.grad((v) => tf.sum(mish(v)));
      for (const y of [mish(x), slope(x), tf.grad((v) => tf.sum(slope(v)))(x)]) {
        expect([...y.dataSync()].every(Number.isFinite)).toBe(true);
      }
      expect([...slope(x).dataSync()].slice(3)).toEqual([1, 1, 1]);
      const [left, right, nan] = mish(
        tf.tensor1d([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, Number.NaN]),
      ).dataSync();
      expect(left).toBeCloseTo(0, 30);
      expect([right, nan]).toEqual([Number.POSITIVE_INFINITY, Number.NaN]);
    });
  });

  it("works on every length and shape", () => {
    tf.tidy(() => {
      for (let length = 0; length < 10; length++) {
        const whole = mish(tf.tensor1d(xs));
        const part = mish(tf.slice(tf.tensor1d(xs), 0, length));
        expect([...part.dataSync()]).toEqual([...whole.dataSync()].slice(0, length));
      }
      expect(mish(tf.ones([2, 3, 1, 2])).shape).toEqual([2, 3, 1, 2]);
      expect(() => mish(tf.tensor1d([1], "int32"))).toThrow("mish: x must be float32, got int32");
    });
  });

  it("leaks nothing", () => {
    const x = tf.ones([3, 3]);
    const step = (): void => tf.dispose([mish(x), tf.grad(mish)(x)]);
    step();
    const before = tf.memory().numTensors;
    step();
    expect(tf.memory().numTensors).toBe(before);
    x.dispose();
  });
});

describe("MishLayer", () => {
  test("comes back from a saved model", async () => {
    await tf.setBackend("cpu");
    const model = sequential({
      layers: [
        layers.dense({ units: 3, inputShape: [2] }),
        new MishLayer({ name: "bend" }),
        layers.dense({ units: 1 }),
      ],
    });
    let saved: tf.io.ModelArtifacts | undefined;
    await model.save(
      tf.io.withSaveHandler(async (artifacts) => {
        saved = artifacts;
        return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: "JSON" } };
      }),
    );
    expect(JSON.stringify(saved?.modelTopology)).toContain('"class_name":"Mish"');
    const loaded = await loadLayersModel(tf.io.fromMemory(saved!));
    expect(loaded.getLayer("bend")).toBeInstanceOf(MishLayer);
    const x = tf.tensor2d([
      [1, -2],
      [0.3, 5],
    ]);
    const outputs = [model, loaded].map((each) => [...(each.predict(x) as tf.Tensor).dataSync()]);
    expect(outputs[1]).toEqual(outputs[0]);
  });

  test("takes one input", () => {
    expect(() => new MishLayer().call([tf.ones([1]), tf.ones([1])])).toThrow(
      "MishLayer: call must get one tensor, got 2",
    );
  });
});

describe("activations of the networks", () => {
  const random = () => randomStream(1);
  const classes = (model: { layers: { getClassName(): string }[] }): string[] =>
    model.layers.map((layer) => layer.getClassName());

  test("default to what they were", () => {
    expect(classes(multilayerPerceptron({ inputs: 1, outputs: 1, hidden: [2], random: random() }))).toEqual([
      "Dense",
      "Dense",
    ]);
    expect(classes(dcganDiscriminator({ random: random() }))).toContain("LeakyReLU");
    expect(classes(dcganGenerator({ random: random() }))).toContain("LeakyReLU");
  });

  test("can be Mish, ReLU or leaky ReLU, with the same weights", () => {
    const made = (activation: HiddenActivation) => [
      multilayerPerceptron({ inputs: 2, outputs: 1, hidden: [4, 3], activation, random: random() }),
      dcganDiscriminator({ image: [4, 4, 1], channels: [2, 3], activation, random: random() }),
      dcganGenerator({ image: [4, 4, 1], channels: [2, 3], latent: 2, activation, random: random() }),
    ];
    const weights = (activation: HiddenActivation) =>
      made(activation).map((model) => model.getWeights().map((weight) => [...weight.dataSync()]));
    expect(weights("mish")).toEqual(weights("relu"));
    expect(weights("mish")).toEqual(weights("leakyRelu"));
    for (const [activation, name] of [
      ["mish", "Mish"],
      ["relu", "ReLU"],
      ["leakyRelu", "LeakyReLU"],
    ] as const) {
      const [perceptron, ...convolutional] = made(activation).map(classes);
      if (activation === "relu") expect(perceptron).toEqual(["Dense", "Dense", "Dense"]);
      else expect(perceptron).toEqual(["Dense", name, "Dense", name, "Dense"]);
      for (const names of convolutional) expect(names.filter((each) => each === name)).toHaveLength(2);
    }
  });

  test("are refused when unknown", () => {
    const activation = "selu" as HiddenActivation;
    expect(() => multilayerPerceptron({ inputs: 1, outputs: 1, activation, random: random() })).toThrow(
      "multilayerPerceptron: activation must be one of relu, leakyRelu, mish, got selu",
    );
    expect(() => dcganGenerator({ activation, random: random() })).toThrow("dcganGenerator: activation");
    expect(() => dcganDiscriminator({ activation, random: random() })).toThrow(
      "dcganDiscriminator: activation",
    );
  });
});

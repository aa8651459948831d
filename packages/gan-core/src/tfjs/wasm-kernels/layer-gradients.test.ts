import * as tf from "@tensorflow/tfjs-core";
import { type layers as Layers, layers, sequential } from "@tensorflow/tfjs-layers";
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { errorAgainstCpu, values } from "../../testing/against-cpu.ts";
import { installWasmKernels } from "./install-wasm-kernels.ts";

type Padding = "same" | "valid" | number;

const roundingOf = (pad: Padding): "floor" | undefined => (typeof pad === "number" ? "floor" : undefined);

beforeAll(async () => {
  installWasmKernels();
  await tf.setBackend("wasm");
});
afterEach(() => tf.disposeVariables());

describe("depthwise convolution", () => {
  for (const stride of [1, 2, 3]) {
    for (const pad of ["same", "valid", 1] as const) {
      it(`stride ${stride}, ${pad} padding: output and gradients equal cpu`, async () => {
        for (const kernel of [1, 2, 3, 4, 5]) {
          for (const multiplier of [1, 2]) {
            const error = await errorAgainstCpu(() => {
              const inputs = [values([2, 9, 7, 3]), values([kernel, kernel, 3, multiplier], 2)];
              const convolve = (x: tf.Tensor, w: tf.Tensor): tf.Tensor =>
                tf.depthwiseConv2d(
                  x as tf.Tensor4D,
                  w as tf.Tensor4D,
                  stride,
                  pad,
                  "NHWC",
                  1,
                  roundingOf(pad),
                );
              const out = convolve(inputs[0]!, inputs[1]!);
              return [out, ...tf.grads(convolve)(inputs, values(out.shape, 3))];
            });
            expect(error, `kernel ${kernel}, multiplier ${multiplier}`).toBeLessThan(1e-5);
          }
        }
      });
    }
  }

  it("with unequal sides, or dilated, equals cpu", async () => {
    const error = await errorAgainstCpu(() => {
      const x = values([2, 9, 8, 3]);
      const inputs = [x, values([2, 3, 3, 2], 2)];
      const convolve = (x: tf.Tensor, w: tf.Tensor): tf.Tensor =>
        tf.depthwiseConv2d(x as tf.Tensor4D, w as tf.Tensor4D, 2, "same");
      const out = convolve(inputs[0]!, inputs[1]!);
      const dilated = tf.depthwiseConv2d(
        x as tf.Tensor4D,
        values([3, 2, 3, 2], 2) as tf.Tensor4D,
        1,
        "same",
        "NHWC",
        [2, 3],
      );
      // tfjs has no gradient of dilated convolutions on any backend.
      return [out, dilated, ...tf.grads(convolve)(inputs, values(out.shape, 3))];
    });
    expect(error).toBeLessThan(1e-5);
  });

  it("with bias and activation equals cpu, also where the filter is shorter than the stride", async () => {
    const error = await errorAgainstCpu(() =>
      (["linear", "relu", "relu6"] as const).map((activation) =>
        tf.fused.depthwiseConv2d({
          x: values([2, 9, 8, 3]) as tf.Tensor4D,
          filter: values([2, 2, 3, 2], 2) as tf.Tensor4D,
          strides: 3,
          pad: "same",
          bias: values([6], 3),
          activation,
        }),
      ),
    );
    expect(error).toBeLessThan(1e-5);
  });
});

it("a stock convolution with a filter shorter than the stride equals cpu", async () => {
  const error = await errorAgainstCpu(() => [
    tf.fused.conv2d({
      x: values([2, 9, 8, 3]) as tf.Tensor4D,
      filter: values([2, 2, 3, 5], 2) as tf.Tensor4D,
      strides: 3,
      pad: "same",
      activation: "sigmoid",
    }),
  ]);
  expect(error).toBeLessThan(1e-5);
});

/**
 * Pooling scales with its input, so a right gradient g satisfies <g, x> = <dy, pool(x)>, whatever dy (Euler). That holds without any other
 * backend, and cpu has a wrong gradient of average pooling. The error is relative to the norms.
 */
async function eulerError(pool: (x: tf.Tensor) => tf.Tensor, shape: number[]): Promise<number> {
  const [x, seed] = [values(shape), 5];
  const y = pool(x);
  const dy = values(y.shape, seed);
  const gradient = tf.grad(pool)(x, dy);
  const dot = (a: tf.Tensor, b: tf.Tensor): tf.Tensor => tf.sum(tf.mul(a, b));
  const gap = tf.sub(dot(gradient, x), dot(dy, y));
  const scale = tf.mul(tf.norm(gradient), tf.norm(x));
  return Math.abs((await tf.div(gap, scale).data())[0]!);
}

describe("pooling", () => {
  const shapes: [height: number, width: number][] = [
    [9, 1],
    [8, 8],
    [9, 8],
    [7, 9],
  ];
  const windows: [window: [number, number], stride: [number, number]][] = [
    [
      [2, 2],
      [2, 2],
    ],
    [
      [3, 3],
      [2, 2],
    ],
    [
      [3, 2],
      [2, 1],
    ],
    [
      [2, 1],
      [2, 2],
    ],
    [
      [1, 1],
      [2, 2],
    ],
    [
      [2, 2],
      [1, 1],
    ],
    [
      [2, 2],
      [3, 3],
    ],
  ];
  for (const pad of ["same", "valid", 1] as const) {
    it(`${pad} padding: outputs and the gradient of the maximum equal cpu, the gradient of the mean fits its output`, async () => {
      for (const [height, width] of shapes) {
        for (const [window, stride] of windows) {
          // A window must fit and may not lie in the padding alone; tfjs-core computes the wrong width for padding in pixels with unequal strides.
          if (pad === 1 && (Math.min(...window) < 2 || stride[0] !== stride[1])) continue;
          if (pad === "valid" && width < window[1]) continue;
          const shape = [2, height, width, 3];
          const what = `${height}x${width}, window ${window}, stride ${stride}`;
          const maximum = (x: tf.Tensor): tf.Tensor =>
            tf.maxPool(x as tf.Tensor4D, window, stride, pad, roundingOf(pad));
          const mean = (x: tf.Tensor): tf.Tensor =>
            tf.avgPool(x as tf.Tensor4D, window, stride, pad, roundingOf(pad));
          const error = await errorAgainstCpu(() => {
            const [x, y] = [values(shape), maximum(values(shape))];
            return [y, mean(x), tf.grad(maximum)(x, values(y.shape, 5))];
          });
          expect(error, what).toBeLessThan(1e-5);
          expect(await eulerError(mean, shape), what).toBeLessThan(1e-6);
          expect(await eulerError(maximum, shape), what).toBeLessThan(1e-6);
        }
      }
    });
  }

  it("over volumes has gradients that fit its outputs", async () => {
    for (const pad of ["same", "valid"] as const) {
      for (const window of [2, 3]) {
        for (const stride of [1, 2]) {
          const pools = [tf.avgPool3d, tf.maxPool3d].map(
            (pool) => (x: tf.Tensor) => pool(x as tf.Tensor5D, window, stride, pad),
          );
          for (const pool of pools) {
            const what = `window ${window}, stride ${stride}, ${pad}`;
            expect(await eulerError(pool, [2, 4, 5, 3, 2]), what).toBeLessThan(1e-6);
          }
        }
      }
    }
  });
});

it("convolutions over volumes and their gradients equal cpu", async () => {
  for (const pad of ["same", "valid"] as const) {
    for (const kernel of [1, 2, 3]) {
      for (const stride of [1, 2]) {
        const error = await errorAgainstCpu(() => {
          const inputs = [values([2, 4, 5, 4, 2]), values([kernel, kernel, kernel, 2, 3], 2)];
          const convolve = (x: tf.Tensor, w: tf.Tensor): tf.Tensor =>
            tf.conv3d(x as tf.Tensor5D, w as tf.Tensor5D, stride, pad);
          const out = convolve(inputs[0]!, inputs[1]!);
          return [out, ...tf.grads(convolve)(inputs, values(out.shape, 3))];
        });
        expect(error, `kernel ${kernel}, stride ${stride}, ${pad}`).toBeLessThan(1e-5);
      }
    }
  }
});

describe("segment sums", () => {
  const ids = (): tf.Tensor1D => tf.tensor1d([3, 0, 3, -1, 7, 1], "int32");

  it("equal cpu, with empty segments and numbers that are none", async () => {
    const error = await errorAgainstCpu(() => [
      tf.unsortedSegmentSum(values([6, 2, 3]), ids(), 5),
      tf.unsortedSegmentSum(values([6]), ids(), 4),
    ]);
    expect(error).toBeLessThan(1e-6);
  });

  it("of integers are integers", async () => {
    const sums = tf.unsortedSegmentSum(tf.tensor1d([1, 2, 4, 8, 16, 32], "int32"), ids(), 5);
    expect(sums.dtype).toBe("int32");
    expect([...(await sums.data())]).toEqual([2, 32, 0, 5, 0]);
  });

  it("are the gradient of gather, whichever axis", async () => {
    const rows = (axis: number) => (x: tf.Tensor) =>
      tf.gather(x, tf.tensor1d([2, 0, 2, 1, 2], "int32"), axis);
    const error = await errorAgainstCpu(() => [
      tf.grad(rows(0))(values([4, 3]), values([5, 3], 2)),
      tf.grad(rows(1))(values([4, 3]), values([4, 5], 2)),
      tf.grad((x: tf.Tensor) =>
        tf.gather(
          x,
          tf.tensor2d(
            [
              [2, 0],
              [2, 1],
            ],
            [2, 2],
            "int32",
          ),
        ),
      )(values([4, 3]), values([2, 2, 3], 2)),
    ]);
    expect(error).toBeLessThan(1e-6);
  });
});

/** Outputs and gradients of a model of one layer, its weights and inputs fixed. */
function throughLayer(layer: Layers.Layer, shape: number[], integers: boolean): tf.Tensor[] {
  const model = sequential({ layers: [layer] });
  model.setWeights(model.getWeights().map((weight, i) => tf.abs(values(weight.shape, i + 2))));
  const size = shape.reduce((product, side) => product * side, 3);
  const x = integers
    ? tf.tensor(
        Int32Array.from({ length: size }, (_, i) => (i * i) % 7),
        [3, ...shape],
        "int32",
      )
    : values([3, ...shape]);
  const apply = (input: tf.Tensor): tf.Tensor => model.apply(input, { training: true }) as tf.Tensor;
  const loss = (input: tf.Tensor): tf.Scalar => {
    const y = apply(input);
    return tf.sum(tf.mul(y, values(y.shape, 9)));
  };
  const weights = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
  return [
    apply(x),
    ...(integers ? [] : [tf.grad(loss)(x)]),
    ...(weights.length === 0 ? [] : Object.values(tf.variableGrads(() => loss(x), weights).grads)),
  ];
}

describe("layers that models are trained with give on wasm what they give on cpu", () => {
  const image = [8, 8, 4];
  const convolution = { filters: 3, kernelSize: 3, padding: "same" } as const;
  const cases: Record<string, [shape: number[], make: (inputShape: number[]) => Layers.Layer]> = {
    dense: [[7], (inputShape) => layers.dense({ units: 5, activation: "relu", inputShape })],
    "dense on sequences": [[6, 7], (inputShape) => layers.dense({ units: 5, inputShape })],
    "time-distributed": [
      [6, 7],
      (inputShape) => layers.timeDistributed({ layer: layers.dense({ units: 5 }), inputShape }),
    ],
    conv1d: [[9, 4], (inputShape) => layers.conv1d({ ...convolution, inputShape })],
    conv2d: [image, (inputShape) => layers.conv2d({ ...convolution, strides: 2, inputShape })],
    conv2dTranspose: [
      image,
      (inputShape) => layers.conv2dTranspose({ ...convolution, strides: 2, inputShape }),
    ],
    conv3d: [[4, 4, 3, 2], (inputShape) => layers.conv3d({ ...convolution, strides: 2, inputShape })],
    separableConv2d: [image, (inputShape) => layers.separableConv2d({ ...convolution, inputShape })],
    depthwiseConv2d: [
      image,
      (inputShape) => layers.depthwiseConv2d({ kernelSize: 3, strides: 2, padding: "same", inputShape }),
    ],
    batchNormalization: [image, (inputShape) => layers.batchNormalization({ inputShape })],
    layerNormalization: [image, (inputShape) => layers.layerNormalization({ inputShape })],
    leakyReLU: [image, (inputShape) => layers.leakyReLU({ alpha: 0.2, inputShape })],
    prelu: [image, (inputShape) => layers.prelu({ inputShape })],
    elu: [image, (inputShape) => layers.elu({ inputShape })],
    maxPooling1d: [[8, 3], (inputShape) => layers.maxPooling1d({ poolSize: 2, strides: 2, inputShape })],
    maxPooling2d: [image, (inputShape) => layers.maxPooling2d({ poolSize: 3, padding: "same", inputShape })],
    averagePooling2d: [image, (inputShape) => layers.averagePooling2d({ poolSize: 2, inputShape })],
    globalAveragePooling2d: [image, (inputShape) => layers.globalAveragePooling2d({ inputShape })],
    globalMaxPooling2d: [image, (inputShape) => layers.globalMaxPooling2d({ inputShape })],
    zeroPadding2d: [image, (inputShape) => layers.zeroPadding2d({ padding: 1, inputShape })],
    embedding: [[5], (inputShape) => layers.embedding({ inputDim: 7, outputDim: 4, inputShape })],
    "bilinear upsampling": [
      image,
      (inputShape) => layers.upSampling2d({ size: [2, 2], interpolation: "bilinear", inputShape }),
    ],
    ...Object.fromEntries(
      (["selu", "sigmoid", "softplus", "softsign", "swish", "mish", "tanh", "softmax", "relu6"] as const).map(
        (activation) => [
          activation,
          [[7], (inputShape: number[]) => layers.activation({ activation, inputShape })],
        ],
      ),
    ),
  };
  it.each(Object.entries(cases))("%s", async (name, [shape, make]) => {
    const error = await errorAgainstCpu(() => throughLayer(make(shape), shape, name === "embedding"));
    expect(error).toBeLessThan(1e-5);
  });

  it("nearest upsampling: its gradient adds up what each pixel was copied to", async () => {
    // Not against cpu: its gradient (tfjs 4.22) is wrong.
    const enlarge = (x: tf.Tensor): tf.Tensor => tf.image.resizeNearestNeighbor(x as tf.Tensor4D, [10, 14]);
    const dy = values([2, 10, 14, 3], 5);
    const gradient = tf.grad(enlarge)(values([2, 5, 7, 3]), dy);
    const blocks = tf.mul(tf.avgPool(dy as tf.Tensor4D, 2, 2, "valid"), 4);
    expect((await tf.max(tf.abs(tf.sub(gradient, blocks))).data())[0]).toBeLessThan(1e-5);
  });

  it("dropout: what it lets through is scaled, and so is the gradient", async () => {
    const drop = (x: tf.Tensor): tf.Tensor => tf.dropout(x, 0.4, undefined, 1);
    const x = values([30, 20]);
    const kept = Array.from(await tf.div(drop(x), x).data(), (ratio) => Number(ratio.toFixed(4)));
    expect([...new Set(kept.map(Math.abs))].sort()).toEqual([0, 1.6667]);
    const passed = Array.from(await tf.grad(drop)(x).data(), (slope) => Number(slope.toFixed(4)));
    expect(passed).toEqual(kept.map(Math.abs));
  });
});

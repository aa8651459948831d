import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-layers";
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import { beforeAll, describe, expect, it } from "vitest";
import { errorAgainstCpu, values } from "../../testing/against-cpu.ts";
import { installWasmKernels } from "./install-wasm-kernels.ts";

beforeAll(async () => {
  installWasmKernels();
  await tf.setBackend("wasm");
});

describe("installation", () => {
  it("replaces nothing the second time", () => {
    const kernels = () => tf.getKernelsForBackend("wasm").map((kernel) => kernel.kernelFunc);
    const before = kernels();
    installWasmKernels();
    expect(kernels()).toEqual(before);
  });

  it("adds the filter gradient that stock wasm lacks", () => {
    expect(tf.getKernel("Conv2DBackpropFilter", "wasm")).toBeDefined();
  });
});

describe("convolution and transposed convolution", () => {
  const strides: (number | [number, number])[] = [1, 2, 3, [2, 1], [1, 3]];
  for (const stride of strides) {
    for (const pad of ["same", "valid", 1] as const) {
      // tfjs-core itself computes the wrong width for padding in pixels with unequal strides.
      if (pad === 1 && Array.isArray(stride)) continue;
      it(`stride ${stride}, ${pad} padding: outputs and gradients equal cpu`, async () => {
        const [sh, sw] = Array.isArray(stride) ? stride : [stride, stride];
        for (const height of [9, 8, 7]) {
          for (const kernel of [1, 2, 3, 4, 5]) {
            const inShape: [number, number, number, number] = [2, height, height + 2, 2];
            const filterShape: [number, number, number, number] = [kernel, kernel, 2, 3];
            const rounding = typeof pad === "number" ? "floor" : undefined;
            const { outShape } = tf.backend_util.computeConv2DInfo(
              inShape,
              filterShape,
              [sh, sw],
              1,
              pad,
              rounding,
            );
            const error = await errorAgainstCpu(() => {
              const x = values(inShape) as tf.Tensor4D;
              const w = values(filterShape, 2) as tf.Tensor4D;
              const dy = values(outShape, 3) as tf.Tensor4D;
              const forward = tf.grads((x, w) =>
                tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, [sh, sw], pad, "NHWC", 1, rounding),
              );
              const transposed = tf.grads((d, w) =>
                tf.conv2dTranspose(d as tf.Tensor4D, w as tf.Tensor4D, inShape, [sh, sw], pad, rounding),
              );
              return [
                ...forward([x, w], dy),
                ...transposed([dy, w], x),
                tf.conv2d(x, w, [sh, sw], pad, "NHWC", 1, rounding),
                tf.conv2dTranspose(dy, w, inShape, [sh, sw], pad, rounding),
              ];
            });
            expect(error, `kernel ${kernel}, height ${height}`).toBeLessThan(1e-5);
          }
        }
      });
    }
  }
});

describe("forward convolution", () => {
  const image = (): tf.Tensor4D => values([2, 9, 8, 3]) as tf.Tensor4D;
  const filter = (): tf.Tensor4D => values([3, 2, 3, 5], 2) as tf.Tensor4D;

  it("dilated equals cpu", async () => {
    const dilated = (): tf.Tensor[] => [tf.conv2d(image(), filter(), 1, "same", "NHWC", [2, 1])];
    expect(await errorAgainstCpu(dilated)).toBeLessThan(1e-5);
  });

  it("with bias and every activation equals cpu", async () => {
    const layers = (): tf.Tensor[] =>
      (["linear", "relu", "relu6", "sigmoid", "leakyrelu"] as const).flatMap((activation) =>
        [undefined, values([5], 3)].map((bias) =>
          tf.fused.conv2d({
            x: image(),
            filter: filter(),
            strides: 2,
            pad: "same",
            activation,
            ...(bias && { bias }),
            ...(activation === "leakyrelu" && { leakyreluAlpha: 0.2 }),
          }),
        ),
      );
    expect(await errorAgainstCpu(layers)).toBeLessThan(1e-5);
  });

  it("of one pixel, one channel and one image equals cpu", async () => {
    const tiny = (): tf.Tensor[] =>
      tf.grads((x, w) => tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 1, "valid"))([
        values([1, 2, 2, 1]),
        values([2, 2, 1, 1], 2),
      ]);
    expect(await errorAgainstCpu(tiny)).toBeLessThan(1e-5);
  });
});

describe("other kernels", () => {
  const x = () => values([3, 4, 5, 8]);
  const cases: Record<string, () => tf.Tensor[]> = {
    "matrix products and their gradients, all transposes": () =>
      [false, true].flatMap((ta) =>
        [false, true].flatMap((tb) => {
          const a = values(ta ? [5, 6] : [6, 5]);
          const b = values(tb ? [7, 5] : [5, 7], 2);
          const product = (a: tf.Tensor, b: tf.Tensor): tf.Tensor => tf.matMul(a, b, ta, tb);
          return [product(a, b), ...tf.grads(product)([a, b], values([6, 7], 3))];
        }),
      ),
    "batched matrix products": () =>
      [false, true].flatMap((ta) =>
        [false, true].map((tb) =>
          tf.matMul(values(ta ? [2, 5, 6] : [2, 6, 5]), values(tb ? [2, 7, 5] : [2, 5, 7], 2), ta, tb),
        ),
      ),
    "dense layers": () =>
      (["linear", "relu", "sigmoid", "leakyrelu"] as const).flatMap((activation) =>
        [3, 8, 100].map((units) =>
          tf.fused.matMul({
            a: values([9, 5]) as tf.Tensor2D,
            b: values([5, units], 2) as tf.Tensor2D,
            bias: values([units], 3),
            activation,
          }),
        ),
      ),
    "gradients of a dense layer": () =>
      [3, 8, 100].flatMap((units) => {
        const layer = (a: tf.Tensor, b: tf.Tensor, bias: tf.Tensor): tf.Tensor =>
          tf.fused.matMul({ a: a as tf.Tensor2D, b: b as tf.Tensor2D, bias, activation: "linear" });
        return tf.grads(layer)(
          [values([9, 5]), values([5, units], 2), values([units], 3)],
          values([9, units], 4),
        );
      }),
    "gradients of matrix products of many sizes": () => {
      const product = (a: tf.Tensor, b: tf.Tensor): tf.Tensor => tf.matMul(a, b);
      return [1, 3, 4, 6, 66].flatMap((rows) =>
        [1, 7, 8, 13, 130].flatMap((columns) =>
          tf.grads(product)([values([rows, 37]), values([37, columns], 2)], values([rows, columns], 3)),
        ),
      );
    },
    "products with empty matrices": () => [
      tf.matMul(tf.zeros([2, 0]), tf.zeros([0, 3])),
      tf.matMul(tf.zeros([0, 2]), tf.ones([2, 3])),
    ],
    addition: () => [
      tf.add(x(), x()),
      tf.add(x(), values([8])),
      tf.add(values([8]), x()),
      tf.add(x(), 2),
      tf.add(x(), values([5, 8])),
      tf.add(x(), values([3, 1, 5, 1])),
      tf.add(values([7, 3]), values([3])),
    ],
    "casts and copies": () => [
      tf.cast(x(), "float32"),
      tf.cast(tf.greater(x(), 0), "float32"),
      tf.clone(x()),
    ],
    "gradients of gradients": () => {
      const slope = tf.grad((u) => tf.sum(tf.square(tf.relu(tf.mul(u, u)))));
      return [tf.grad((v) => tf.sum(tf.square(slope(v))))(values([6, 8]))];
    },
    "leaky relu": () =>
      [0.2, 0, 1, 2].flatMap((alpha) => [
        tf.leakyRelu(x(), alpha),
        tf.grad((v) => tf.leakyRelu(v, alpha))(x()),
      ]),
    relu: () => [tf.relu(x()), tf.grad((v) => tf.relu(v))(x())],
    greater: () => [tf.greater(x(), 0.1), tf.greater(x(), values([8], 2)), tf.greater(tf.scalar(0), x())],
    "depth to space": () => [
      tf.depthToSpace(x() as tf.Tensor4D, 2),
      tf.depthToSpace(values([2, 3, 5, 9]) as tf.Tensor4D, 3),
    ],
    tanh: () => [tf.tanh(x()), tf.tanh(tf.mul(x(), 40)), tf.grad((v) => tf.tanh(v))(x())],
    tile: () => [
      tf.tile(values([1, 1, 1, 5]), [2, 3, 4, 1]),
      tf.tile(values([7]), [3]),
      tf.tile(values([2, 3]), [2, 2]),
      tf.tile(values([1, 4]), [5, 1]),
    ],
    sum: () =>
      [undefined, 0, 3, -1, [0, 1, 2], [0, 1], [1, 2], [-3, -2], [0, 2], [3, 2]].flatMap((axis) => [
        tf.sum(x(), axis),
        tf.sum(x(), axis, true),
      ]),
    mean: () =>
      [undefined, 0, 3, -1, [0, 1, 2], [0, 1], [1, 2], [-3, -2], [0, 2], [3, 2]].flatMap((axis) => [
        tf.mean(x(), axis),
        tf.mean(x(), axis, true),
      ]),
    "sums of integers and booleans": () => [
      tf.sum(tf.tensor2d([1, 2, 3, 4], [2, 2], "int32"), 0),
      tf.sum(tf.tensor1d([true, false, true], "bool")),
      tf.mean(tf.tensor2d([1, 2, 3, 4], [2, 2], "int32"), 0),
    ],
    "batch normalisation and its gradients": () => {
      const normalise = (v: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor): tf.Tensor => {
        const { mean, variance } = tf.moments(v, [0, 1, 2]);
        return tf.batchNorm(
          v as tf.Tensor4D,
          mean as tf.Tensor1D,
          variance as tf.Tensor1D,
          beta as tf.Tensor1D,
          gamma as tf.Tensor1D,
        );
      };
      const inputs = [x(), values([8], 2), values([8], 3)];
      return [
        normalise(...(inputs as [tf.Tensor, tf.Tensor, tf.Tensor])),
        ...tf.grads(normalise)(inputs, values([3, 4, 5, 8], 4)),
      ];
    },
    "batch normalisation of rank 2": () => {
      const normalise = (v: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor): tf.Tensor => {
        const { mean, variance } = tf.moments(v, 0);
        return tf.batchNorm(
          v as tf.Tensor2D,
          mean as tf.Tensor1D,
          variance as tf.Tensor1D,
          beta as tf.Tensor1D,
          gamma as tf.Tensor1D,
        );
      };
      return tf.grads(normalise)([values([12, 8]), values([8], 2), values([8], 3)], values([12, 8], 4));
    },
  };
  for (const [name, compute] of Object.entries(cases)) {
    it(`${name} equal cpu`, async () => {
      expect(await errorAgainstCpu(compute)).toBeLessThan(1e-5);
    });
  }
});

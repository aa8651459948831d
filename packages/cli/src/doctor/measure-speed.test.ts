import { useBackend } from "@mhgan/gan-core/tfjs";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { measureSpeed } from "./measure-speed.ts";

beforeAll(() => useBackend("cpu"));

test("a backend has a speed, and keeps no tensors", async () => {
  const before = tf.memory().numTensors;
  const { matrixProductGflops, convolutionGflops } = await measureSpeed();
  expect(matrixProductGflops).toBeGreaterThan(0);
  expect(convolutionGflops).toBeGreaterThan(0);
  expect(tf.memory().numTensors).toBe(before);
});

test("one that calculates wrong is found out", async () => {
  const right = tf.getKernel("BatchMatMul", "cpu")!;
  tf.unregisterKernel("BatchMatMul", "cpu");
  try {
    const shape = [1, 64, 64];
    tf.registerKernel({
      ...right,
      kernelFunc: ({ backend }) =>
        (
          backend as unknown as {
            makeTensorInfo(shape: number[], type: "float32", values: Float32Array): tf.TensorInfo;
          }
        ).makeTensorInfo(shape, "float32", new Float32Array(64 * 64).fill(63)),
    });
    await expect(measureSpeed()).rejects.toThrow("cpu calculates wrong: a sum of 64 ones gave 63");
  } finally {
    tf.unregisterKernel("BatchMatMul", "cpu");
    tf.registerKernel(right);
  }
});

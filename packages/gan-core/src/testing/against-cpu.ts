import * as tf from "@tensorflow/tfjs-core";

/** Largest difference over the largest reference value, the error that training sees. Infinity if shapes differ. */
function relativeError(actual: tf.TensorBuffer<tf.Rank>, expected: tf.TensorBuffer<tf.Rank>): number {
  if (actual.shape.join() !== expected.shape.join() || actual.dtype !== expected.dtype)
    return Number.POSITIVE_INFINITY;
  let difference = 0;
  let scale = 1e-30;
  expected.values.forEach((value, i) => {
    const gap = Math.abs(Number(actual.values[i]) - Number(value));
    difference = Math.max(difference, Number.isNaN(gap) ? Number.POSITIVE_INFINITY : gap);
    scale = Math.max(scale, Math.abs(Number(value)));
  });
  return difference / scale;
}

/** Worst relative error of wasm against cpu over all tensors that `compute` returns. */
export async function errorAgainstCpu(compute: () => tf.Tensor[]): Promise<number> {
  const run = async (backend: string): Promise<tf.TensorBuffer<tf.Rank>[]> => {
    await tf.setBackend(backend);
    const tensors = tf.tidy(compute);
    const buffers = tensors.map((tensor) => tensor.bufferSync());
    tf.dispose(tensors);
    return buffers;
  };
  const expected = await run("cpu");
  const actual = await run("wasm");
  return Math.max(...expected.map((values, i) => relativeError(actual[i]!, values)));
}

/** Fixed "random" values: a sum of two sines has no symmetry that could hide a wrong index. */
export function values(shape: number[], seed = 1): tf.Tensor {
  const size = shape.reduce((a, b) => a * b, 1);
  const data = Float32Array.from(
    { length: size },
    (_, i) => Math.sin(i * 12.9898 * seed + seed) + Math.sin(i * i + seed) / 3,
  );
  return tf.tensor(data, shape);
}

import * as tf from "@tensorflow/tfjs-core";

/** How fast a backend calculates, in billions of operations per second: the best of a few sizes. */
export interface Speed {
  /** Of products of square matrices. */
  readonly matrixProductGflops: number;
  /** Of convolutions with 32 channels on images of 28 × 28, as a DCGAN has them. */
  readonly convolutionGflops: number;
}

/** A size is doubled until one calculation takes so long, or all of them together. */
const LONG_MS = 40;
const TOTAL_MS = 350;

const MATRIX = { first: 64, last: 2048 };
const IMAGES = { first: 1, last: 64, side: 28, channels: 32, filter: 3 };

/**
 * Measures the backend in use by products of square matrices and by convolutions as a DCGAN has them.
 *
 * @throws {Error} if it calculates wrong.
 */
export async function measureSpeed(): Promise<Speed> {
  const { side, channels, filter } = IMAGES;
  return {
    matrixProductGflops: await best(MATRIX, async (size) => {
      const [a, b] = [tf.ones([size, size]), tf.ones([size, size])];
      const seconds = await timed(() => tf.matMul(a as tf.Tensor2D, b as tf.Tensor2D), size);
      tf.dispose([a, b]);
      return { operations: 2 * size ** 3, seconds };
    }),
    convolutionGflops: await best(IMAGES, async (count) => {
      const images = tf.ones([count, side, side, channels]) as tf.Tensor4D;
      const filters = tf.ones([filter, filter, channels, channels]) as tf.Tensor4D;
      const sum = channels * filter ** 2;
      const seconds = await timed(() => tf.conv2d(images, filters, 1, "valid"), sum);
      tf.dispose([images, filters]);
      return { operations: 2 * count * (side - filter + 1) ** 2 * channels * sum, seconds };
    }),
  };
}

async function best(
  { first, last }: { readonly first: number; readonly last: number },
  measure: (size: number) => Promise<{ operations: number; seconds: number }>,
): Promise<number> {
  const started = performance.now();
  let gflops = 0;
  // The first calculation also compiles and allocates.
  await measure(first);
  for (let size = first; size <= last; size *= 2) {
    const { operations, seconds } = await measure(size);
    gflops = Math.max(gflops, operations / seconds / 1e9);
    if (seconds * 1000 > LONG_MS || performance.now() - started > TOTAL_MS) break;
  }
  return gflops;
}

/** All inputs are ones, so that every number of the result is how many there are in a sum. */
async function timed(calculate: () => tf.Tensor, expected: number): Promise<number> {
  const started = performance.now();
  const result = calculate();
  const values = await result.data();
  const seconds = (performance.now() - started) / 1000;
  const wrong = values.find((value) => Math.abs(value - expected) > 1e-3 * expected);
  result.dispose();
  if (wrong !== undefined) {
    throw new Error(`${tf.getBackend()} calculates wrong: a sum of ${expected} ones gave ${wrong}`);
  }
  return seconds;
}

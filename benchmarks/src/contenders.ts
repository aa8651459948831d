import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-wasm";
import { installWasmKernels } from "@mhgan/gan-core/tfjs";

/** tfjs wasm as it is installed. */
export async function stockWasm(): Promise<void> {
  await tf.setBackend("wasm");
}

/** tfjs wasm with the kernels of gan-core. */
export async function ourWasm(): Promise<void> {
  installWasmKernels();
  await tf.setBackend("wasm");
}

/** Stock wasm and the one kernel without which it cannot train a convolution, from tfjs's own operations. */
export async function stockWasmWithFilterGradient(): Promise<void> {
  tf.registerKernel({ kernelName: "Conv2DBackpropFilter", backendName: "wasm", kernelFunc: filterGradient });
  await tf.setBackend("wasm");
}

/** dW as a convolution of the input, batch and channels swapped, with dy, dilated by the stride. "same" or "valid" padding. */
function filterGradient({ inputs, attrs }: Parameters<tf.KernelFunc>[0]): tf.Tensor {
  const { x, dy } = inputs as unknown as { x: tf.Tensor4D; dy: tf.Tensor4D };
  const { strides, pad, filterShape } = attrs as unknown as tf.Conv2DBackpropFilterAttrs;
  const conv = tf.backend_util.computeConv2DInfo(x.shape, filterShape, strides, 1, pad);
  const end = (out: number, stride: number, filter: number, length: number, before: number): number =>
    Math.max(0, (out - 1) * stride + filter - length - before);
  const { top, left } = conv.padInfo;
  const bottom = end(conv.outHeight, conv.strideHeight, conv.filterHeight, conv.inHeight, top);
  const right = end(conv.outWidth, conv.strideWidth, conv.filterWidth, conv.inWidth, left);
  return tf.tidy(() => {
    const images = tf.pad(tf.transpose(x, [3, 1, 2, 0]), [
      [0, 0],
      [top, bottom],
      [left, right],
      [0, 0],
    ]);
    const filter = tf.transpose(dy, [1, 2, 0, 3]);
    const dilation: [number, number] = [conv.strideHeight, conv.strideWidth];
    const all = tf.transpose(
      tf.conv2d(images as tf.Tensor4D, filter, 1, "valid", "NHWC", dilation),
      [1, 2, 0, 3],
    );
    return tf.slice(all, [0, 0, 0, 0], filterShape);
  });
}

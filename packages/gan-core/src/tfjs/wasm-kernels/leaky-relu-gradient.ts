import type { LeakyReluAttrs, TensorInfo } from "@tensorflow/tfjs-core";
import { simdFunctions } from "./simd/simd-functions.ts";
import { address, floats, type KernelArgs, type KernelPatch, sizeOf } from "./wasm-backend.ts";

/**
 * A kernel of our own: the gradient of leaky ReLU, and with alpha = 0 of ReLU, in one pass instead of three or four kernels.
 * `gradients/relu-gradients.ts` calls it.
 */
export const leakyReluGradient: KernelPatch = {
  kernelName: "LeakyReluGradient",
  create: () => (args: KernelArgs<{ x: TensorInfo; dy: TensorInfo }, LeakyReluAttrs>) => {
    const { inputs, attrs, backend } = args;
    const { x, dy } = inputs;
    const out = backend.makeOutput(x.shape, "float32");
    const simd = simdFunctions(backend);
    if (simd !== undefined) {
      const [from, dyFrom] = [address(backend, x), address(backend, dy)];
      simd.leakyReluGradient(from, dyFrom, address(backend, out), sizeOf(x.shape), attrs.alpha);
      return out;
    }
    const [values, slopes, products] = floats(backend, x, dy, out);
    for (let i = 0; i < products.length; i++) {
      products[i] = values[i]! > 0 ? slopes[i]! : attrs.alpha * slopes[i]!;
    }
    return out;
  },
};

import type { LeakyReluAttrs, TensorInfo } from "@tensorflow/tfjs-core";
import { simdFunctions } from "./simd/simd-functions.ts";
import { address, type KernelArgs, type KernelPatch, sizeOf } from "./wasm-backend.ts";

/**
 * A kernel of our own: the gradient of leaky ReLU, and with alpha = 0 of ReLU, in one pass instead of three or four kernels.
 * Needs SIMD; `gradients/relu-gradients.ts` calls it where there is.
 */
export const leakyReluGradient: KernelPatch = {
  kernelName: "LeakyReluGradient",
  create: () => (args: KernelArgs<{ x: TensorInfo; dy: TensorInfo }, LeakyReluAttrs>) => {
    const { inputs, attrs, backend } = args;
    const out = backend.makeOutput(inputs.x.shape, "float32");
    const [x, dy] = [address(backend, inputs.x), address(backend, inputs.dy)];
    const simd = simdFunctions(backend)!;
    simd.leakyReluGradient(x, dy, address(backend, out), sizeOf(out.shape), attrs.alpha);
    return out;
  },
};

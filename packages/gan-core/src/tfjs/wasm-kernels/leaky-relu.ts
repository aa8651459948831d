import type { LeakyReluAttrs, TensorInfo } from "@tensorflow/tfjs-core";
import { simdFunctions } from "./simd/simd-functions.ts";
import { address, type KernelArgs, type KernelPatch, sizeOf } from "./wasm-backend.ts";

/**
 * Leaky ReLU, four numbers at once.
 * Replaces a C++ loop whose branch mispredicts on every sign change. Holds for slopes in (0, 1), where it is max(x, alpha x).
 */
export const leakyRelu: KernelPatch = {
  kernelName: "LeakyRelu",
  create: (stock) => (args: KernelArgs<{ x: TensorInfo }, LeakyReluAttrs>) => {
    const { inputs, attrs, backend } = args;
    const simd = simdFunctions(backend);
    // alpha = 0 would turn infinities to NaN.
    const asMaximum = attrs.alpha > 0 && attrs.alpha < 1;
    if (simd === undefined || inputs.x.dtype !== "float32" || !asMaximum) return stock(args);
    const out = backend.makeOutput(inputs.x.shape, "float32");
    simd.leakyRelu(address(backend, inputs.x), address(backend, out), sizeOf(out.shape), attrs.alpha);
    return out;
  },
};

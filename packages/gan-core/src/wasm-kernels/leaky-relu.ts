import type { LeakyReluAttrs, TensorInfo } from "@tensorflow/tfjs-core";
import { floats, type KernelArgs, type KernelPatch } from "./wasm-backend.ts";

/**
 * Leaky ReLU as a branch-free loop over the heap.
 * Replaces a C++ loop whose branch mispredicts on every sign change. Holds for slopes in (0, 1), where it is max(x, alpha x).
 */
export const leakyRelu: KernelPatch = {
  kernelName: "LeakyRelu",
  create: (stock) => (args: KernelArgs<{ x: TensorInfo }, LeakyReluAttrs>) => {
    const { inputs, attrs, backend } = args;
    // float32 like the C++ code's; alpha = 0 would turn infinities to NaN.
    const alpha = Math.fround(attrs.alpha);
    if (inputs.x.dtype !== "float32" || !(alpha > 0 && alpha < 1)) return stock(args);
    const out = backend.makeOutput(inputs.x.shape, "float32");
    const [x, y] = floats(backend, inputs.x, out);
    for (let i = 0; i < y.length; i++) y[i] = Math.max(x[i]!, alpha * x[i]!);
    return out;
  },
};

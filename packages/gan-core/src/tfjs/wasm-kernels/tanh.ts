import type { TensorInfo } from "@tensorflow/tfjs-core";
import { floats, type KernelArgs, type KernelPatch, runKernel } from "./wasm-backend.ts";

/**
 * Hyperbolic tangent as `2 sigmoid(2x) - 1`: XNNPACK has a vectorised sigmoid, tanh is a libm call per element.
 * Within 2e-7 (absolute) of the exact value, as the subtraction cancels near zero.
 */
export const tanh: KernelPatch = {
  kernelName: "Tanh",
  create: (stock) => (args: KernelArgs<{ x: TensorInfo }>) => {
    const { inputs, backend } = args;
    if (inputs.x.dtype !== "float32") return stock(args);
    const doubled = backend.makeOutput(inputs.x.shape, "float32");
    const [x, twice] = floats(backend, inputs.x, doubled);
    for (let i = 0; i < twice.length; i++) twice[i] = 2 * x[i]!;
    const out = runKernel(backend, "Sigmoid", { x: doubled });
    backend.disposeData(doubled.dataId);
    const [y] = floats(backend, out);
    for (let i = 0; i < y.length; i++) y[i] = 2 * y[i]! - 1;
    return out;
  },
};

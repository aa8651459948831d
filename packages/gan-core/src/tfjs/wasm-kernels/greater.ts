import type { TensorInfo } from "@tensorflow/tfjs-core";
import { floats, type KernelArgs, type KernelPatch, sizeOf } from "./wasm-backend.ts";

/**
 * `a > b` for one number b, the mask of the leaky ReLU gradient.
 * Replaces a C++ loop that computes broadcast indices per element.
 */
export const greater: KernelPatch = {
  kernelName: "Greater",
  create: (stock) => (args: KernelArgs<{ a: TensorInfo; b: TensorInfo }>) => {
    const { inputs, backend } = args;
    const { a, b } = inputs;
    const scalar = sizeOf(b.shape) === 1 && b.shape.length <= a.shape.length;
    if (!scalar || a.dtype !== "float32" || b.dtype !== "float32") return stock(args);
    const out = backend.makeOutput(a.shape, "bool");
    const [x, [threshold]] = floats(backend, a, b);
    const mask = backend.typedArrayFromHeap(out);
    for (let i = 0; i < mask.length; i++) mask[i] = Number(x[i]! > threshold!);
    return out;
  },
};

import type { TensorInfo } from "@tensorflow/tfjs-core";
import { simdFunctions } from "./simd/simd-functions.ts";
import { address, type KernelArgs, type KernelPatch, sizeOf } from "./wasm-backend.ts";

/** ReLU, four numbers at once. Replaces an XNNPACK operator that is set up anew for every call. */
export const relu: KernelPatch = {
  kernelName: "Relu",
  create: (stock) => (args: KernelArgs<{ x: TensorInfo }>) => {
    const { inputs, backend } = args;
    const simd = simdFunctions(backend);
    if (simd === undefined || inputs.x.dtype !== "float32") return stock(args);
    const out = backend.makeOutput(inputs.x.shape, "float32");
    simd.relu(address(backend, inputs.x), address(backend, out), sizeOf(out.shape));
    return out;
  },
};

import type { CastAttrs, TensorInfo } from "@tensorflow/tfjs-core";
import { type KernelArgs, type KernelPatch, reshaped } from "./wasm-backend.ts";

/**
 * Identity without a copy: the result shares the memory, as on the other backends, and the reference count keeps it alive.
 * The gradient tape clones every tensor it saves, so stock wasm copies each activation.
 */
export const identity: KernelPatch = {
  kernelName: "Identity",
  create: (stock) => (args: KernelArgs<{ x: TensorInfo }>) => {
    const { inputs, backend } = args;
    return inputs.x.dtype === "string" ? stock(args) : reshaped(backend, inputs.x, inputs.x.shape);
  },
};

/** A cast to the type a tensor has already, see {@link identity}. */
export const cast: KernelPatch = {
  kernelName: "Cast",
  create: (stock) => (args: KernelArgs<{ x: TensorInfo }, CastAttrs>) => {
    const { inputs, attrs, backend } = args;
    const { dtype, shape } = inputs.x;
    return dtype === attrs.dtype && dtype !== "string" ? reshaped(backend, inputs.x, shape) : stock(args);
  },
};

import type { TensorInfo } from "@tensorflow/tfjs-core";
import { simdFunctions } from "./simd/simd-functions.ts";
import { address, type KernelArgs, type KernelPatch, sizeOf } from "./wasm-backend.ts";

/** A kernel of our own: Mish in one pass, four numbers at once. Needs SIMD; `mish.ts` calls it where there is. */
export const mish: KernelPatch = {
  kernelName: "Mish",
  create: () => (args: KernelArgs<{ x: TensorInfo }>) => {
    const { inputs, backend } = args;
    const out = backend.makeOutput(inputs.x.shape, "float32");
    simdFunctions(backend)!.mish(address(backend, inputs.x), address(backend, out), sizeOf(out.shape));
    return out;
  },
};

/** A kernel of our own: dy times the derivative of Mish. Needs SIMD; `gradients/mish-gradients.ts` calls it where there is. */
export const mishGradient: KernelPatch = {
  kernelName: "MishGradient",
  create: () => (args: KernelArgs<{ x: TensorInfo; dy: TensorInfo }>) => {
    const { inputs, backend } = args;
    const out = backend.makeOutput(inputs.x.shape, "float32");
    const [x, dy] = [address(backend, inputs.x), address(backend, inputs.dy)];
    simdFunctions(backend)!.mishGradient(x, dy, address(backend, out), sizeOf(out.shape));
    return out;
  },
};

/** A kernel of our own: dy ddx times the second derivative of Mish, see {@link mishGradient}. */
export const mishCurvature: KernelPatch = {
  kernelName: "MishCurvature",
  create: () => (args: KernelArgs<{ x: TensorInfo; dy: TensorInfo; ddx: TensorInfo }>) => {
    const { inputs, backend } = args;
    const out = backend.makeOutput(inputs.x.shape, "float32");
    const [x, dy, ddx] = [inputs.x, inputs.dy, inputs.ddx].map((input) => address(backend, input)) as [
      number,
      number,
      number,
    ];
    simdFunctions(backend)!.mishCurvature(x, dy, ddx, address(backend, out), sizeOf(out.shape));
    return out;
  },
};

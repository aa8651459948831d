import type { BatchMatMulAttrs, TensorInfo } from "@tensorflow/tfjs-core";
import { type KernelArgs, type KernelPatch, runKernel, sizeOf, type WasmBackend } from "./wasm-backend.ts";

/**
 * Matrix product with transposes made explicit.
 * Stock wasm uses XNNPACK only for one matrix without transpose flags, and a scalar loop (ten times slower)
 * otherwise; the gradient of every dense layer has such a flag. Transposing first costs little beside the product.
 */
export const batchMatMul: KernelPatch = {
  kernelName: "BatchMatMul",
  create: (stock) => (args: KernelArgs<{ a: TensorInfo; b: TensorInfo }, BatchMatMulAttrs>) => {
    const { inputs, attrs, backend } = args;
    const oneMatrix = sizeOf(inputs.a.shape.slice(0, -2)) === 1 && sizeOf(inputs.b.shape.slice(0, -2)) === 1;
    if (!oneMatrix || !(attrs.transposeA || attrs.transposeB)) return stock(args);
    const a = attrs.transposeA ? transposed(backend, inputs.a) : inputs.a;
    const b = attrs.transposeB ? transposed(backend, inputs.b) : inputs.b;
    const out = stock({ inputs: { a, b }, attrs: { transposeA: false, transposeB: false }, backend });
    if (attrs.transposeA) backend.disposeData(a.dataId);
    if (attrs.transposeB) backend.disposeData(b.dataId);
    return out;
  },
};

function transposed(backend: WasmBackend, x: TensorInfo): TensorInfo {
  const rank = x.shape.length;
  const perm = [...x.shape.keys()].slice(0, -2).concat(rank - 1, rank - 2);
  return runKernel(backend, "Transpose", { x }, { perm });
}

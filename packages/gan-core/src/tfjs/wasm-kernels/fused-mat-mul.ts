import type { _FusedMatMulAttrs, TensorInfo } from "@tensorflow/tfjs-core";
import { addRow } from "./add.ts";
import { multiply } from "./batch-mat-mul.ts";
import { simdFunctions } from "./simd/simd-functions.ts";
import { address, type KernelArgs, type KernelPatch, sizeOf } from "./wasm-backend.ts";

interface Inputs {
  readonly a: TensorInfo;
  readonly b: TensorInfo;
  readonly bias?: TensorInfo;
  readonly preluActivationWeights?: TensorInfo;
}

/**
 * Dense layer (product, bias, activation) on our matrix product, for the activations linear and ReLU.
 * Others, and biases that are not one row, use the stock kernel. Why: see the product, `batch-mat-mul.ts`.
 */
export const fusedMatMul: KernelPatch = {
  kernelName: "_FusedMatMul",
  create: (stock) => (args: KernelArgs<Inputs, _FusedMatMulAttrs>) => {
    const { inputs, attrs, backend } = args;
    const { bias } = inputs;
    const columns = attrs.transposeB ? inputs.b.shape.at(-2) : inputs.b.shape.at(-1);
    const known = attrs.activation === "linear" || attrs.activation === "relu";
    const row = bias === undefined || bias === null || (bias.shape.length === 1 && bias.shape[0] === columns);
    const simd = simdFunctions(backend);
    const out = known && row && simd !== undefined ? multiply(backend, inputs, attrs) : undefined;
    if (out === undefined || simd === undefined) return stock(args);
    if (bias) addRow(backend, simd, out, bias, out);
    const at = address(backend, out);
    if (attrs.activation === "relu") simd.relu(at, at, sizeOf(out.shape));
    return out;
  },
};

import type { TensorInfo } from "@tensorflow/tfjs-core";
import { type SimdFunctions, simdFunctions } from "./simd/simd-functions.ts";
import { address, type KernelArgs, type KernelPatch, sizeOf, type WasmBackend } from "./wasm-backend.ts";

/** Addition of tensors of one shape, or of a row (a bias) to every row. Replaces an XNNPACK operator set up anew for every call. */
export const add: KernelPatch = {
  kernelName: "Add",
  create: (stock) => (args: KernelArgs<{ a: TensorInfo; b: TensorInfo }>) => {
    const { inputs, backend } = args;
    const { a, b } = inputs;
    const simd = simdFunctions(backend);
    const floats = a.dtype === "float32" && b.dtype === "float32";
    const sameShape =
      a.shape.length === b.shape.length && a.shape.every((side, axis) => side === b.shape[axis]);
    const row =
      a.shape.length > 1 && b.shape.length === 1 && b.shape[0] === a.shape.at(-1) && b.shape[0]! >= 8;
    if (simd === undefined || !floats || !(sameShape || row)) return stock(args);
    const out = backend.makeOutput(a.shape, "float32");
    addRow(backend, simd, a, b, out);
    return out;
  },
};

/** out = a + b for every run of a that is as long as b. `out` may be `a`. */
export function addRow(
  backend: WasmBackend,
  simd: SimdFunctions,
  a: TensorInfo,
  b: TensorInfo,
  out: TensorInfo,
): void {
  const length = sizeOf(b.shape);
  const [from, row, to] = [address(backend, a), address(backend, b), address(backend, out)];
  const bytes = 4 * sizeOf(a.shape);
  for (let at = 0; at < bytes; at += 4 * length) simd.add(from + at, row, to + at, length);
}

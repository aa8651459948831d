import { type BatchMatMulAttrs, backend_util, type TensorInfo } from "@tensorflow/tfjs-core";
import { matrixView } from "./matrix-packing.ts";
import { matrixProduct } from "./matrix-product.ts";
import { simdFunctions } from "./simd/simd-functions.ts";
import {
  address,
  type KernelArgs,
  type KernelPatch,
  runKernel,
  sizeOf,
  type WasmBackend,
} from "./wasm-backend.ts";

interface Factors {
  readonly a: TensorInfo;
  readonly b: TensorInfo;
}
type Transposes = Pick<BatchMatMulAttrs, "transposeA" | "transposeB">;

/**
 * Matrix product by our own vector code.
 *
 * Stock wasm uses XNNPACK only for one matrix without transpose flags, and a scalar loop (ten times slower)
 * otherwise; the gradient of every dense layer has such a flag. XNNPACK also sets up an operator for every right-hand side
 * it has not seen, which for the small products of a training step costs as much as the product.
 */
export const batchMatMul: KernelPatch = {
  kernelName: "BatchMatMul",
  create: (stock) => (args: KernelArgs<Factors, BatchMatMulAttrs>) =>
    multiply(args.backend, args.inputs, args.attrs) ?? transposeFirst(args, stock),
};

/** The product of equally many matrices, or undefined where our code does not apply. */
export function multiply(backend: WasmBackend, { a, b }: Factors, attrs: Transposes): TensorInfo | undefined {
  const [aRows, aColumns] = a.shape.slice(-2) as [number, number];
  const [bRows, bColumns] = b.shape.slice(-2) as [number, number];
  const [rows, depth] = attrs.transposeA ? [aColumns, aRows] : [aRows, aColumns];
  const [bDepth, columns] = attrs.transposeB ? [bColumns, bRows] : [bRows, bColumns];
  const outer = a.shape.slice(0, -2);
  const count = sizeOf(outer);
  const sameCount = count === sizeOf(b.shape.slice(0, -2));
  const floats = a.dtype === "float32" && b.dtype === "float32";
  const simd = simdFunctions(backend);
  if (simd === undefined || !floats || !sameCount || depth !== bDepth) return undefined;

  const outerShape = backend_util.assertAndGetBroadcastShape(outer, b.shape.slice(0, -2));
  const out = backend.makeOutput([...outerShape, rows, columns], "float32");
  for (let i = 0; i < count; i++) {
    const left = matrixView(address(backend, a) + 4 * i * aRows * aColumns, aColumns, attrs.transposeA);
    const right = matrixView(address(backend, b) + 4 * i * bRows * bColumns, bColumns, attrs.transposeB);
    const target = address(backend, out) + 4 * i * rows * columns;
    matrixProduct(backend, simd, left, right, target, [rows, columns, depth]);
  }
  return out;
}

/** Without SIMD: XNNPACK after explicit transposes, which cost little beside the product. */
function transposeFirst(
  { inputs, attrs, backend }: KernelArgs<Factors, BatchMatMulAttrs>,
  stock: (args: object) => TensorInfo,
): TensorInfo {
  const oneMatrix = sizeOf(inputs.a.shape.slice(0, -2)) === 1 && sizeOf(inputs.b.shape.slice(0, -2)) === 1;
  if (!oneMatrix) return stock({ inputs, attrs, backend });
  const a = attrs.transposeA ? transposed(backend, inputs.a) : inputs.a;
  const b = attrs.transposeB ? transposed(backend, inputs.b) : inputs.b;
  const out = stock({ inputs: { a, b }, attrs: { transposeA: false, transposeB: false }, backend });
  if (attrs.transposeA) backend.disposeData(a.dataId);
  if (attrs.transposeB) backend.disposeData(b.dataId);
  return out;
}

function transposed(backend: WasmBackend, x: TensorInfo): TensorInfo {
  const rank = x.shape.length;
  const perm = [...x.shape.keys()].slice(0, -2).concat(rank - 1, rank - 2);
  return runKernel(backend, "Transpose", { x }, { perm });
}

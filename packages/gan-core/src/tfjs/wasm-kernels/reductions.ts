import { type SumAttrs, type TensorInfo, util } from "@tensorflow/tfjs-core";
import { columnGroup } from "./simd/column-sums.ts";
import { simdFunctions } from "./simd/simd-functions.ts";
import {
  floats,
  type KernelArgs,
  type KernelPatch,
  sizeOf,
  type WasmBackend,
  type WasmKernel,
} from "./wasm-backend.ts";

/**
 * Sum and mean over a run of neighbouring axes: bias gradients and batch statistics sum the leading ones, losses all.
 * Replaces a transposition of the whole tensor followed by a sum in float32. Sums here are kept in float64.
 */
export const sum: KernelPatch = { kernelName: "Sum", create: (stock) => reduce(stock, false) };

/** See {@link sum}. */
export const mean: KernelPatch = { kernelName: "Mean", create: (stock) => reduce(stock, true) };

function reduce(stock: WasmKernel, divide: boolean): WasmKernel {
  return (args) => {
    const { inputs, attrs, backend } = args as KernelArgs<{ x: TensorInfo }, SumAttrs>;
    const { shape, dtype } = inputs.x;
    const axes = util.parseAxisParam(attrs.axis, shape).sort((a, b) => a - b);
    const first = axes[0] ?? 0;
    const last = axes.at(-1) ?? -1;
    const neighbours = axes.length > 0 && last - first + 1 === axes.length;
    if (dtype !== "float32" || !neighbours || sizeOf(shape) === 0) return stock(args);

    const outer = sizeOf(shape.slice(0, first));
    const count = sizeOf(shape.slice(first, last + 1));
    const inner = sizeOf(shape.slice(last + 1));
    const kept = attrs.keepDims ? axes.map(() => 1) : [];
    const out = backend.makeOutput([...shape.slice(0, first), ...kept, ...shape.slice(last + 1)], "float32");
    const scale = divide ? 1 / count : 1;
    if (inner === 1) {
      const [x, y] = floats(backend, inputs.x, out);
      sumRows(x, y, count, scale);
    } else {
      for (let o = 0; o < outer; o++) sumColumns(backend, inputs.x, o * count, out, o, count, inner, scale);
    }
    return out;
  };
}

/** y[i] = scale * sum of row i. Four accumulators, since one would wait for each addition to end. */
function sumRows(x: Float32Array, y: Float32Array, count: number, scale: number): void {
  const whole = count - (count % 4);
  for (let row = 0, start = 0; row < y.length; row++, start += count) {
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    for (let i = start; i < start + whole; i += 4) {
      a += x[i]!;
      b += x[i + 1]!;
      c += x[i + 2]!;
      d += x[i + 3]!;
    }
    for (let i = start + whole; i < start + count; i++) a += x[i]!;
    y[row] = scale * (a + b + (c + d));
  }
}

/** Sums `count` rows of `inner` columns from row `from` of x, to row `to` of y: eight columns at once, then the others. */
function sumColumns(
  backend: WasmBackend,
  source: TensorInfo,
  from: number,
  target: TensorInfo,
  to: number,
  count: number,
  inner: number,
  scale: number,
): void {
  const simd = simdFunctions(backend);
  const [x, y] = floats(backend, source, target);
  const vectorised = simd === undefined ? 0 : inner - (inner % columnGroup);
  for (let j = 0; j < vectorised; j += columnGroup) {
    const start = x.byteOffset + 4 * (from * inner + j);
    simd!.columnSums(start, y.byteOffset + 4 * (to * inner + j), 4 * inner, start + 4 * count * inner, scale);
  }
  for (let j = vectorised; j < inner; j++) {
    let total = 0;
    for (let i = from * inner + j; i < (from + count) * inner; i += inner) total += x[i]!;
    y[to * inner + j] = scale * total;
  }
}

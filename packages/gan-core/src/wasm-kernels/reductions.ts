import { type SumAttrs, type TensorInfo, util } from "@tensorflow/tfjs-core";
import { floats, type KernelArgs, type KernelPatch, sizeOf, type WasmKernel } from "./wasm-backend.ts";

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
    const [x, y] = floats(backend, inputs.x, out);
    const scale = divide ? 1 / count : 1;
    if (inner === 1) sumRows(x, y, count, scale);
    else for (let o = 0; o < outer; o++) sumColumns(x, o * count * inner, y, o * inner, count, inner, scale);
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

/** y[to + j] = scale * sum over rows of column j. */
function sumColumns(
  x: Float32Array,
  from: number,
  y: Float32Array,
  to: number,
  count: number,
  inner: number,
  scale: number,
): void {
  const totals = new Float64Array(inner);
  let i = from;
  for (let row = 0; row < count; row++) {
    for (let j = 0; j < inner; j++) totals[j] = totals[j]! + x[i++]!;
  }
  for (let j = 0; j < inner; j++) y[to + j] = scale * totals[j]!;
}

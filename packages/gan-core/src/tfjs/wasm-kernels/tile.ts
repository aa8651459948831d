import type { TensorInfo, TileAttrs } from "@tensorflow/tfjs-core";
import { floats, type KernelArgs, type KernelPatch, sizeOf } from "./wasm-backend.ts";

/**
 * Repeats a row `[1, ..., 1, C]` along the leading axes (the batch-norm gradient does) by doubling block copies.
 * Replaces a C++ loop that divides out an index per element.
 */
export const tile: KernelPatch = {
  kernelName: "Tile",
  create: (stock) => (args: KernelArgs<{ x: TensorInfo }, TileAttrs>) => {
    const { inputs, attrs, backend } = args;
    const { shape, dtype } = inputs.x;
    const row = sizeOf(shape);
    const isRow = row > 0 && shape.at(-1) === row && attrs.reps.at(-1) === 1;
    if (dtype !== "float32" || !isRow) return stock(args);
    const out = backend.makeOutput(
      shape.map((side, axis) => side * attrs.reps[axis]!),
      "float32",
    );
    const [x, y] = floats(backend, inputs.x, out);
    if (y.length === 0) return out;
    y.set(x);
    for (let filled = row; filled < y.length; filled *= 2) {
      y.copyWithin(filled, 0, Math.min(filled, y.length - filled));
    }
    return out;
  },
};

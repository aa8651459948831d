import type { DepthToSpaceAttrs, TensorInfo } from "@tensorflow/tfjs-core";
import { floats, type KernelArgs, type KernelPatch } from "./wasm-backend.ts";

/**
 * Depth to space (NHWC) by copying runs of `blockSize * channels` values, which stay together.
 * Replaces a C++ loop that divides out an index per element.
 */
export const depthToSpace: KernelPatch = {
  kernelName: "DepthToSpace",
  create: (stock) => (args: KernelArgs<{ x: TensorInfo }, DepthToSpaceAttrs>) => {
    const { inputs, attrs, backend } = args;
    const block = attrs.blockSize;
    if (attrs.dataFormat !== "NHWC" || inputs.x.dtype !== "float32") return stock(args);
    const [batch, height, width, depth] = inputs.x.shape as [number, number, number, number];
    const channels = depth / (block * block);
    const run = block * channels;
    const out = backend.makeOutput([batch, height * block, width * block, channels], "float32");
    const [x, y] = floats(backend, inputs.x, out);
    let from = 0;
    for (let row = 0; row < batch * height; row++) {
      for (let column = 0; column < width; column++) {
        for (let blockRow = 0; blockRow < block; blockRow++) {
          const to = ((row * block + blockRow) * width + column) * run;
          for (let i = 0; i < run; i++) y[to + i] = x[from++]!;
        }
      }
    }
    return out;
  },
};

import type { Conv2DBackpropInputAttrs, TensorInfo } from "@tensorflow/tfjs-core";
import { convolutionOf } from "./convolution.ts";
import { matrixView, packColumns, packRows } from "./matrix-packing.ts";
import { multiplyRows } from "./matrix-product.ts";
import { productScratch } from "./product-buffers.ts";
import { simdFunctions } from "./simd/simd-functions.ts";
import { tileRows } from "./simd/tile-functions.ts";
import { address, floats, type KernelArgs, type KernelPatch, runKernel } from "./wasm-backend.ts";

/**
 * The gradient of a convolution with respect to its input, which is also the transposed convolution.
 *
 * Replaces a scalar C++ loop. Every pixel of dy times the filter is a patch to add to the padded input's gradient. The patches of four pixels
 * at a time are a matrix product in scratch memory, whose rows (g, c) are then added where they belong.
 * NCHW uses the stock kernel.
 */
export const conv2dBackpropInput: KernelPatch = {
  kernelName: "Conv2DBackpropInput",
  create: (stock) => (args: KernelArgs<{ dy: TensorInfo; filter: TensorInfo }, Conv2DBackpropInputAttrs>) => {
    const { inputs, attrs, backend } = args;
    const conv = convolutionOf(attrs.inputShape, inputs.filter.shape, attrs);
    const simd = simdFunctions(backend);
    if (conv === undefined || simd === undefined) return stock(args);
    const { top, left } = conv.padInfo;
    const height = Math.max(conv.touchedHeight, top + conv.inHeight);
    const width = Math.max(conv.touchedWidth, left + conv.inWidth);
    const image = backend.makeOutput([conv.batchSize, height, width, conv.inChannels], "float32");
    const rowEntries = conv.filterWidth * conv.inChannels;
    const scratch = productScratch(backend, conv.filterHeight * rowEntries, conv.outChannels);
    packColumns(simd, matrixView(address(backend, inputs.filter), conv.outChannels, true), scratch);
    floats(backend, image)[0].fill(0);

    const { strip, stripStride } = scratch;
    const dy = address(backend, inputs.dy);
    const pixelBytes = 4 * conv.outChannels;
    const rowBytes = 4 * conv.inChannels * width;
    const pixels = conv.batchSize * conv.outHeight * conv.outWidth;
    const addPatch = (pixel: number, patch: number): void => {
      const column = pixel % conv.outWidth;
      const row = (pixel - column) / conv.outWidth;
      const i = row % conv.outHeight;
      const n = (row - i) / conv.outHeight;
      let to = address(backend, image) + (n * height + i * conv.strideHeight) * rowBytes;
      to += 4 * column * conv.strideWidth * conv.inChannels;
      for (let f = 0; f < conv.filterHeight; f++) {
        simd.add(to + f * rowBytes, patch + 4 * f * rowEntries, to + f * rowBytes, rowEntries);
      }
    };
    for (let pixel = 0; pixel < pixels; pixel += tileRows) {
      const count = Math.min(tileRows, pixels - pixel);
      packRows(simd, dy + pixel * pixelBytes, scratch.aPanel, pixelBytes, count, conv.outChannels);
      multiplyRows(simd, scratch, strip, stripStride);
      for (let i = 0; i < count; i++) addPatch(pixel + i, strip + i * stripStride);
    }
    scratch.dispose();

    if (height === conv.inHeight && width === conv.inWidth) return image;
    const out = runKernel(backend, "Slice", { x: image }, { begin: [0, top, left, 0], size: conv.inShape });
    backend.disposeData(image.dataId);
    return out;
  },
};

import type { Conv2DBackpropFilterAttrs, TensorInfo } from "@tensorflow/tfjs-core";
import { convolutionOf, padded } from "./convolution.ts";
import { matrixView, packColumns } from "./matrix-packing.ts";
import { multiplyAllRows } from "./matrix-product.ts";
import { productScratch } from "./product-buffers.ts";
import { simdFunctions } from "./simd/simd-functions.ts";
import { tileRows } from "./simd/tile-functions.ts";
import { address, type KernelArgs, type KernelPatch } from "./wasm-backend.ts";

/**
 * The gradient of a convolution with respect to its filter, which the stock wasm backend lacks.
 *
 * dW[f, (g, c), k] = sum over p of x[p's patch, row f, (g, c)] dy[p, k] over all output pixels p: a matrix product whose left factor
 * is read straight from the padded input. A filter row's entries (g, c) are neighbours there, and so are packed four at once.
 *
 * NHWC only, like the stock forward convolution; needs SIMD.
 */
export const conv2dBackpropFilter: KernelPatch = {
  kernelName: "Conv2DBackpropFilter",
  create: (stock) => (args: KernelArgs<{ x: TensorInfo; dy: TensorInfo }, Conv2DBackpropFilterAttrs>) => {
    const { inputs, attrs, backend } = args;
    const conv = convolutionOf(inputs.x.shape, attrs.filterShape, attrs);
    const simd = simdFunctions(backend);
    if (conv === undefined || simd === undefined) return stock(args);
    const image = padded(backend, inputs.x, conv);
    const out = backend.makeOutput(attrs.filterShape, "float32");
    const pixels = conv.batchSize * conv.outHeight * conv.outWidth;
    const scratch = productScratch(backend, conv.outChannels, pixels);
    packColumns(simd, matrixView(address(backend, inputs.dy), conv.outChannels, false), scratch);

    const pixelBytes = 4 * conv.inChannels;
    const rowBytes = pixelBytes * image.shape[2]!;
    const imageBytes = rowBytes * image.shape[1]!;
    const along = pixelBytes * conv.strideWidth;
    const rowEntries = conv.filterWidth * conv.inChannels;
    for (let f = 0; f < conv.filterHeight; f++) {
      const start = address(backend, image) + f * rowBytes;
      const pack = (entry: number, count: number): void => {
        let to = scratch.aPanel;
        for (let n = 0; n < conv.batchSize; n++) {
          for (let i = 0; i < conv.outHeight; i++) {
            const from = start + n * imageBytes + i * conv.strideHeight * rowBytes + 4 * entry;
            if (count === tileRows) simd.packNeighbours4(from, to, along, conv.outWidth);
            else simd.packVectors(from, to, 4 * tileRows, 4, along, count, conv.outWidth);
            to += 4 * tileRows * conv.outWidth;
          }
        }
      };
      const target = address(backend, out) + 4 * f * rowEntries * conv.outChannels;
      multiplyAllRows(backend, simd, scratch, rowEntries, pack, target);
    }
    scratch.dispose();
    backend.disposeData(image.dataId);
    return out;
  },
};

import type { Conv2DAttrs, FusedConv2DAttrs, TensorInfo } from "@tensorflow/tfjs-core";
import { addRow } from "./add.ts";
import { convolutionOf, padded } from "./convolution.ts";
import { explicitlyPadded } from "./explicit-padding.ts";
import { matrixView, packColumns, packRows } from "./matrix-packing.ts";
import { multiplyAllRows } from "./matrix-product.ts";
import { productScratch } from "./product-buffers.ts";
import { simdFunctions } from "./simd/simd-functions.ts";
import { tileRows } from "./simd/tile-functions.ts";
import { address, type KernelArgs, type KernelPatch, sizeOf, type WasmBackend } from "./wasm-backend.ts";

interface Inputs {
  readonly x: TensorInfo;
  readonly filter: TensorInfo;
}

/**
 * Forward convolution: every output pixel is its patch of the padded input times the filter, a matrix product whose left factor is packed
 * straight from the input.
 *
 * Replaces XNNPACK's convolution, which the product outruns by a quarter, and which with "same" padding reads wrong pixels when the
 * filter is shorter than the stride (tfjs 4.22: kernel 2, stride 3 differ from every other backend).
 * Dilated convolutions use the stock kernel.
 */
export const conv2d: KernelPatch = {
  kernelName: "Conv2D",
  create: (stock) => (args: KernelArgs<Inputs, Conv2DAttrs>) =>
    convolve(args.backend, args.inputs, args.attrs) ?? stock(explicitlyPadded(args, false)),
};

/** Convolution, bias and activation. Activations but linear and ReLU, and biases that are not one row, use the stock kernel. */
export const fusedConv2d: KernelPatch = {
  kernelName: "FusedConv2D",
  create: (stock) => (args: KernelArgs<Inputs & { readonly bias?: TensorInfo }, FusedConv2DAttrs>) => {
    const { inputs, attrs, backend } = args;
    const { bias } = inputs;
    const known = attrs.activation === "linear" || attrs.activation === "relu";
    const row = !bias || (bias.shape.length === 1 && bias.shape[0] === inputs.filter.shape[3]);
    const simd = simdFunctions(backend);
    const out = known && row && simd ? convolve(backend, inputs, attrs) : undefined;
    if (out === undefined || simd === undefined) return stock(explicitlyPadded(args, false));
    if (bias) addRow(backend, simd, out, bias, out);
    const at = address(backend, out);
    if (attrs.activation === "relu") simd.relu(at, at, sizeOf(out.shape));
    return out;
  },
};

function convolve(backend: WasmBackend, { x, filter }: Inputs, attrs: Conv2DAttrs): TensorInfo | undefined {
  const conv = convolutionOf(x.shape, filter.shape, attrs);
  const simd = simdFunctions(backend);
  const dilated = [attrs.dilations].flat().some((dilation) => dilation !== 1);
  if (conv === undefined || simd === undefined || dilated) return undefined;
  const image = padded(backend, x, conv);
  const out = backend.makeOutput(conv.outShape, "float32");
  const rowEntries = conv.filterWidth * conv.inChannels;
  const scratch = productScratch(backend, conv.outChannels, conv.filterHeight * rowEntries);
  packColumns(simd, matrixView(address(backend, filter), conv.outChannels, false), scratch);

  const pixelBytes = 4 * conv.inChannels;
  const rowBytes = pixelBytes * image.shape[2]!;
  const start = address(backend, image);
  const across = pixelBytes * conv.strideWidth;
  const pack = (pixel: number, count: number): void => {
    // Runs of output pixels in one row: their patches are equally far apart.
    for (let done = 0; done < count; ) {
      const column = (pixel + done) % conv.outWidth;
      const row = (pixel + done - column) / conv.outWidth;
      const i = row % conv.outHeight;
      const n = (row - i) / conv.outHeight;
      const run = Math.min(count - done, conv.outWidth - column);
      const from = start + (n * image.shape[1]! + i * conv.strideHeight) * rowBytes + column * across;
      for (let f = 0; f < conv.filterHeight; f++) {
        const to = scratch.aPanel + 4 * (f * rowEntries * tileRows + done);
        packRows(simd, from + f * rowBytes, to, across, run, rowEntries);
      }
      done += run;
    }
  };
  const pixels = conv.batchSize * conv.outHeight * conv.outWidth;
  multiplyAllRows(backend, simd, scratch, pixels, pack, address(backend, out));
  scratch.dispose();
  backend.disposeData(image.dataId);
  return out;
}

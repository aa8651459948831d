import { backend_util, type Conv2DBackpropInputAttrs, type TensorInfo } from "@tensorflow/tfjs-core";
import { interleavePhases, type PhasePlan, planPhases, subPixelFilter } from "./sub-pixel-phases.ts";
import { type KernelArgs, type KernelPatch, runKernel, type WasmBackend } from "./wasm-backend.ts";

/**
 * The gradient of a convolution with respect to its input, which is also the transposed convolution.
 *
 * Replaces a scalar C++ loop. Output pixels of equal phase (position modulo the stride) are a stride-1 convolution of dy
 * with every s-th filter tap, so all phases are one XNNPACK convolution with s*s times the channels, whose outputs are
 * then interleaved (Shi et al. 2016, "Real-time single image and video super-resolution using an efficient sub-pixel
 * convolutional neural network"). NCHW uses the stock kernel.
 */
export const conv2dBackpropInput: KernelPatch = {
  kernelName: "Conv2DBackpropInput",
  create: (stock) => (args: KernelArgs<{ dy: TensorInfo; filter: TensorInfo }, Conv2DBackpropInputAttrs>) => {
    const { inputs, attrs, backend } = args;
    const conv = backend_util.computeConv2DInfo(
      attrs.inputShape,
      inputs.filter.shape as [number, number, number, number],
      attrs.strides,
      1,
      attrs.pad,
      attrs.dimRoundingMode,
      false,
      backend_util.convertConv2DDataFormat(attrs.dataFormat),
    );
    if (conv.dataFormat !== "channelsLast") return stock(args);

    const rows = planPhases(
      conv.filterHeight,
      conv.strideHeight,
      conv.padInfo.top,
      conv.inHeight,
      conv.outHeight,
    );
    const columns = planPhases(
      conv.filterWidth,
      conv.strideWidth,
      conv.padInfo.left,
      conv.inWidth,
      conv.outWidth,
    );
    const filter = subPixelFilter(backend, inputs.filter, rows, columns);
    const dy = crop(backend, inputs.dy, rows, columns);
    const pad = [
      [0, 0],
      [Math.max(0, rows.padBefore), Math.max(0, rows.padAfter)],
      [Math.max(0, columns.padBefore), Math.max(0, columns.padAfter)],
      [0, 0],
    ];
    const phases = runKernel(backend, "Conv2D", { x: dy, filter }, {
      strides: [1, 1],
      pad,
      dataFormat: "NHWC",
      dilations: [1, 1],
    } as never);
    backend.disposeData(filter.dataId);
    backend.disposeData(dy.dataId);
    if (conv.strideHeight === 1 && conv.strideWidth === 1) return phases;

    const out = interleavePhases(backend, phases, conv.inShape, rows, columns);
    backend.disposeData(phases.dataId);
    return out;
  },
};

/** Drops the border of dy that reaches no input pixel (negative padding). The caller disposes the result. */
function crop(backend: WasmBackend, dy: TensorInfo, rows: PhasePlan, columns: PhasePlan): TensorInfo {
  const top = Math.max(0, -rows.padBefore);
  const left = Math.max(0, -columns.padBefore);
  const [batch, height, width, channels] = dy.shape as [number, number, number, number];
  const size = [
    batch,
    height - top - Math.max(0, -rows.padAfter),
    width - left - Math.max(0, -columns.padAfter),
    channels,
  ];
  if (size[1] === height && size[2] === width) {
    backend.incRef(dy.dataId);
    return dy;
  }
  return runKernel(backend, "Slice", { x: dy }, { begin: [0, top, left, 0], size });
}

import { backend_util, type Conv2DAttrs, type TensorInfo } from "@tensorflow/tfjs-core";
import type { KernelArgs, KernelPatch, WasmKernel } from "./wasm-backend.ts";

/**
 * Forward convolution with "same" padding written out in pixels.
 *
 * Stock wasm leaves "same" to XNNPACK, which reads wrong pixels when the filter is shorter than the stride (tfjs 4.22: kernel 2, stride 3
 * differ from every other backend). With explicit padding the two agree, at no cost.
 */
export const conv2d: KernelPatch = { kernelName: "Conv2D", create: explicitPadding };

/** See {@link conv2d}. */
export const fusedConv2d: KernelPatch = { kernelName: "FusedConv2D", create: explicitPadding };

function explicitPadding(stock: WasmKernel): WasmKernel {
  return (args) => {
    const { inputs, attrs, backend } = args as KernelArgs<{ x: TensorInfo; filter: TensorInfo }, Conv2DAttrs>;
    if (attrs.pad !== "same" || attrs.dataFormat !== "NHWC") return stock(args);
    const { top, bottom, left, right } = backend_util.computeConv2DInfo(
      inputs.x.shape as [number, number, number, number],
      inputs.filter.shape as [number, number, number, number],
      attrs.strides,
      attrs.dilations,
      "same",
    ).padInfo;
    const pad = [
      [0, 0],
      [top, bottom],
      [left, right],
      [0, 0],
    ];
    return stock({ inputs, attrs: { ...attrs, pad }, backend });
  };
}

import {
  backend_util,
  type DepthwiseConv2dNativeBackpropFilterAttrs,
  type DepthwiseConv2dNativeBackpropInputAttrs,
  type TensorInfo,
} from "@tensorflow/tfjs-core";
import { floats, type KernelArgs, type KernelPatch } from "./wasm-backend.ts";
import { eachTap, windows2d } from "./windows.ts";

type Shape4D = [number, number, number, number];
type Attrs = DepthwiseConv2dNativeBackpropFilterAttrs | DepthwiseConv2dNativeBackpropInputAttrs;

/** The gradient of a depthwise convolution with respect to its filter, which the stock wasm backend lacks. */
export const depthwiseBackpropFilter: KernelPatch = {
  kernelName: "DepthwiseConv2dNativeBackpropFilter",
  create:
    () =>
    (
      args: KernelArgs<{ x: TensorInfo; dy: TensorInfo }, DepthwiseConv2dNativeBackpropFilterAttrs>,
    ): TensorInfo => {
      const { inputs, attrs, backend } = args;
      const info = depthwiseInfo(inputs.x.shape, attrs.filterShape, attrs);
      const out = backend.makeOutput(attrs.filterShape, "float32");
      const [dw, x, dy] = floats(backend, out, inputs.x, inputs.dy);
      const [channels, multiplier] = [info.inChannels, info.outChannels / info.inChannels];
      // Sums over all pixels: kept in float64.
      const sums = new Float64Array(dw.length);
      eachTap(windows2d(info), (input, filter, output) => {
        let w = filter * info.outChannels;
        let o = output * info.outChannels;
        for (let c = 0, i = input * channels; c < channels; c++, i++) {
          for (let m = 0; m < multiplier; m++, w++, o++) sums[w] = sums[w]! + x[i]! * dy[o]!;
        }
      });
      dw.set(sums);
      return out;
    },
};

/** The gradient of a depthwise convolution with respect to its input, which the stock wasm backend lacks. */
export const depthwiseBackpropInput: KernelPatch = {
  kernelName: "DepthwiseConv2dNativeBackpropInput",
  create:
    () =>
    (
      args: KernelArgs<{ dy: TensorInfo; filter: TensorInfo }, DepthwiseConv2dNativeBackpropInputAttrs>,
    ): TensorInfo => {
      const { inputs, attrs, backend } = args;
      const info = depthwiseInfo(attrs.inputShape, inputs.filter.shape, attrs);
      const out = backend.makeOutput(attrs.inputShape, "float32");
      const [dx, w, dy] = floats(backend, out, inputs.filter, inputs.dy);
      const [channels, multiplier] = [info.inChannels, info.outChannels / info.inChannels];
      dx.fill(0);
      eachTap(windows2d(info), (input, filter, output) => {
        let f = filter * info.outChannels;
        let o = output * info.outChannels;
        for (let c = 0, i = input * channels; c < channels; c++, i++) {
          for (let m = 0; m < multiplier; m++, f++, o++) dx[i] = dx[i]! + w[f]! * dy[o]!;
        }
      });
      return out;
    },
};

function depthwiseInfo(inShape: number[], filterShape: number[], attrs: Attrs): backend_util.Conv2DInfo {
  const { strides, dilations, pad, dimRoundingMode } = attrs;
  const [x, w] = [inShape as Shape4D, filterShape as Shape4D];
  return backend_util.computeConv2DInfo(x, w, strides, dilations, pad, dimRoundingMode, true);
}

import {
  backend_util,
  type Conv3DBackpropFilterV2Attrs,
  type Conv3DBackpropInputV2Attrs,
  type TensorInfo,
} from "@tensorflow/tfjs-core";
import { floats, type KernelArgs, type KernelPatch } from "./wasm-backend.ts";
import { eachTap, windows3d } from "./windows.ts";

type Shape5D = [number, number, number, number, number];

/** The gradient of a convolution over volumes with respect to its filter. The stock kernel (tfjs 4.22) is wrong for strides other than 1. */
export const conv3dBackpropFilter: KernelPatch = {
  kernelName: "Conv3DBackpropFilterV2",
  create: () => (args: KernelArgs<{ x: TensorInfo; dy: TensorInfo }, Conv3DBackpropFilterV2Attrs>) => {
    const { inputs, attrs, backend } = args;
    const info = conv3dInfo(inputs.x.shape, attrs.filterShape, attrs);
    const out = backend.makeOutput(attrs.filterShape, "float32");
    const [dw, x, dy] = floats(backend, out, inputs.x, inputs.dy);
    const [ins, outs] = [info.inChannels, info.outChannels];
    // Sums over all voxels: kept in float64.
    const sums = new Float64Array(dw.length);
    eachTap(windows3d(info), (input, filter, output) => {
      let w = filter * ins * outs;
      for (let i = input * ins; i < (input + 1) * ins; i++) {
        for (let o = output * outs; o < (output + 1) * outs; o++, w++) sums[w] = sums[w]! + x[i]! * dy[o]!;
      }
    });
    dw.set(sums);
    return out;
  },
};

/** The gradient of a convolution over volumes with respect to its input, also the transposed one. The stock kernel (tfjs 4.22) is wrong. */
export const conv3dBackpropInput: KernelPatch = {
  kernelName: "Conv3DBackpropInputV2",
  create: () => (args: KernelArgs<{ dy: TensorInfo; filter: TensorInfo }, Conv3DBackpropInputV2Attrs>) => {
    const { inputs, attrs, backend } = args;
    const info = conv3dInfo(attrs.inputShape, inputs.filter.shape, attrs);
    const out = backend.makeOutput(attrs.inputShape, "float32");
    const [dx, w, dy] = floats(backend, out, inputs.filter, inputs.dy);
    const [ins, outs] = [info.inChannels, info.outChannels];
    dx.fill(0);
    eachTap(windows3d(info), (input, filter, output) => {
      let f = filter * ins * outs;
      for (let i = input * ins; i < (input + 1) * ins; i++) {
        let sum = 0;
        for (let o = output * outs; o < (output + 1) * outs; o++, f++) sum += w[f]! * dy[o]!;
        dx[i] = dx[i]! + sum;
      }
    });
    return out;
  },
};

function conv3dInfo(
  inShape: number[],
  filterShape: number[],
  { strides, pad }: { strides: [number, number, number] | number; pad: "valid" | "same" },
): backend_util.Conv3DInfo {
  return backend_util.computeConv3DInfo(inShape as Shape5D, filterShape as Shape5D, strides, 1, pad);
}

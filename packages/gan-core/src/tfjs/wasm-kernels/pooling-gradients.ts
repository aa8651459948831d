import {
  type AvgPool3DGradAttrs,
  type AvgPoolGradAttrs,
  backend_util,
  type MaxPoolGradAttrs,
  type TensorInfo,
} from "@tensorflow/tfjs-core";
import { floats, type KernelArgs, type KernelPatch } from "./wasm-backend.ts";
import { eachTap, type Windows, windows2d, windows3d } from "./windows.ts";

type Shape4D = [number, number, number, number];
type Shape5D = [number, number, number, number, number];

/**
 * The gradient of max pooling: all of an output's gradient goes to the first largest input of its window.
 *
 * Replaces a kernel (tfjs 4.22) that finds other inputs when the window is not square, and in some other cases.
 */
export const maxPoolGrad: KernelPatch = {
  kernelName: "MaxPoolGrad",
  create: () => (args: KernelArgs<{ dy: TensorInfo; input: TensorInfo }, MaxPoolGradAttrs>) => {
    const { inputs, attrs, backend } = args;
    const { filterSize, strides, pad, dimRoundingMode } = attrs;
    const shape = inputs.input.shape as Shape4D;
    const info = backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
    const out = backend.makeOutput(shape, "float32");
    const [dx, x, dy] = floats(backend, out, inputs.input, inputs.dy);
    const channels = info.inChannels;
    const largest = new Int32Array(dy.length).fill(-1);
    eachTap(windows2d(info), (input, _filter, output) => {
      for (let c = 0, i = input * channels, o = output * channels; c < channels; c++, i++, o++) {
        if (largest[o]! < 0 || x[i]! > x[largest[o]!]!) largest[o] = i;
      }
    });
    dx.fill(0);
    largest.forEach((i, o) => {
      dx[i] = dx[i]! + dy[o]!;
    });
    return out;
  },
};

/**
 * The gradient of average pooling: an output's gradient is shared by the inputs of its window.
 *
 * Replaces a kernel (tfjs 4.22, on cpu too) that at padded edges divides by the size of the window, where the forward pass
 * divides by the number of inputs inside.
 */
export const avgPoolGrad: KernelPatch = {
  kernelName: "AvgPoolGrad",
  create: () => (args: KernelArgs<{ dy: TensorInfo; input: TensorInfo }, AvgPoolGradAttrs>) => {
    const { filterSize, strides, pad } = args.attrs;
    const shape = args.inputs.input.shape as Shape4D;
    // The attribute is in the arguments, though not in their type.
    const { dimRoundingMode } = args.attrs as { dimRoundingMode?: "floor" | "round" | "ceil" };
    const info = backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
    return averageGradient(args, windows2d(info), info.inChannels);
  },
};

/** See {@link avgPoolGrad}. */
export const avgPool3dGrad: KernelPatch = {
  kernelName: "AvgPool3DGrad",
  create: () => (args: KernelArgs<{ dy: TensorInfo; input: TensorInfo }, AvgPool3DGradAttrs>) => {
    const { filterSize, strides, pad, dimRoundingMode } = args.attrs;
    const shape = args.inputs.input.shape as Shape5D;
    const info = backend_util.computePool3DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
    return averageGradient(args, windows3d(info), info.inChannels);
  },
};

function averageGradient(
  { inputs, backend }: KernelArgs<{ dy: TensorInfo; input: TensorInfo }, unknown>,
  windows: Windows,
  channels: number,
): TensorInfo {
  const out = backend.makeOutput(inputs.input.shape, "float32");
  const [dx, dy] = floats(backend, out, inputs.dy);
  const inside = new Int32Array(dy.length / channels);
  eachTap(windows, (_input, _filter, output) => {
    inside[output] = inside[output]! + 1;
  });
  dx.fill(0);
  eachTap(windows, (input, _filter, output) => {
    const share = 1 / inside[output]!;
    for (let c = 0, i = input * channels, o = output * channels; c < channels; c++, i++, o++) {
      dx[i] = dx[i]! + share * dy[o]!;
    }
  });
  return out;
}

import { backend_util, type FusedConv2DAttrs, type TensorInfo } from "@tensorflow/tfjs-core";
import type { KernelArgs, KernelPatch, WasmKernel } from "./wasm-backend.ts";

type Shape4D = [number, number, number, number];
type Args = KernelArgs<
  { readonly x: TensorInfo; readonly filter: TensorInfo },
  Pick<FusedConv2DAttrs, "strides" | "dilations" | "pad">
>;

/**
 * The arguments of a stock convolution with "same" padding written out in pixels.
 *
 * Left to find the padding itself, XNNPACK (tfjs 4.22) reads wrong pixels when the filter is shorter than the stride.
 */
export function explicitlyPadded<Given extends Args>(args: Given, depthwise: boolean): Given {
  const { inputs, attrs } = args;
  if (attrs.pad !== "same") return args;
  const [x, filter] = [inputs.x.shape as Shape4D, inputs.filter.shape as Shape4D];
  const dilations = attrs.dilations ?? 1;
  const { padInfo } = backend_util.computeConv2DInfo(
    x,
    filter,
    attrs.strides,
    dilations,
    "same",
    undefined,
    depthwise,
  );
  const pad = [
    [0, 0],
    [padInfo.top, padInfo.bottom],
    [padInfo.left, padInfo.right],
    [0, 0],
  ];
  return { ...args, attrs: { ...attrs, pad } };
}

const padDepthwise =
  (stock: WasmKernel) =>
  (args: Args): TensorInfo =>
    stock(explicitlyPadded(args, true));

/** Depthwise convolution, whose stock kernel is right but for {@link explicitlyPadded}. */
export const depthwiseConv2d: KernelPatch = { kernelName: "DepthwiseConv2dNative", create: padDepthwise };

/** See {@link depthwiseConv2d}. */
export const fusedDepthwiseConv2d: KernelPatch = { kernelName: "FusedDepthwiseConv2D", create: padDepthwise };

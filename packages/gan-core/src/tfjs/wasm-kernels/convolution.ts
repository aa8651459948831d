import { backend_util, type TensorInfo } from "@tensorflow/tfjs-core";
import { runKernel, type WasmBackend } from "./wasm-backend.ts";

type Shape4D = [number, number, number, number];

interface ConvolutionAttrs {
  readonly strides: number | [number, number];
  readonly pad: "valid" | "same" | number | backend_util.ExplicitPadding;
  readonly dataFormat: "NHWC" | "NCHW";
  readonly dimRoundingMode?: "floor" | "round" | "ceil";
}

/** A convolution's sizes, and the part of its padded input that the filter touches. */
export interface Convolution extends backend_util.Conv2DInfo {
  readonly touchedHeight: number;
  readonly touchedWidth: number;
}

/** The sizes of a convolution without dilation; undefined if it is not NHWC. */
export function convolutionOf(
  inShape: number[],
  filterShape: number[],
  attrs: ConvolutionAttrs,
): Convolution | undefined {
  if (attrs.dataFormat !== "NHWC") return undefined;
  const { strides, pad, dimRoundingMode } = attrs;
  const info = backend_util.computeConv2DInfo(
    inShape as Shape4D,
    filterShape as Shape4D,
    strides,
    1,
    pad,
    dimRoundingMode,
  );
  return {
    ...info,
    touchedHeight: (info.outHeight - 1) * info.strideHeight + info.filterHeight,
    touchedWidth: (info.outWidth - 1) * info.strideWidth + info.filterWidth,
  };
}

/** x with the convolution's zeros around it, as far as the filter reaches. The caller disposes the result. */
export function padded(backend: WasmBackend, x: TensorInfo, conv: Convolution): TensorInfo {
  const { top, left } = conv.padInfo;
  const bottom = Math.max(0, conv.touchedHeight - conv.inHeight - top);
  const right = Math.max(0, conv.touchedWidth - conv.inWidth - left);
  if (top + bottom + left + right === 0) {
    backend.incRef(x.dataId);
    return x;
  }
  const paddings: [number, number][] = [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ];
  return runKernel(backend, "PadV2", { x }, { paddings, constantValue: 0 });
}

import { backend_util } from "@tensorflow/tfjs-core";

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

/** The sizes of the convolution whose gradient is wanted; undefined if it is not NHWC. */
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

import { backend_util, type Conv2DBackpropFilterAttrs, type TensorInfo } from "@tensorflow/tfjs-core";
import { type KernelArgs, type KernelPatch, runKernel } from "./wasm-backend.ts";

/**
 * The gradient of a convolution with respect to its filter, which the stock wasm backend lacks.
 *
 * dW[f, g, c, k] = sum over n, i, j of x[n, s i + f - top, s j + g - left, c] dy[n, i, j, k] is itself a convolution:
 * the images are the channels c of x, the input channels are the batch n, the filter is dy, and the stride s of the
 * forward pass becomes the dilation. So it runs on XNNPACK's forward convolution.
 *
 * NHWC only, like the stock forward convolution.
 */
export const conv2dBackpropFilter: KernelPatch = {
  kernelName: "Conv2DBackpropFilter",
  create: () => (args: KernelArgs<{ x: TensorInfo; dy: TensorInfo }, Conv2DBackpropFilterAttrs>) => {
    const { inputs, attrs, backend } = args;
    const conv = backend_util.computeConv2DInfo(
      inputs.x.shape as [number, number, number, number],
      attrs.filterShape,
      attrs.strides,
      1,
      attrs.pad,
      attrs.dimRoundingMode,
      false,
      backend_util.convertConv2DDataFormat(attrs.dataFormat),
    );
    if (conv.dataFormat !== "channelsLast") {
      throw new Error(
        `Conv2DBackpropFilter: dataFormat must be NHWC on the wasm backend, got ${attrs.dataFormat}`,
      );
    }
    const { padInfo, strideHeight, strideWidth } = conv;
    // Rows and columns after the padded input's start that the filter touches; a negative end pad means some are left over.
    const height = (conv.outHeight - 1) * strideHeight + conv.filterHeight;
    const width = (conv.outWidth - 1) * strideWidth + conv.filterWidth;
    const bottom = height - conv.inHeight - padInfo.top;
    const right = width - conv.inWidth - padInfo.left;

    const channelsFirst = runKernel(backend, "Transpose", { x: inputs.x }, { perm: [3, 1, 2, 0] });
    let image = channelsFirst;
    if (bottom < 0 || right < 0) {
      const begin = [0, 0, 0, 0];
      const size = [
        conv.inChannels,
        conv.inHeight + Math.min(0, bottom),
        conv.inWidth + Math.min(0, right),
        conv.batchSize,
      ];
      image = runKernel(backend, "Slice", { x: channelsFirst }, { begin, size });
      backend.disposeData(channelsFirst.dataId);
    }
    const filter = runKernel(backend, "Transpose", { x: inputs.dy }, { perm: [1, 2, 0, 3] });
    const pad = [
      [0, 0],
      [padInfo.top, Math.max(0, bottom)],
      [padInfo.left, Math.max(0, right)],
      [0, 0],
    ];
    const channelGradients = runKernel(backend, "Conv2D", { x: image, filter }, {
      strides: [1, 1],
      pad,
      dataFormat: "NHWC",
      dilations: [strideHeight, strideWidth],
    } as never);
    const out = runKernel(backend, "Transpose", { x: channelGradients }, { perm: [1, 2, 0, 3] });
    for (const temporary of [image, filter, channelGradients]) backend.disposeData(temporary.dataId);
    return out;
  },
};

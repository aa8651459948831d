import type { backend_util } from "@tensorflow/tfjs-core";

/** One spatial axis of a convolution or pooling: output i looks at the inputs `i * stride - before + f * dilation`, f below `filter`. */
interface WindowAxis {
  readonly input: number;
  readonly output: number;
  readonly filter: number;
  readonly stride: number;
  readonly dilation: number;
  readonly before: number;
}

/** The sizes of a convolution or pooling over pictures or volumes. */
export interface Windows {
  readonly batchSize: number;
  readonly axes: readonly [depth: WindowAxis, height: WindowAxis, width: WindowAxis];
}

const single: WindowAxis = { input: 1, output: 1, filter: 1, stride: 1, dilation: 1, before: 0 };

/** Over height and width. */
export function windows2d(info: backend_util.Conv2DInfo): Windows {
  return { batchSize: info.batchSize, axes: [single, heightOf(info), widthOf(info)] };
}

/** Over depth, height and width. */
export function windows3d(info: backend_util.Conv3DInfo): Windows {
  const depth: WindowAxis = {
    input: info.inDepth,
    output: info.outDepth,
    filter: info.filterDepth,
    stride: info.strideDepth,
    dilation: info.dilationDepth,
    before: info.padInfo.front,
  };
  return { batchSize: info.batchSize, axes: [depth, heightOf(info), widthOf(info)] };
}

/**
 * Visits every output pixel with every entry of its window that lies inside the input. All three are given by their numbers in row-major order, counting
 * batches for inputs and outputs.
 */
export function eachTap(
  { batchSize, axes: [depth, height, width] }: Windows,
  visit: (input: number, filter: number, output: number) => void,
): void {
  let output = 0;
  for (let n = 0; n < batchSize; n++) {
    for (let d = 0; d < depth.output; d++) {
      for (let h = 0; h < height.output; h++) {
        for (let w = 0; w < width.output; w++, output++) {
          for (let fd = 0; fd < depth.filter; fd++) {
            const id = d * depth.stride - depth.before + fd * depth.dilation;
            if (id < 0 || id >= depth.input) continue;
            for (let fh = 0; fh < height.filter; fh++) {
              const ih = h * height.stride - height.before + fh * height.dilation;
              if (ih < 0 || ih >= height.input) continue;
              const row = ((n * depth.input + id) * height.input + ih) * width.input;
              const filterRow = (fd * height.filter + fh) * width.filter;
              for (let fw = 0; fw < width.filter; fw++) {
                const iw = w * width.stride - width.before + fw * width.dilation;
                if (iw >= 0 && iw < width.input) visit(row + iw, filterRow + fw, output);
              }
            }
          }
        }
      }
    }
  }
}

function heightOf(info: backend_util.Conv2DInfo | backend_util.Conv3DInfo): WindowAxis {
  return {
    input: info.inHeight,
    output: info.outHeight,
    filter: info.filterHeight,
    stride: info.strideHeight,
    dilation: info.dilationHeight,
    before: info.padInfo.top,
  };
}

function widthOf(info: backend_util.Conv2DInfo | backend_util.Conv3DInfo): WindowAxis {
  return {
    input: info.inWidth,
    output: info.outWidth,
    filter: info.filterWidth,
    stride: info.strideWidth,
    dilation: info.dilationWidth,
    before: info.padInfo.left,
  };
}

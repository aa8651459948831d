import type { TensorInfo, UnsortedSegmentSumAttrs } from "@tensorflow/tfjs-core";
import { type KernelArgs, type KernelPatch, sizeOf } from "./wasm-backend.ts";

/**
 * Sums of the rows of x that have the same segment number, which the stock wasm backend lacks: the gradient of `gather`, and so of embeddings.
 * Rows whose number is no segment are left out, as on other backends.
 */
export const unsortedSegmentSum: KernelPatch = {
  kernelName: "UnsortedSegmentSum",
  create: () => (args: KernelArgs<{ x: TensorInfo; segmentIds: TensorInfo }, UnsortedSegmentSumAttrs>) => {
    const { inputs, attrs, backend } = args;
    const { x, segmentIds } = inputs;
    const rowShape = x.shape.slice(1);
    const size = sizeOf(rowShape);
    const out = backend.makeOutput(
      [attrs.numSegments, ...rowShape],
      x.dtype === "int32" ? "int32" : "float32",
    );
    // Both are looked up before any view is taken: that may move the heap.
    for (const { dataId } of [x, segmentIds]) backend.dataIdMap.get(dataId);
    const [sums, rows, ids] = [out, x, segmentIds].map((tensor) => backend.typedArrayFromHeap(tensor));
    sums!.fill(0);
    ids!.forEach((segment, row) => {
      if (segment < 0 || segment >= attrs.numSegments) return;
      for (let i = 0; i < size; i++) {
        sums![segment * size + i] = sums![segment * size + i]! + rows![row * size + i]!;
      }
    });
    return out;
  },
};

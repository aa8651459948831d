import { backend, getBackend, getKernel, type NamedAttrMap, type TensorInfo } from "@tensorflow/tfjs-core";

/** What the kernels use of tfjs's `BackendWasm`: tensors live at an offset of one growing WebAssembly memory. */
export interface WasmBackend {
  readonly wasm: {
    readonly HEAPU8: Uint8Array;
    readonly asm?: { readonly memory?: { readonly buffer: ArrayBufferLike } };
  };
  makeOutput(shape: number[], dtype: "float32" | "int32" | "bool"): TensorInfo;
  readonly dataIdMap: {
    get(dataId: TensorInfo["dataId"]): { readonly id: number; readonly memoryOffset: number };
  };
  typedArrayFromHeap(tensor: TensorInfo): Float32Array | Int32Array | Uint8Array;
  disposeData(dataId: TensorInfo["dataId"]): boolean;
  incRef(dataId: TensorInfo["dataId"]): void;
}

/** The argument of a tfjs kernel function, with the names of its tensors and attributes. */
export interface KernelArgs<Inputs, Attrs = Record<never, never>> {
  readonly inputs: Inputs;
  readonly attrs: Attrs;
  readonly backend: WasmBackend;
}

/** A kernel as the engine calls it. `object` because every kernel has its own inputs and attributes. */
export type WasmKernel = (args: object) => TensorInfo;

/** How one kernel of the wasm backend is replaced: `create` gets the stock kernel to fall back to. */
export interface KernelPatch {
  readonly kernelName: string;
  create(stock: WasmKernel): (args: never) => TensorInfo;
}

/** The current backend if it is wasm: then tensors can be read and written in place. */
export function currentWasmBackend(): WasmBackend | undefined {
  return getBackend() === "wasm" ? (backend() as unknown as WasmBackend) : undefined;
}

/**
 * Views of the float32 values of tensors, in place.
 * Allocating may move the heap (memory growth detaches views): take all views at once, after the last `makeOutput`.
 */
export function floats<const Tensors extends readonly TensorInfo[]>(
  backend: WasmBackend,
  ...tensors: Tensors
): { [Index in keyof Tensors]: Float32Array } {
  // Looking a tensor up moves it here if it was made on another backend, and that allocates too.
  for (const { dataId } of tensors) backend.dataIdMap.get(dataId);
  return tensors.map((tensor) => backend.typedArrayFromHeap(tensor)) as {
    [Index in keyof Tensors]: Float32Array;
  };
}

/** Where the values of a tensor start, in bytes. Unlike a view it stays valid when the heap grows. */
export function address(backend: WasmBackend, tensor: TensorInfo): number {
  return backend.dataIdMap.get(tensor.dataId).memoryOffset;
}

/** Runs another wasm kernel below the engine: no tape, no tidy, the caller disposes the result. */
export function runKernel(
  backend: WasmBackend,
  kernelName: string,
  inputs: Record<string, TensorInfo>,
  attrs: NamedAttrMap = {},
): TensorInfo {
  return getKernel(kernelName, "wasm").kernelFunc({ inputs, attrs, backend }) as TensorInfo;
}

/** The same values under another shape, sharing memory. It counts as one more reference to dispose. */
export function reshaped(backend: WasmBackend, tensor: TensorInfo, shape: number[]): TensorInfo {
  backend.incRef(tensor.dataId);
  return { dataId: tensor.dataId, shape, dtype: tensor.dtype };
}

/** Number of elements of a shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1);
}

import {
  getKernel,
  getKernelsForBackend,
  type KernelFunc,
  registerKernel,
  unregisterKernel,
} from "@tensorflow/tfjs-core";
import { installGradients } from "../gradients/install-gradients.ts";
import { add } from "./add.ts";
import { batchMatMul } from "./batch-mat-mul.ts";
import { conv2d, fusedConv2d } from "./conv2d.ts";
import { conv2dBackpropFilter } from "./conv2d-backprop-filter.ts";
import { conv2dBackpropInput } from "./conv2d-backprop-input.ts";
import { conv3dBackpropFilter, conv3dBackpropInput } from "./conv3d-gradients.ts";
import { depthToSpace } from "./depth-to-space.ts";
import { depthwiseBackpropFilter, depthwiseBackpropInput } from "./depthwise-gradients.ts";
import { depthwiseConv2d, fusedDepthwiseConv2d } from "./explicit-padding.ts";
import { fusedMatMul } from "./fused-mat-mul.ts";
import { greater } from "./greater.ts";
import { cast, identity } from "./identity.ts";
import { leakyRelu } from "./leaky-relu.ts";
import { leakyReluGradient } from "./leaky-relu-gradient.ts";
import { mish, mishCurvature, mishGradient } from "./mish.ts";
import { avgPool3dGrad, avgPoolGrad, maxPoolGrad } from "./pooling-gradients.ts";
import { mean, sum } from "./reductions.ts";
import { relu } from "./relu.ts";
import { tanh } from "./tanh.ts";
import { tile } from "./tile.ts";
import { unsortedSegmentSum } from "./unsorted-segment-sum.ts";
import type { KernelPatch, WasmKernel } from "./wasm-backend.ts";

const patches: readonly KernelPatch[] = [
  add,
  avgPool3dGrad,
  avgPoolGrad,
  batchMatMul,
  fusedMatMul,
  cast,
  conv2d,
  fusedConv2d,
  conv2dBackpropFilter,
  conv2dBackpropInput,
  conv3dBackpropFilter,
  conv3dBackpropInput,
  depthToSpace,
  depthwiseBackpropFilter,
  depthwiseBackpropInput,
  depthwiseConv2d,
  fusedDepthwiseConv2d,
  greater,
  identity,
  leakyRelu,
  leakyReluGradient,
  maxPoolGrad,
  mean,
  mish,
  mishCurvature,
  mishGradient,
  relu,
  sum,
  tanh,
  tile,
  unsortedSegmentSum,
];

/** Functions of ours, so that a second installation finds them and leaves them. */
const ours = new WeakSet<object>();

/**
 * Gives the tfjs wasm backend the kernels that training needs and lacks, and faster versions of those it runs as plain scalar loops.
 *
 * Stock wasm (tfjs 4.22) lacks the gradients of convolutions and embeddings, has wrong ones for pooling and for strides in volumes, and
 * runs most of training as plain scalar loops. The replacements fall back to the stock kernel where they do not apply.
 *
 * Call it any time after `@tensorflow/tfjs-backend-wasm` was imported, before or after `setBackend("wasm")`. Calling it again does nothing.
 *
 * @throws {Error} if the wasm backend's kernels are not registered.
 */
export function installWasmKernels(): void {
  if (getKernelsForBackend("wasm").length === 0) {
    throw new Error(
      'installWasmKernels: import "@tensorflow/tfjs-backend-wasm" first, found no wasm kernels',
    );
  }
  for (const patch of patches) install(patch);
  installGradients();
}

function install({ kernelName, create }: KernelPatch): void {
  const stock = getKernel(kernelName, "wasm");
  if (stock !== undefined && ours.has(stock.kernelFunc)) return;
  const missing: WasmKernel = () => {
    throw new Error(`${kernelName}: no kernel for these arguments on the wasm backend`);
  };
  const kernelFunc = create(
    (stock?.kernelFunc as WasmKernel | undefined) ?? missing,
  ) as unknown as KernelFunc;
  if (stock !== undefined) unregisterKernel(kernelName, "wasm");
  // Spreading keeps the stock setupFunc, which binds the C++ function that the fallback calls.
  registerKernel({ ...stock, kernelName, backendName: "wasm", kernelFunc });
  ours.add(kernelFunc);
}

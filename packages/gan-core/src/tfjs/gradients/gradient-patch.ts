import {
  engine,
  type GradConfig,
  getGradient,
  getKernel,
  type NamedAttrMap,
  type NamedTensorMap,
  registerGradient,
  type Tensor,
  unregisterGradient,
} from "@tensorflow/tfjs-core";
import { simdFunctions } from "../wasm-kernels/simd/simd-functions.ts";
import { currentWasmBackend } from "../wasm-kernels/wasm-backend.ts";

/** How the gradient of one kernel is replaced, or given where there was none: `create` gets the stock gradient if there is one. */
export interface GradientPatch {
  readonly kernelName: string;
  create(stock: GradConfig | undefined): Omit<GradConfig, "kernelName">;
}

/** Functions of ours, so that a second installation finds them and leaves them. */
const ours = new WeakSet<object>();

/** Installs a patch, for all backends, as TensorFlow.js registers gradients. Again: does nothing. */
export function installGradient({ kernelName, create }: GradientPatch): void {
  const stock = getGradient(kernelName);
  if (stock !== undefined && ours.has(stock.gradFunc)) return;
  const config = create(stock);
  if (stock !== undefined) unregisterGradient(kernelName);
  registerGradient({ ...config, kernelName });
  ours.add(config.gradFunc);
}

/**
 * Runs one of the kernels that we add to the wasm backend, on the tape. Undefined on other backends, without SIMD, and before
 * `installWasmKernels`: there it is made of stock operations.
 */
export function runFused(
  kernelName: string,
  inputs: NamedTensorMap,
  attrs: NamedAttrMap = {},
): Tensor | undefined {
  const backend = currentWasmBackend();
  if (backend === undefined || simdFunctions(backend) === undefined) return undefined;
  if (getKernel(kernelName, "wasm") === undefined) return undefined;
  return engine().runKernel<Tensor>(kernelName, inputs, attrs);
}

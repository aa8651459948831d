import {
  engine,
  type GradConfig,
  getBackend,
  getGradient,
  getKernel,
  type NamedAttrMap,
  type NamedTensorMap,
  registerGradient,
  type Tensor,
  unregisterGradient,
} from "@tensorflow/tfjs-core";

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

/** Runs a kernel that only some backends have, on the tape; undefined where the backend in use has none. */
export function runIfPresent(
  kernelName: string,
  inputs: NamedTensorMap,
  attrs: NamedAttrMap = {},
): Tensor | undefined {
  if (getKernel(kernelName, getBackend()) === undefined) return undefined;
  return engine().runKernel<Tensor>(kernelName, inputs, attrs);
}

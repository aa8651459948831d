import { getGradient } from "@tensorflow/tfjs-core";
import { installGradient } from "./gradient-patch.ts";
import { leakyReluGradient, leakyReluGradientGradient, reluGradient } from "./relu-gradients.ts";
import { savedOutputGradients } from "./saved-output-gradients.ts";

/**
 * Makes the gradients of ReLU, leaky ReLU, exp, sigmoid and tanh differentiable, which gradient penalties need, and those of the two
 * ReLUs fast where the backend has a kernel for it. Calling it again does nothing.
 */
export function installGradients(): void {
  // tfjs-core alone registers no gradients: without tfjs-layers nothing is trained and there is nothing to replace.
  if (getGradient("Relu") === undefined) return;
  for (const patch of [reluGradient, leakyReluGradient, leakyReluGradientGradient, ...savedOutputGradients]) {
    installGradient(patch);
  }
}

import { getGradient } from "@tensorflow/tfjs-core";
import { type GradientPatch, installGradient } from "./gradient-patch.ts";
import { mishGradient, mishGradientGradient } from "./mish-gradients.ts";
import { leakyReluGradient, leakyReluGradientGradient, reluGradient } from "./relu-gradients.ts";
import { savedOutputGradients } from "./saved-output-gradients.ts";

const patches: readonly GradientPatch[] = [
  leakyReluGradient,
  leakyReluGradientGradient,
  mishGradient,
  mishGradientGradient,
  reluGradient,
  ...savedOutputGradients,
];

/**
 * Makes the gradients of ReLU, leaky ReLU, exp, sigmoid and tanh differentiable, which gradient penalties need, and those of the two
 * ReLUs fast where the backend has a kernel for it; gives gradients to the kernels of our own. Calling it again does nothing.
 */
export function installGradients(): void {
  // tfjs-core alone registers no gradients: without tfjs-layers nothing is trained and there is nothing to replace.
  if (getGradient("Relu") === undefined) return;
  for (const patch of patches) installGradient(patch);
}

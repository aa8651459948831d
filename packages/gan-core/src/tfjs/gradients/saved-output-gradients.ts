import { engine, type GradConfig, type NamedTensorMap, type Tensor } from "@tensorflow/tfjs-core";
import type { GradientPatch } from "./gradient-patch.ts";

/**
 * Gradients that TensorFlow.js writes with the kernel's output, such as tanh' = 1 − tanh².
 *
 * It forgets that this output depends on the input: as part of a larger function, a second derivative through it comes out
 * wrong, without an error. While a tape records, that is inside a gradient of a gradient, the output is computed once more from the input.
 */
export const savedOutputGradients: readonly GradientPatch[] = ["Exp", "Sigmoid", "Tanh"].map(
  (kernelName) => ({
    kernelName,
    create: (stock) => ({
      inputsToSave: ["x"],
      outputsToSave: [true],
      gradFunc: (dy, [x, y], attrs) => {
        const known = engine().isTapeOn()
          ? engine().runKernel<Tensor>(kernelName, { x } as NamedTensorMap, attrs)
          : (y as Tensor);
        return (stock as GradConfig).gradFunc(dy, [known], attrs);
      },
    }),
  }),
);

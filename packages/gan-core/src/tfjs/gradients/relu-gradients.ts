import { cast, type LeakyReluAttrs, mul, step, type Tensor, zerosLike } from "@tensorflow/tfjs-core";
import { type GradientPatch, runFused } from "./gradient-patch.ts";

/**
 * The gradient of ReLU: one kernel where the backend has it (see `wasm-kernels/leaky-relu-gradient.ts`), two elsewhere, and
 * differentiable itself.
 */
export const reluGradient: GradientPatch = {
  kernelName: "Relu",
  create: () => ({
    inputsToSave: ["x"],
    gradFunc: (dy, [x]) => ({ x: () => slopeTimes(x as Tensor, dy as Tensor, 0) }),
  }),
};

/** The gradient of leaky ReLU, as {@link reluGradient}. The stock one selects by `x > 0`, through which no gradient goes. */
export const leakyReluGradient: GradientPatch = {
  kernelName: "LeakyRelu",
  create: () => ({
    inputsToSave: ["x"],
    gradFunc: (dy, [x], attrs) => ({
      x: () => slopeTimes(x as Tensor, dy as Tensor, (attrs as unknown as LeakyReluAttrs).alpha),
    }),
  }),
};

/** The gradient of that gradient: linear in dy, and constant in x almost everywhere. */
export const leakyReluGradientGradient: GradientPatch = {
  kernelName: "LeakyReluGradient",
  create: () => ({
    inputsToSave: ["x"],
    gradFunc: (ddx, [x], attrs) => ({
      x: () => zerosLike(x as Tensor),
      dy: () => slopeTimes(x as Tensor, ddx as Tensor, (attrs as unknown as LeakyReluAttrs).alpha),
    }),
  }),
};

/** x > 0 ? dy : alpha dy */
function slopeTimes(x: Tensor, dy: Tensor, alpha: number): Tensor {
  return runFused("LeakyReluGradient", { x, dy }, { alpha }) ?? mul(dy, cast(step(x, alpha), "float32"));
}

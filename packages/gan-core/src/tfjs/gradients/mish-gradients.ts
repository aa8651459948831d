import { engine, type NamedTensorMap, type Tensor } from "@tensorflow/tfjs-core";
import { mishSlopeTimes } from "../mish.ts";
import type { GradientPatch } from "./gradient-patch.ts";

/** The gradient of our kernel of Mish. */
export const mishGradient: GradientPatch = {
  kernelName: "Mish",
  create: () => ({
    inputsToSave: ["x"],
    gradFunc: (dy, [x]) => ({ x: () => mishSlopeTimes(x as Tensor, dy as Tensor) }),
  }),
};

/** The gradient of that gradient: linear in dy, with the second derivative in x. */
export const mishGradientGradient: GradientPatch = {
  kernelName: "MishGradient",
  create: () => ({
    inputsToSave: ["x", "dy"],
    gradFunc: (ddx, [x, dy]) => ({
      x: () => engine().runKernel<Tensor>("MishCurvature", { x, dy, ddx } as NamedTensorMap),
      dy: () => mishSlopeTimes(x as Tensor, ddx as Tensor),
    }),
  }),
};
